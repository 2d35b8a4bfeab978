create view delivery.head as select sequence, reference_sequence, changed_at from content.head;

create view delivery.changes as select sequence, resource, item_id, live, keys, at, lost, gained, parents, aspects from content.changes;

-- The nearest visible page above each page that has one.
create view delivery.page_parents as
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

-- The types, topics and experts (by item_id), outlets (by slug), languages, roles, modes and statuses that the keys of change
-- rows stand for. No row has the key of an outlet that was never visible.
create view delivery.changed_keys as
select c.sequence, k.key, k.kind, k.value_id as item_id, coalesce(s.slug, k.label) as label
from   content.changes c
cross join lateral unnest(c.keys) u (key)
join   content.keys k on k.key = u.key
left join content.sources s on k.kind = 'source' and s.source_id = k.value_id;
