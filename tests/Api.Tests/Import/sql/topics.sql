insert into content.topics (item_id, name, kind, description, parent_id, featured)
select i.item_id, s.name, s.kind, s.description, parent_id_.target, s.featured
from   stage_topics s
join   stage_items i on i.line = s.line
left join stage_references parent_id_ on parent_id_.line = s.line and parent_id_.member = 'parent'
left join content.topics o on o.item_id = i.item_id
where  o.item_id is null
or     row (o.name, o.kind, o.description, o.parent_id, o.featured)
       is distinct from
       row (s.name, s.kind, s.description, parent_id_.target, s.featured)
on conflict (item_id) do update
set    name = excluded.name, kind = excluded.kind, description = excluded.description, parent_id = excluded.parent_id, featured = excluded.featured
returning item_id
