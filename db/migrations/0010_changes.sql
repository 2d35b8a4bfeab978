-- Changes: one row for each visible change, numbered in the order of commits. The same numbers evict what nodes have cached,
-- stamp answers, and are what partners follow.

create table content.changes (
    sequence bigint primary key,
    resource text,                 -- null: what is no resource, such as the name of an outlet
    item_id  integer,
    live     boolean not null,     -- false: it is gone, and delivery.departures says why
    keys     integer[] not null,   -- what it was or is found under
    at       timestamptz not null  -- at most some milliseconds before it was committed
);
create index changes_item on content.changes (item_id, sequence);

alter table content.head add column changed_at timestamptz not null default clock_timestamp();

-- Nothing of this is a change.
set local content.applying = 'on';

update content.items i
set    withdrawn_reason = case when i.live then null
                               when i.merged_into is not null then 'merged'
                               when i.publication_status in ('retracted', 'deleted') then i.publication_status
                               when i.expires_at <= now() then 'expired'
                               else 'unpublished' end
where  i.public_slug is not null;

-- What is there already came in this order, as far as anybody knows.
with seen as (
    insert into content.changes
    select h.sequence + row_number() over (order by i.updated_at, i.item_id), i.resource, i.item_id, i.live,
           coalesce(l.keys, e.keys, '{}'), clock_timestamp()
    from   content.head h
    cross join content.items i
    left join content.listing l on l.item_id = i.item_id
    left join content.event_listing e on e.item_id = i.item_id
    where  i.public_slug is not null
    returning sequence)
update content.head set sequence = greatest(head.sequence, (select coalesce(max(sequence), 0) from seen));

set local content.applying = '';

-- An update that leaves a row as it was touches nothing. One that moves a row, such as an entry to another menu, touches both.
create function content.touch_updated() returns trigger language plpgsql as $$
begin
    if current_setting('content.applying', true) = 'on' then
        return null;
    end if;
    execute format(
        case when tg_argv[0] = 'item_id' then
            'insert into content.touched (item_id)
             select c.%1$I from changed c join before b on b.%1$I = c.%1$I where c is distinct from b
             on conflict do nothing'
        else
            'insert into content.touched (item_id)
             select %1$I from (table changed except table before) c union select %1$I from (table before except table changed) b
             on conflict do nothing'
        end, tg_argv[0]);
    insert into content.dirty
    select where exists (select from content.touched where transaction = pg_current_xact_id())
    on conflict do nothing;
    return null;
end $$;
do $$
declare
    t record;
begin
    for t in
        select g.tgrelid::regclass as relation, encode(g.tgargs, 'escape') as argument
        from   pg_trigger g
        where  g.tgname = 'touch_update' and g.tgfoid = 'content.touch'::regproc and g.tgrelid <> 'content.redirects'::regclass
    loop
        execute format('drop trigger touch_update on %s', t.relation);
        execute format('create trigger touch_update after update on %s referencing old table as before new table as changed
                        for each statement execute function content.touch_updated(%L)', t.relation, rtrim(t.argument, '\000'));
    end loop;
end $$;

-- A redirect is no part of the item it leads to, but as hidden as that.
create function content.touch_redirects() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    select 0 from changed c left join content.items i on i.item_id = c.target_id where c.target_id is null or i.public_slug is not null limit 1
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;
drop trigger touch_insert on content.redirects;
drop trigger touch_update on content.redirects;
drop trigger touch_delete on content.redirects;
create trigger touch_insert after insert on content.redirects referencing new table as changed
    for each statement execute function content.touch_redirects();
create trigger touch_update after update on content.redirects referencing new table as changed
    for each statement execute function content.touch_redirects();
create trigger touch_left after update on content.redirects referencing old table as changed
    for each statement execute function content.touch_redirects();
create trigger touch_delete after delete on content.redirects referencing old table as changed
    for each statement execute function content.touch_redirects();

create or replace function content.touch_sources() returns trigger language plpgsql as $$
begin
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
drop trigger touch_update on content.sources;
create trigger touch_update after update on content.sources referencing old table as before new table as changed
    for each statement execute function content.touch_sources();

-- An article that comes into a group or leaves it changes what the others show, if it is seen itself.
create or replace function content.touch_translations() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    select c.article_id
    from   changed c
    where  exists (select from content.translations t join content.items i on i.item_id = t.article_id
                   where  t.translation_group = c.translation_group and t.article_id <> c.article_id and (i.live or content.is_due(i)))
    union
    select t.article_id
    from   changed c
    join   content.items i on i.item_id = c.article_id and (i.live or content.is_due(i))
    join   content.translations t on t.translation_group = c.translation_group and t.article_id <> c.article_id
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;

-- Why an item is gone; null while it is not.
create function content.reason_of(i content.items) returns text language sql stable as $$
    select case when i.live then null
                when i.merged_into is not null then 'merged'
                when i.publication_status in ('retracted', 'deleted') then i.publication_status
                when i.expires_at <= now() then 'expired'
                else 'unpublished' end
$$;

-- The items that the running commit is about, as they were before; empty between commits.
create unlogged table content.changing (item_id integer primary key, was_live boolean not null, was_slug text);

-- The keys that listings lose in the running commit; empty between commits.
create unlogged table content.unlisted (item_id integer not null, keys integer[] not null);
create index unlisted_item on content.unlisted (item_id);

create function content.note_unlisted() returns trigger language plpgsql as $$
begin
    insert into content.unlisted select g.item_id, g.keys from gone g;
    return null;
end $$;
create function content.note_relisted() returns trigger language plpgsql as $$
begin
    insert into content.unlisted
    select g.item_id, g.keys from gone g join come c on c.item_id = g.item_id where c.keys <> g.keys;
    return null;
end $$;
create trigger note_unlisted after delete on content.listing referencing old table as gone
    for each statement execute function content.note_unlisted();
create trigger note_relisted after update on content.listing referencing old table as gone new table as come
    for each statement execute function content.note_relisted();
create trigger note_unlisted after delete on content.event_listing referencing old table as gone
    for each statement execute function content.note_unlisted();

-- One row for each item that changed itself or came under other keys, such as the articles on a topic that moved. Returns how many.
create function content.number_changes() returns bigint language plpgsql as $$
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

    -- What is gone already is a change only when the reason is another: of what is hidden nothing else is to be seen.
    delete from content.changing c
    using  content.items i
    where  i.item_id = c.item_id and not c.was_live and not i.live and i.withdrawn_reason is not distinct from content.reason_of(i);
    update content.items i
    set    withdrawn_reason = content.reason_of(i)
    from   content.changing c
    where  i.item_id = c.item_id and i.withdrawn_reason is distinct from content.reason_of(i);

    insert into content.changes
    select h.sequence + row_number() over (order by d.item_id), i.resource, nullif(d.item_id, 0), coalesce(i.live, true),
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

create or replace function content.apply_touched() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off as $$
declare
    this    constant xid8 := pg_current_xact_id();
    changes bigint;
    names   boolean;
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
    where  c.transaction = this and (c.item_id = 0 or i.live or content.is_due(i) or i.public_slug is not null);
    names := exists (select from content.changing c left join content.items i on i.item_id = c.item_id
                     where c.item_id = 0 or (i.resource in ('topic', 'expert', 'articleType') and (i.live or content.is_due(i))));

    perform content.apply_visibility(this);
    perform content.apply_topics(this);
    perform content.find_keys(this);
    names := content.apply_articles(this) or names;
    perform content.apply_events(this);
    delete from content.found_next;

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

create or replace view delivery.head as select sequence, reference_sequence, changed_at from content.head;

create view delivery.changes as select sequence, resource, item_id, live, keys, at from content.changes;

-- What is to vanish, and when: nodes take it from their caches at its moment, even when the publisher cannot.
create view delivery.expiries as
select i.item_id, i.resource, i.expires_at, coalesce(l.keys, e.keys, '{}') as keys
from   content.items i
left join content.listing l on l.item_id = i.item_id
left join content.event_listing e on e.item_id = i.item_id
where  i.live and i.expires_at > now();

grant select on delivery.changes, delivery.expiries to content_reader;

-- When the next event ends, and the last one did.
create index event_listing_ends on content.event_listing ((coalesce(ends_at, starts_at)));
