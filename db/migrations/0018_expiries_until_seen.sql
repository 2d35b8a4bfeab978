-- What has expired by the clock stays among what is to expire until the publisher has seen it: who asks in between must not forget it.
create or replace view delivery.expiries as
select i.item_id, i.resource, i.expires_at, coalesce(l.keys, e.keys, '{}') as keys
from   content.items i
left join content.listing l on l.item_id = i.item_id
left join content.event_listing e on e.item_id = i.item_id
where  i.live and i.expires_at is not null;
