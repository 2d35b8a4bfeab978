-- GET /v1/events/sea-lanes

select current_setting('content.session', true); select e.item_id, e.id, e.slug, e.updated_at, e.title, e.summary, e.status, e.starts_at, e.ends_at, e.time_zone, e.mode, e.location,
       e.registration_url, e.recording_url, e.image, e.topic_ids, e.expert_ids, e.expert_roles, e.starts_on, e.ends_on, e.shown_status, e.shown_embargo, e.body_html, e.body_text, (select reference_sequence from delivery.head) as reference_sequence
from   delivery.events e
where  e.slug = @slug
