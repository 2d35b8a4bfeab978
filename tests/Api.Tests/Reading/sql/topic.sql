-- GET /v1/topics/china

select current_setting('content.session', true); select x.item_id, x.id, x.slug, x.name, x.kind, x.description, x.parent_id, x.featured, x.article_count, x.event_count, x.latest_at, x.shown_status, (select reference_sequence from delivery.head) as reference_sequence
from   delivery.topics x
where  x.slug = @slug
