-- GET /v1/redirects

select current_setting('content.session', true); select r.path, r.resource, r.slug, r.url, r.status
from   delivery.redirects r
where  r.status = 301 
order  by r.path asc
offset @offset
limit  @take;
select count(*)::integer from (select from delivery.redirects r where r.status = 301 limit @most) c
