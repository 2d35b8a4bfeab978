insert into content.menus (item_id, label)
select i.item_id, s.label
from   stage_menus s
join   stage_items i on i.line = s.line
left join content.menus o on o.item_id = i.item_id
where  o.item_id is null
or     row (o.label)
       is distinct from
       row (s.label)
on conflict (item_id) do update
set    label = excluded.label
returning item_id
