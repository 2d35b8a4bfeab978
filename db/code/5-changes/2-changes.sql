-- What other items and lists show of an item, as it is now. content.shown_state has the same as of the last recorded change.
create view content.shown_state_now as
select i.item_id, md5(row (i.id, i.public_slug, t.name, t.kind)::text)::uuid as name,
       md5(row (t.name, t.kind, t.featured)::text)::uuid as place, content.shown_parent(i) as parent_id
from   content.items i join content.topics t on t.item_id = i.item_id
where  i.live
union all
select i.item_id, md5(row (i.id, i.public_slug, e.name, e.given_name, e.family_name, e.title, e.organization, e.photo_id)::text)::uuid,
       md5(row (e.name, e.given_name, e.family_name, e.kind, e.current, p.item_id)::text)::uuid, null
from   content.items i join content.experts e on e.item_id = i.item_id
left join content.items p on p.item_id = e.program_id and p.live
where  i.live
union all
select i.item_id, md5(row (i.id, i.public_slug, t.label)::text)::uuid, md5(row (t.label, t.plural_label)::text)::uuid, null
from   content.items i join content.article_types t on t.item_id = i.item_id
where  i.live
union all
select i.item_id, md5(row (i.id, i.public_slug, p.title)::text)::uuid, md5(row (p.title, p.language)::text)::uuid, content.shown_parent(i)
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

-- Writes the change rows of the commit. Each row says what changed in the item, as far as cached answers that show other items, or lists,
-- depend on it. Returns the number of rows.
create function content.write_changes() returns bigint language plpgsql as $$
declare
    changes bigint;
begin
    -- The translations of an article that appeared, disappeared or got another slug show another list of translations.
    insert into content.changed_items
    select distinct s.article_id, true, null
    from   content.changed_items c
    join   content.items i on i.item_id = c.item_id
    join   content.translations t on t.article_id = c.item_id
    join   content.translations s on s.translation_group = t.translation_group and s.article_id <> t.article_id
    join   content.items o on o.item_id = s.article_id and o.live
    where  c.was_live <> i.live or c.was_slug is distinct from i.public_slug
    on conflict do nothing;

    -- Other items that show something that appeared or disappeared have changed as well: menus with an entry for it, the topics and pages
    -- below it, the people of a program.
    if exists (select from content.changed_items c join content.items i on i.item_id = c.item_id where c.was_live <> i.live) then
        insert into content.changed_items
        select distinct d.item_id, true, null
        from   content.changed_items c
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
        -- Items that were merged into it have another successor now.
        insert into content.changed_items
        select distinct m.item_id, false, null
        from   content.changed_items c
        join   content.items i on i.item_id = c.item_id
        join   content.items m on m.merged_into = c.item_id and m.public_slug is not null and not m.live
        where  c.was_live <> i.live
        on conflict do nothing;
    end if;

    -- A withdrawn item changes only if its reason or its successor changes: nothing else of a hidden item is visible.
    delete from content.changed_items c
    using  content.items i
    where  i.item_id = c.item_id and not c.was_live and not i.live
    and    i.withdrawn_reason is not distinct from content.withdrawal_reason_if_gone(i) and i.withdrawn_to is not distinct from content.successor_of(i);
    update content.items i
    set    withdrawn_reason = content.withdrawal_reason_if_gone(i), withdrawn_to = content.successor_of(i)
    from   content.changed_items c
    where  i.item_id = c.item_id and (not i.live or i.withdrawn_reason is not null or i.withdrawn_to is not null)
    and    (i.withdrawn_reason is distinct from content.withdrawal_reason_if_gone(i) or i.withdrawn_to is distinct from content.successor_of(i));

    -- A redirect from the old site appears, disappears and changes with its target.
    insert into content.changed_items
    select -1, true, null
    where  exists (select from content.changed_items c
                   join   content.items i on i.item_id = c.item_id
                   join   content.redirects r on r.target_id = c.item_id
                   where  c.was_live <> i.live or not i.live or (c.was_slug is not null and c.was_slug is distinct from i.public_slug))
    on conflict do nothing;

    -- Only if there is something to record: the view reads many tables, and a session that locks one of them must not block other commits.
    if exists (select from content.changed_items c
               join   content.items i on i.item_id = c.item_id and i.live
                                     and (i.resource not in ('article', 'event') or exists (select from content.translations g where g.article_id = i.item_id))) then
        insert into content.shown_state as o (item_id, name, place, parent_id, parents)
        select i.item_id, t.name, t.place, t.parent_id, array_remove(array[t.parent_id], null)
        from   content.changed_items c
        join   content.items i on i.item_id = c.item_id and i.live
                              and (i.resource not in ('article', 'event') or exists (select from content.translations g where g.article_id = i.item_id))
        cross join lateral (select v.name, v.place, v.parent_id from content.shown_state_now v where v.item_id = c.item_id offset 0) t
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
               case when u.item_id is not null and (u.at, u.until, u.starts_on) is distinct from (coalesce(l.published_at, e.starts_at), e.ends_at, e.starts_on) then 'place' end,
               case when u.topic_ids is distinct from coalesce(l.topic_ids, e.topic_ids) and u.item_id is not null then 'subjects' end,
               case when u.item_id is not null and u.card is distinct from coalesce(l.card, e.card) then 'card' end], null)
           -- Of an article that appeared, disappeared or moved in time. The site's time zone is not known here; it may be 12 hours behind
           -- UTC and 14 hours ahead.
           || case when i.resource = 'article' and (d.was_live <> i.live or u.at <> l.published_at)
                   then array(select distinct 'in' || extract(year from (p.at + z.ahead) at time zone 'UTC')
                              from (values (u.at), (l.published_at)) p (at), (values (interval '-12 hours'), (interval '14 hours')) z (ahead)
                              where p.at is not null)
                   else '{}' end
           || case when d.itself and i.live then coalesce(t.aspects, '{}') else '{}' end
    from   content.head h
    -- An import inserts new visible items with live set, so live alone does not say that an item was visible before.
    cross join (select c.item_id, true as itself, c.was_live and exists (select from content.changes o where o.item_id = c.item_id) as was_live, c.was_slug, c.taken
                from   content.changed_items c
                union all
                select distinct u.item_id, false, true, null, false from content.listing_before u
                where not exists (select from content.changed_items c where c.item_id = u.item_id)) d
    left join content.items i on i.item_id = d.item_id
    left join content.listing l on l.item_id = d.item_id
    left join content.event_listing e on e.item_id = d.item_id
    left join content.shown_state t on t.item_id = d.item_id
    left join lateral (select o.item_id, o.keys, o.at, o.until, o.topic_ids, o.starts_on, o.card from content.listing_before o where o.item_id = d.item_id limit 1) u on true
    cross join lateral (select coalesce(l.keys, e.keys, '{}') as now, case when u.item_id is not null then u.keys when d.was_live then coalesce(l.keys, e.keys, '{}') else '{}' end as before) k
    -- The listing row of a dirty event is always written again, changed or not.
    where  (d.itself or coalesce(l.keys, e.keys) is distinct from u.keys);
    get diagnostics changes = row_count;

    -- An item that appears again later starts without a previous state.
    delete from content.shown_state o
    using  content.changed_items c join content.items i on i.item_id = c.item_id and not i.live
    where  o.item_id = c.item_id;
    delete from content.changed_items;
    delete from content.listing_before;
    return changes;
end $$;
