-- GET /v1/events?q=sea

select current_setting('content.session', true); select h.sequence, h.reference_sequence,
       exists (select from delivery.changes c where c.sequence > @sequence and c.resource = 'event' and c.item_id = any(@numbers)) as is_changed
from   delivery.head h;
select e.item_id, e.id, e.slug, e.updated_at, e.title, e.summary, e.status, e.starts_at, e.ends_at, e.time_zone, e.mode, e.location,
       e.registration_url, e.recording_url, e.image, e.topic_ids, e.expert_ids, e.expert_roles, e.starts_on, e.ends_on, e.shown_status, e.shown_embargo from delivery.events e where e.item_id = any(@numbers)
