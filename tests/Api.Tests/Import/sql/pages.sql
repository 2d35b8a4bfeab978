insert into content.pages (item_id, title, summary, body_html, body_text, toc, language, parent_id, image_id, seo)
select i.item_id, s.title, s.summary, s.body_html, s.body_text, s.toc, s.language, parent_id_.target, image_id_.image_id, s.seo
from   stage_pages s
join   stage_items i on i.line = s.line
left join stage_references parent_id_ on parent_id_.line = s.line and parent_id_.member = 'parent'
left join content.images image_id_ on image_id_.id = s.image
left join content.pages o on o.item_id = i.item_id
where  o.item_id is null
or     row (o.title, o.summary, o.body_html, o.body_text, o.toc, o.language, o.parent_id, o.image_id, o.seo)
       is distinct from
       row (s.title, s.summary, s.body_html, s.body_text, s.toc, s.language, parent_id_.target, image_id_.image_id, s.seo)
on conflict (item_id) do update
set    title = excluded.title, summary = excluded.summary, body_html = excluded.body_html, body_text = excluded.body_text, toc = excluded.toc, language = excluded.language, parent_id = excluded.parent_id, image_id = excluded.image_id, seo = excluded.seo
returning item_id
