-- GET /v1/pages

select current_setting('content.session', true); select p.item_id, p.id, p.slug, p.updated_at, p.title, p.title_sort, p.summary, p.language, p.image, p.seo, p.toc, p.ancestor_ids, p.ancestor_slugs, p.ancestor_titles
from   (select p.item_id from   delivery.pages p
where  true
and    true  order by p.title_sort asc, p.id asc offset @offset limit @take) r
join   delivery.pages p on p.item_id = r.item_id
order  by p.title_sort asc, p.id asc;
select count(*)::integer from (select from   delivery.pages p
where  true
and    true limit @most) c
