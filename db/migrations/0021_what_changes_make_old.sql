-- A change says what of an item changed, as far as cached answers that show other items, or lists, depend on it.

alter table content.changes
    add column lost    integer[] not null default '{}', -- the keys it was found under before and no more
    add column gained  integer[] not null default '{}', -- the keys it was not found under before
    add column parents integer[] not null default '{}', -- of a topic or page: the one it stands right below, and the one it stood below before
    add column aspects text[];                          -- null: nobody knows. Else any of
                                                        -- shown     it appeared or vanished
                                                        -- slug      it has another slug
                                                        -- name      what other items show of it is another
                                                        -- place     it stands elsewhere in lists, or in other lists than before, whatever its keys
                                                        -- parent    it shows another parent
                                                        -- subjects  it has other topics
                                                        -- taken     its slug belonged to another item before

-- Of several old slugs the last ones are the ones still in use.
alter table content.aliases add column at timestamptz not null default clock_timestamp();

-- What was told of each visible topic, expert, article type, page and menu, and of each visible article with translations.
create table content.told (
    item_id   integer primary key,
    name      uuid,     -- a hash of what other items show of it
    place     uuid,     -- a hash of what decides in which lists it is, and where
    parent_id integer,  -- the parent it shows
    -- Of the last commit that told of it.
    aspects   text[] not null default '{}',
    parents   integer[] not null default '{}'
);

-- The same as it is now.
create view content.telling as
select i.item_id, md5(row (i.id, i.public_slug, t.name, t.kind)::text)::uuid as name,
       md5(row (t.name_sort, t.kind, t.featured)::text)::uuid as place, content.parent_shown(i) as parent_id
from   content.items i join content.topics t on t.item_id = i.item_id
where  i.live
union all
select i.item_id, md5(row (i.id, i.public_slug, e.name, e.given_name, e.family_name, e.title, e.organization, e.photo_id)::text)::uuid,
       md5(row (e.name_sort, e.kind, e.current, p.item_id)::text)::uuid, null
from   content.items i join content.experts e on e.item_id = i.item_id
left join content.items p on p.item_id = e.program_id and p.live
where  i.live
union all
select i.item_id, md5(row (i.id, i.public_slug, t.label)::text)::uuid, md5(row (t.label, t.plural_label)::text)::uuid, null
from   content.items i join content.article_types t on t.item_id = i.item_id
where  i.live
union all
select i.item_id, md5(row (i.id, i.public_slug, p.title)::text)::uuid, md5(row (p.title_sort, p.language)::text)::uuid, content.parent_shown(i)
from   content.items i join content.pages p on p.item_id = i.item_id
where  i.live
union all
select i.item_id, null, md5(i.public_slug)::uuid, null
from   content.items i join content.menus m on m.item_id = i.item_id
where  i.live
union all
select i.item_id, md5(a.language)::uuid, null, null
from   content.items i join content.translations g on g.article_id = i.item_id join content.articles a on a.item_id = i.item_id
where  i.live;

insert into content.told (item_id, name, place, parent_id)
select t.item_id, t.name, t.place, coalesce(p.parent_id, t.parent_id)
from   content.telling t left join content.told_parents p on p.item_id = t.item_id;
drop table content.told_parents;

-- As before, with told.
create or replace function content.apply_parents(this xid8) returns boolean language plpgsql
set enable_seqscan = on set enable_hashjoin = on set enable_mergejoin = on set enable_material = on as $$
begin
    if not exists (select from content.touched c join content.items i on i.item_id = c.item_id
                   where c.transaction = this and i.resource in ('topic', 'page')) then
        return false;
    end if;

    with recursive below (item_id) as (
        select i.item_id
        from   content.touched c join content.items i on i.item_id = c.item_id
        where  c.transaction = this and i.resource in ('topic', 'page')
        union
        select p.item_id from below b join content.parents p on p.parent_id = b.item_id)
    insert into content.changing
    select i.item_id, true, null
    from   below b
    join   content.items i on i.item_id = b.item_id and i.live
    left join content.told t on t.item_id = i.item_id
    where  t.item_id is null or t.parent_id is distinct from content.parent_shown(i)
    on conflict do nothing;
    return found;
end $$;

-- The listing as it was goes along with its keys.
alter table content.unlisted
    add column at        timestamptz, -- publication of an article, start of an event
    add column until     timestamptz,
    add column topic_ids integer[];

drop trigger note_unlisted on content.event_listing;
create or replace function content.note_unlisted() returns trigger language plpgsql as $$
begin
    insert into content.unlisted (item_id, keys, at, topic_ids) select g.item_id, g.keys, g.published_at, g.topic_ids from gone g;
    return null;
end $$;
create or replace function content.note_relisted() returns trigger language plpgsql as $$
begin
    insert into content.unlisted (item_id, keys, at, topic_ids)
    select g.item_id, g.keys, g.published_at, g.topic_ids
    from   gone g join come c on c.item_id = g.item_id
    where  c.keys <> g.keys or c.published_at <> g.published_at or c.topic_ids <> g.topic_ids;
    return null;
end $$;
create function content.note_unlisted_event() returns trigger language plpgsql as $$
begin
    insert into content.unlisted (item_id, keys, at, until, topic_ids) select g.item_id, g.keys, g.starts_at, g.ends_at, g.topic_ids from gone g;
    return null;
end $$;
create trigger note_unlisted after delete on content.event_listing referencing old table as gone
    for each statement execute function content.note_unlisted_event();

alter table content.changing add column taken boolean not null default false;

-- As before; notes when an old slug became one, and when what lists are filtered by has a slug that another had.
create or replace function content.apply_visibility(this xid8) returns void language plpgsql as $$
begin
    -- Of several that had a slug the last one keeps it.
    insert into content.aliases (resource, slug, item_id)
    select distinct on (i.resource, i.public_slug) i.resource, i.public_slug, i.item_id
    from   content.touched c
    join   content.items i on i.item_id = c.item_id
    where  c.transaction = this
    and    i.public_slug <> i.slug and content.is_due(i)
    order  by i.resource, i.public_slug, i.withdrawn_at desc nulls first, i.id
    on conflict (resource, slug) do update set item_id = excluded.item_id, at = excluded.at;

    -- Only of these does anybody ask.
    update content.touched c set flipped = true
    from   content.items i
    where  c.transaction = this and i.item_id = c.item_id
    and    i.resource in ('topic', 'expert') and i.live <> content.is_due(i);

    update content.items i
    set    live = content.is_due(i),
           public_slug = case when content.is_due(i) then i.slug else i.public_slug end,
           withdrawn_at = case when not content.is_due(i) and i.public_slug is not null then coalesce(i.withdrawn_at, now()) end
    from   content.touched c
    where  c.transaction = this and i.item_id = c.item_id
    and    (i.live <> content.is_due(i)
            or (i.live and (i.public_slug is distinct from i.slug or i.withdrawn_at is not null)));

    update content.changing g set taken = true
    from   content.items i join content.aliases a on a.resource = i.resource and a.slug = i.slug and a.item_id <> i.item_id
    where  g.item_id = i.item_id and i.live and i.resource in ('topic', 'expert', 'articleType');

    -- A current slug goes before an alias.
    delete from content.aliases a
    using  content.touched c join content.items i on i.item_id = c.item_id
    where  c.transaction = this and i.live and a.resource = i.resource and a.slug = i.slug;

    -- An expert who appears or vanishes takes the articles and events along.
    insert into content.touched (item_id)
    select l.article_id
    from   content.touched c join content.article_experts l on l.expert_id = c.item_id
    where  c.transaction = this and c.flipped
    union
    select l.event_id
    from   content.touched c join content.event_experts l on l.expert_id = c.item_id
    where  c.transaction = this and c.flipped
    on conflict do nothing;
end $$;

-- As before; each row says what changed.
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

    -- Only where there is something to tell: the view is of many tables, and what holds a lock on one of them is in the way of nothing else.
    if exists (select from content.changing c
               join   content.items i on i.item_id = c.item_id and i.live
                                     and (i.resource not in ('article', 'event') or exists (select from content.translations g where g.article_id = i.item_id))) then
        insert into content.told as o (item_id, name, place, parent_id, parents)
        select i.item_id, t.name, t.place, t.parent_id, array_remove(array[t.parent_id], null)
        from   content.changing c
        join   content.items i on i.item_id = c.item_id and i.live
                              and (i.resource not in ('article', 'event') or exists (select from content.translations g where g.article_id = i.item_id))
        cross join lateral (select v.name, v.place, v.parent_id from content.telling v where v.item_id = c.item_id offset 0) t
        on conflict (item_id) do update
        set    aspects = array_remove(array[case when o.name is distinct from excluded.name then 'name' end,
                                            case when o.place is distinct from excluded.place then 'place' end,
                                            case when o.parent_id is distinct from excluded.parent_id then 'parent' end], null),
               parents = array_remove(array[excluded.parent_id, nullif(o.parent_id, excluded.parent_id)], null),
               name = excluded.name, place = excluded.place, parent_id = excluded.parent_id;
    end if;

    insert into content.changes (sequence, resource, item_id, live, keys, at, lost, gained, parents, aspects)
    select h.sequence + row_number() over (order by d.item_id), case when d.item_id = -1 then 'redirect' else i.resource end, nullif(d.item_id, 0), coalesce(i.live, true),
           case when k.now = k.before or k.before = '{}' then k.now when k.now = '{}' then k.before
                else array(select unnest(k.now) as key union select unnest(k.before) order by key) end,
           clock_timestamp(),
           case when k.now = k.before then '{}' when k.now = '{}' then k.before else array(select unnest(k.before) as key except select unnest(k.now) order by key) end,
           case when k.now = k.before then '{}' when k.before = '{}' then k.now else array(select unnest(k.now) as key except select unnest(k.before) order by key) end,
           case when d.itself then coalesce(t.parents, '{}') else '{}' end,
           array_remove(array[
               case when d.was_live <> i.live then 'shown' end,
               case when d.was_slug <> i.public_slug then 'slug' end,
               case when d.taken then 'taken' end,
               case when u.item_id is not null and (u.at, u.until) is distinct from (coalesce(l.published_at, e.starts_at), e.ends_at) then 'place' end,
               case when u.topic_ids is distinct from coalesce(l.topic_ids, e.topic_ids) and u.item_id is not null then 'subjects' end], null)
           || case when d.itself and i.live then coalesce(t.aspects, '{}') else '{}' end
    from   content.head h
    -- An import calls what is new and visible live from the start.
    cross join (select c.item_id, true as itself, c.was_live and exists (select from content.changes o where o.item_id = c.item_id) as was_live, c.was_slug, c.taken
                from   content.changing c
                union all
                select distinct u.item_id, false, true, null, false from content.unlisted u
                where not exists (select from content.changing c where c.item_id = u.item_id)) d
    left join content.items i on i.item_id = d.item_id
    left join content.listing l on l.item_id = d.item_id
    left join content.event_listing e on e.item_id = d.item_id
    left join content.told t on t.item_id = d.item_id
    left join lateral (select o.item_id, o.keys, o.at, o.until, o.topic_ids from content.unlisted o where o.item_id = d.item_id limit 1) u on true
    cross join lateral (select coalesce(l.keys, e.keys, '{}') as now, case when u.item_id is not null then u.keys when d.was_live then coalesce(l.keys, e.keys, '{}') else '{}' end as before) k
    -- Events are listed anew whenever something about them might have changed.
    where  (d.itself or coalesce(l.keys, e.keys) is distinct from u.keys);
    get diagnostics changes = row_count;

    -- What is told for the first time again has no before.
    delete from content.told o
    using  content.changing c join content.items i on i.item_id = c.item_id and not i.live
    where  o.item_id = c.item_id;
    delete from content.changing;
    delete from content.unlisted;
    return changes;
end $$;

-- As before; also where a whole group ends at once, so that nobody is left in it.
create or replace function content.touch_translations() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    with members as (
        select c.article_id, c.translation_group from changed c
        union
        select t.article_id, t.translation_group from changed c join content.translations t on t.translation_group = c.translation_group)
    select c.article_id
    from   changed c
    where  exists (select from members o join content.items i on i.item_id = o.article_id
                   where  o.translation_group = c.translation_group and o.article_id <> c.article_id and (i.live or content.is_due(i)))
    union
    select o.article_id
    from   changed c
    join   content.items i on i.item_id = c.article_id and (i.live or content.is_due(i))
    join   members o on o.translation_group = c.translation_group and o.article_id <> c.article_id
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;

create or replace view delivery.changes as select sequence, resource, item_id, live, keys, at, lost, gained, parents, aspects from content.changes;

create or replace view delivery.previous_slugs as
select a.item_id, a.slug, a.at from content.aliases a join content.items i on i.item_id = a.item_id where i.public_slug is not null;

create or replace view delivery.page_parents as
with recursive above (item_id, above_id, depth) as (
    select p.item_id, p.parent_id, 1
    from   content.pages p join content.visible_items i on i.item_id = p.item_id
    where  p.parent_id is not null
    union all
    select a.item_id, h.parent_id, a.depth + 1
    from   above a join content.pages h on h.item_id = a.above_id
    where  h.parent_id is not null and a.depth < 32
    and    not exists (select from content.visible_items v where v.item_id = h.item_id))
select a.item_id, v.slug as parent_slug, v.item_id as parent_id
from   above a join content.visible_items v on v.item_id = a.above_id;

-- What the keys of change rows stand for: a type, topic or expert by its number, an outlet by its slug. Of an outlet that was never seen no row has the key.
create view delivery.changed_keys as
select c.sequence, k.key, k.kind, k.value_id as item_id, s.slug as source
from   content.changes c
cross join lateral unnest(c.keys) u (key)
join   content.keys k on k.key = u.key
left join content.sources s on k.kind = 'source' and s.source_id = k.value_id;

-- The same for what is listed now.
create view delivery.listed_keys as
select l.item_id, k.key, k.kind, k.value_id, s.slug as source
from  (select item_id, keys from delivery.listing union all select item_id, keys from delivery.event_listing) l
cross join lateral unnest(l.keys) u (key)
join   content.keys k on k.key = u.key and k.kind in ('type', 'topic', 'expert', 'source')
left join content.sources s on k.kind = 'source' and s.source_id = k.value_id;

grant select on delivery.changed_keys, delivery.listed_keys to content_reader;
