-- GET /v1/suggest?q=mar

select current_setting('content.session', true); select h.sequence, h.reference_sequence,
       exists (select from delivery.changes c where c.sequence > @sequence and c.item_id = any(@items)) as is_changed
from   delivery.head h;
select 'expert' as resource, x.item_id, x.slug, x.name as label from delivery.experts x where x.item_id = any(@items)
union all
select 'topic', x.item_id, x.slug, x.name from delivery.topics x where x.item_id = any(@items)
union all
select 'event', x.item_id, x.slug, x.title from delivery.events x where x.item_id = any(@items)
union all
select 'article', x.item_id, x.slug, x.title from delivery.articles x where x.item_id = any(@items)
