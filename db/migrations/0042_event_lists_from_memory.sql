-- What each process keeps in memory of visible events. An event without an end ends when it starts.
create view delivery.event_index as
select l.item_id, l.id, l.starts_at as first, coalesce(l.ends_at, l.starts_at) as second, ''::text as title, l.keys,
       extract(epoch from i.expires_at - now())::double precision as expires_in, l.starts_on as day
from   content.event_listing l
join   content.visible_items i on i.item_id = l.item_id;

grant select on delivery.event_index to content_reader;
