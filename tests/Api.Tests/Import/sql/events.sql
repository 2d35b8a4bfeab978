insert into content.events (item_id, title, summary, body_html, body_text, status, starts_at, ends_at, starts_on, ends_on, time_zone, mode, location, registration_url, recording_url, image_id)
select i.item_id, s.title, s.summary, s.body_html, s.body_text, s.status, s.starts_at, s.ends_at, s.starts_on, s.ends_on, s.time_zone, s.mode, s.location, s.registration_url, s.recording_url, image_id_.image_id
from   stage_events s
join   stage_items i on i.line = s.line
left join content.images image_id_ on image_id_.id = s.image
left join content.events o on o.item_id = i.item_id
where  o.item_id is null
or     row (o.title, o.summary, o.body_html, o.body_text, o.status, o.starts_at, o.ends_at, o.starts_on, o.ends_on, o.time_zone, o.mode, o.location, o.registration_url, o.recording_url, o.image_id)
       is distinct from
       row (s.title, s.summary, s.body_html, s.body_text, s.status, s.starts_at, s.ends_at, s.starts_on, s.ends_on, s.time_zone, s.mode, s.location, s.registration_url, s.recording_url, image_id_.image_id)
on conflict (item_id) do update
set    title = excluded.title, summary = excluded.summary, body_html = excluded.body_html, body_text = excluded.body_text, status = excluded.status, starts_at = excluded.starts_at, ends_at = excluded.ends_at, starts_on = excluded.starts_on, ends_on = excluded.ends_on, time_zone = excluded.time_zone, mode = excluded.mode, location = excluded.location, registration_url = excluded.registration_url, recording_url = excluded.recording_url, image_id = excluded.image_id
returning item_id
