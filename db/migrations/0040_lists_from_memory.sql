-- What each process keeps in memory of visible articles, to find, count and order lists of them.
create view delivery.article_index as
select l.item_id, l.id, l.published_at as first, l.updated_at as second, l.title_sort as title, l.keys,
       extract(epoch from i.expires_at - now())::double precision as expires_in
from   content.listing l
join   content.visible_items i on i.item_id = l.item_id;

-- What the keys stand for: what a filter says, and what facets call it. The same keys as in filter_keys, which is for looking up a few by what they are called.
create view delivery.index_keys as
select k.key, k.kind, i.resource, i.slug, k.label as role, k.value_id as item_id, coalesce(y.label, t.name, e.name) as name
from   content.keys k
join   content.visible_items i on i.item_id = k.value_id
left join content.article_types y on k.kind = 'type' and y.item_id = k.value_id
left join content.topics t on k.kind = 'topic' and t.item_id = k.value_id
left join content.experts e on k.kind = 'expert' and e.item_id = k.value_id
where  k.kind in ('type', 'topic', 'expert', 'expertRole')
union all
select k.key, k.kind, k.kind, s.slug, k.label, k.value_id, s.name
from   content.keys k
join   content.sources s on s.source_id = k.value_id
where  k.kind = 'source' and k.articles > 0
union all
select k.key, k.kind, k.kind, k.label, '', 0, null
from   delivery.label_keys k;

grant select on delivery.article_index, delivery.index_keys to content_reader;
