insert into content.article_types (item_id, label, plural_label)
select i.item_id, s.label, s.plural_label
from   stage_article_types s
join   stage_items i on i.line = s.line
left join content.article_types o on o.item_id = i.item_id
where  o.item_id is null
or     row (o.label, o.plural_label)
       is distinct from
       row (s.label, s.plural_label)
on conflict (item_id) do update
set    label = excluded.label, plural_label = excluded.plural_label
returning item_id
