-- What partners follow: every change of what the public sees has a row, so that whoever follows them has the same lists.

-- Why something was withdrawn where a copy of it came from; null: the rest of the row says why.
alter table content.items add column withdrawn_for text check (withdrawn_for in ('unpublished', 'retracted', 'merged', 'expired', 'deleted'));
alter table content.items add check (withdrawn_for is null or publication_status = 'deleted');

-- Why an item is gone; null while it is not. Only what would be visible otherwise has expired: of a draft its expiry is nobody's business.
create or replace function content.reason_of(i content.items) returns text language sql stable as $$
    select case when i.live then null
                when i.merged_into is not null then 'merged'
                when i.withdrawn_for is not null then i.withdrawn_for
                when i.publication_status in ('retracted', 'deleted') then i.publication_status
                when i.visible_from <= now() and i.expires_at <= now() then 'expired'
                else 'unpublished' end
$$;

-- What the public is led to from an item that is gone; null where it is led nowhere.
create function content.successor_of(i content.items) returns integer language sql stable as $$
    select v.item_id from content.visible_items v where not i.live and v.item_id = i.merged_into
$$;

-- As it was told last.
alter table content.items add column withdrawn_to integer;
set local content.applying = 'on';
update content.items i set withdrawn_to = content.successor_of(i) where i.merged_into is not null;
set local content.applying = '';

-- As before, with withdrawn_for.
create or replace view delivery.departures as
select d.resource, d.slug, coalesce(own.slug, merged.slug) as successor_slug,
       case when coalesce(own.slug, merged.slug) is not null then null
            when i.merged_into is not null then 'merged'
            when i.withdrawn_for is not null then i.withdrawn_for
            when i.publication_status in ('retracted', 'deleted') then i.publication_status
            when i.visible_from <= now() and i.expires_at <= now() then 'expired'
            else 'unpublished' end as reason,
       i.id, i.withdrawn_at
from  (select a.resource, a.slug, a.item_id from content.aliases a
       union all
       select i.resource, i.public_slug, i.item_id from content.items i where i.public_slug is not null) d
join   content.items i on i.item_id = d.item_id
left join content.visible_items own on own.item_id = i.item_id
left join content.visible_items merged on merged.item_id = i.merged_into
where  own.slug is distinct from d.slug;

-- What became of everything the public ever saw. successor is the slug of what took its place; reason is null for what is there.
create view delivery.item_states as
select i.item_id, i.resource, i.id, v.item_id is not null as live, coalesce(v.slug, i.public_slug) as slug,
       case when v.item_id is not null then null
            when i.merged_into is not null then 'merged'
            when i.withdrawn_for is not null then i.withdrawn_for
            when i.publication_status in ('retracted', 'deleted') then i.publication_status
            when i.visible_from <= now() and i.expires_at <= now() then 'expired'
            else 'unpublished' end as reason,
       case when v.item_id is null then (select m.slug from content.visible_items m where m.item_id = i.merged_into) end as successor_slug,
       array(select a.slug from content.aliases a where a.item_id = i.item_id order by a.slug collate "C") as previous_slugs,
       case when v.item_id is null then coalesce(i.withdrawn_at, i.expires_at) end as withdrawn_at
from   content.items i
left join content.visible_items v on v.item_id = i.item_id
where  i.public_slug is not null;

-- The addresses that items had before.
create view delivery.previous_slugs as
select a.item_id, a.slug from content.aliases a join content.items i on i.item_id = a.item_id where i.public_slug is not null;

-- What is gone. One that has just expired by the clock follows when the publisher has noted it.
create index items_gone on content.items (item_id) where public_slug is not null and not live;
create view delivery.tombstones as
select i.item_id, s.resource, s.id, s.slug, s.reason, s.successor_slug, s.previous_slugs, s.withdrawn_at
from   content.items i
join   delivery.item_states s on s.item_id = i.item_id and not s.live
where  i.public_slug is not null and not i.live;
grant select on delivery.item_states, delivery.previous_slugs, delivery.tombstones to content_reader;

-- The pages below one, at any depth.
create function content.pages_below(page_id integer) returns table (item_id integer) language sql stable as $$
    with recursive below (item_id, depth) as (
        select p.item_id, 1 from content.pages p where p.parent_id = page_id
        union all
        select p.item_id, b.depth + 1 from below b join content.pages p on p.parent_id = b.item_id where b.depth < 32)
    select b.item_id from below b
$$;
create index pages_parent on content.pages (parent_id);

-- As before, but told apart from outlets: -1.
create or replace function content.touch_redirects() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    select -1 from changed c left join content.items i on i.item_id = c.target_id where c.target_id is null or i.public_slug is not null limit 1
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;

create or replace function content.touch_sources() returns trigger language plpgsql as $$
begin
    -- What its articles show changed, if not what they are found under.
    insert into content.touched (item_id)
    select a.item_id
    from   changed c
    join   before b on b.source_id = c.source_id and b is distinct from c
    join   content.articles a on a.source_id = c.source_id
    join   content.items i on i.item_id = a.item_id and i.live
    on conflict do nothing;
    insert into content.touched (item_id)
    select 0
    from   changed c
    join   before b on b.source_id = c.source_id
    join   content.keys k on k.kind = 'source' and k.value_id = c.source_id
    where  k.articles > 0 and c is distinct from b
    limit  1
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;

-- One row for each item that changed itself or came under other keys, such as the articles on a topic that moved. Returns how many.
create or replace function content.number_changes() returns bigint language plpgsql as $$
declare
    changes bigint;
begin
    -- The translations of what appeared, vanished or moved show another list of translations.
    insert into content.changing
    select distinct s.article_id, true, null
    from   content.changing c
    join   content.items i on i.item_id = c.item_id
    join   content.translations t on t.article_id = c.item_id
    join   content.translations s on s.translation_group = t.translation_group and s.article_id <> t.article_id
    join   content.items o on o.item_id = s.article_id and o.live
    where  c.was_live <> i.live or c.was_slug is distinct from i.public_slug
    on conflict do nothing;

    -- And so does what else stands by something that appeared or vanished: entries of menus, what is below a topic or page, the people of a
    -- program.
    if exists (select from content.changing c join content.items i on i.item_id = c.item_id where c.was_live <> i.live) then
        insert into content.changing
        select distinct d.item_id, true, null
        from   content.changing c
        join   content.items i on i.item_id = c.item_id
        cross join lateral (
            select e.menu_id as item_id from content.menu_items e where e.target_id = c.item_id
            union all
            select a.topic_id from content.topic_ancestors a where i.resource = 'topic' and a.ancestor_id = c.item_id
            union all
            select x.item_id from content.experts x where i.resource = 'topic' and x.program_id = c.item_id
            union all
            select p.item_id from content.pages_below(c.item_id) p where i.resource = 'page') d
        join   content.items o on o.item_id = d.item_id and o.live
        where  c.was_live <> i.live
        on conflict do nothing;
        -- Of what was merged into it the successor is another.
        insert into content.changing
        select distinct m.item_id, false, null
        from   content.changing c
        join   content.items i on i.item_id = c.item_id
        join   content.items m on m.merged_into = c.item_id and m.public_slug is not null and not m.live
        where  c.was_live <> i.live
        on conflict do nothing;
    end if;

    -- What is gone already is a change only when the reason or the successor is another: of what is hidden nothing else is to be seen.
    delete from content.changing c
    using  content.items i
    where  i.item_id = c.item_id and not c.was_live and not i.live
    and    i.withdrawn_reason is not distinct from content.reason_of(i) and i.withdrawn_to is not distinct from content.successor_of(i);
    update content.items i
    set    withdrawn_reason = content.reason_of(i), withdrawn_to = content.successor_of(i)
    from   content.changing c
    where  i.item_id = c.item_id and (not i.live or i.withdrawn_reason is not null or i.withdrawn_to is not null)
    and    (i.withdrawn_reason is distinct from content.reason_of(i) or i.withdrawn_to is distinct from content.successor_of(i));

    -- An address of old appears, vanishes and moves with what it leads to.
    insert into content.changing
    select -1, true, null
    where  exists (select from content.changing c
                   join   content.items i on i.item_id = c.item_id
                   join   content.redirects r on r.target_id = c.item_id
                   where  c.was_live <> i.live or not i.live or (c.was_slug is not null and c.was_slug is distinct from i.public_slug))
    on conflict do nothing;

    insert into content.changes
    select h.sequence + row_number() over (order by d.item_id), case when d.item_id = -1 then 'redirect' else i.resource end, nullif(d.item_id, 0), coalesce(i.live, true),
           coalesce((select array_agg(distinct k.key order by k.key)
                     from  (select unnest(u.keys) as key from content.unlisted u where u.item_id = d.item_id
                            union all select unnest(l.keys)
                            union all select unnest(e.keys)) k), '{}'),
           clock_timestamp()
    from   content.head h
    cross join (select c.item_id, true as itself from content.changing c
                union all
                select distinct u.item_id, false from content.unlisted u
                where not exists (select from content.changing c where c.item_id = u.item_id)) d
    left join content.items i on i.item_id = d.item_id
    left join content.listing l on l.item_id = d.item_id
    left join content.event_listing e on e.item_id = d.item_id
    -- Events are listed anew whenever something about them might have changed.
    where  (d.itself or coalesce(l.keys, e.keys) is distinct from (select u.keys from content.unlisted u where u.item_id = d.item_id limit 1));
    get diagnostics changes = row_count;
    delete from content.changing;
    delete from content.unlisted;
    return changes;
end $$;

-- As before, with redirects and those taken along.
create or replace function content.apply_touched() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off as $$
declare
    this    constant xid8 := pg_current_xact_id();
    changes bigint;
    names   boolean;
    about   integer[];
begin
    -- From here on commits go one after the other, so each statement sees everything committed before.
    perform from content.head for update;
    perform set_config('content.applying', 'on', true);

    -- A merged item that others were merged into takes them along.
    loop
        update content.items i set merged_into = t.merged_into
        from   content.items t
        join   content.touched c on c.transaction = this and c.item_id = t.item_id
        where  i.merged_into = t.item_id and t.merged_into is not null and t.merged_into <> i.item_id;
        exit when not found;
    end loop;

    -- What was never seen, and is not about to be, is nobody's business.
    insert into content.changing
    select c.item_id, coalesce(i.live, false), i.public_slug
    from   content.touched c
    left join content.items i on i.item_id = c.item_id
    where  c.transaction = this and (c.item_id <= 0 or i.live or content.is_due(i) or i.public_slug is not null);
    -- Who was merged into what is merged now was taken along.
    insert into content.changing
    select distinct m.item_id, false, null
    from   content.touched c
    join   content.items t on t.item_id = c.item_id and t.merged_into is not null
    join   content.items m on m.merged_into = t.merged_into and m.public_slug is not null and not m.live
    where  c.transaction = this
    on conflict do nothing;
    names := exists (select from content.changing c left join content.items i on i.item_id = c.item_id
                     where c.item_id = 0 or (i.resource in ('topic', 'expert', 'articleType') and (i.live or content.is_due(i))));

    perform content.apply_visibility(this);
    perform content.apply_topics(this);
    -- Of what is listed as before the rest forgets that it was touched.
    about := array(select c.item_id from content.touched c where c.transaction = this and c.item_id > 0);
    perform content.find_keys(this);
    names := content.apply_articles(this) or names;
    perform content.apply_events(this);
    delete from content.found_next;
    perform content.apply_texts(this, about);

    changes := content.number_changes();
    if changes > 0 then
        update content.head
        set    sequence = sequence + changes,
               reference_sequence = case when names then sequence + changes else reference_sequence end,
               changed_at = clock_timestamp();
        perform pg_notify('content_changed', '');
    end if;

    delete from content.touched where transaction = this;
    delete from content.dirty where transaction = this;
    perform set_config('content.applying', '', true);
    return null;
end $$;

-- Where this database is a copy of another instance's content: how far it has followed. One row.
create table content.mirror (
    only_one boolean primary key default true check (only_one),
    origin   text not null,        -- base URL of the other instance
    token    text not null,        -- where to go on; empty: nothing has been copied yet
    at       timestamptz not null  -- when it was last followed
);
