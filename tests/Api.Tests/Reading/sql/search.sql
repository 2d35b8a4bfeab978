-- GET /v1/search?q=strait

select current_setting('content.session', true); select h.sequence, h.reference_sequence,
       exists (select from delivery.changes c where c.sequence > @sequence and c.item_id = any(@items)) as is_changed
from   delivery.head h;
select 'event' as resource, e.item_id, e.slug, e.title, concat_ws(e'\n', e.summary, left(e.body_text, 6000)) as text, length(e.body_text) > 6000 as is_long,
       e.image, e.starts_at as at, null::integer as type_id, null::integer[] as expert_ids, null::text[] as expert_roles, e.time_zone, e.starts_on as day
from   delivery.events e where e.item_id = any(@items)
union all
select 'article', a.item_id, a.slug, a.title, concat_ws(e'\n', a.summary, left(a.body_text, 6000)), length(a.body_text) > 6000, a.image, a.published_at, a.type_id,
       a.expert_ids, a.expert_roles, null, null
from   delivery.articles a where a.item_id = any(@items)
union all
select 'expert', x.item_id, x.slug, x.name, concat_ws(e'\n', concat_ws(', ', x.title, x.organization), left(delivery.text_of(x.bio_html), 6000)),
       length(x.bio_html) > 6000, x.photo, null, null, null, null, null, null
from   delivery.experts x where x.item_id = any(@items)
union all
select 'topic', x.item_id, x.slug, x.name, x.description, false, null, null, null, null, null, null, null
from   delivery.topics x where x.item_id = any(@items)
