-- What each process keeps in memory of visible articles, to find, count and order lists of them.
create view delivery.article_index as
select l.item_id, l.id, l.published_at as first, l.updated_at as second, l.title_sort as title, l.keys,
       extract(epoch from i.expires_at - now())::double precision as expires_in
from   content.listing l
join   content.visible_items i on i.item_id = l.item_id;

-- What the keys stand for: what a filter says, and what facets call it.
create view delivery.index_keys as
select f.key, f.kind, f.resource, f.slug, f.label as role, f.value_id as item_id, coalesce(y.label, t.name, e.name, s.name) as name
from   delivery.filter_keys f
left join content.article_types y on f.kind = 'type' and y.item_id = f.value_id
left join content.topics t on f.kind = 'topic' and t.item_id = f.value_id
left join content.experts e on f.kind = 'expert' and e.item_id = f.value_id
left join content.sources s on f.kind = 'source' and s.source_id = f.value_id;

grant select on delivery.article_index, delivery.index_keys to content_reader;
