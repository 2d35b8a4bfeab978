-- Addresses that were public and are not current: the reason, or the slug of the item that the address redirects to.
create view delivery.withdrawals as
select d.resource, d.slug, coalesce(own.slug, merged.slug) as successor_slug,
       case when coalesce(own.slug, merged.slug) is null then content.withdrawal_reason(i) end as reason,
       i.id, i.withdrawn_at
from  (select a.resource, a.slug, a.item_id from content.aliases a
       union all
       select i.resource, i.public_slug, i.item_id from content.items i where i.public_slug is not null) d
join   content.items i on i.item_id = d.item_id
left join content.visible_items own on own.item_id = i.item_id
left join content.visible_items merged on merged.item_id = i.merged_into
where  own.slug is distinct from d.slug;

-- Every item that is or was visible, by its id.
create view delivery.item_states as
select i.item_id, i.resource, i.id, v.item_id is not null as live, coalesce(v.slug, i.public_slug) as slug,
       case when v.item_id is null then content.withdrawal_reason(i) end as reason, s.slug as successor_slug,
       array(select a.slug from content.aliases a where a.item_id = i.item_id order by a.slug collate "C") as previous_slugs,
       case when v.item_id is null then coalesce(i.withdrawn_at, i.expires_at) end as withdrawn_at, s.id as successor_id
from   content.items i
left join content.visible_items v on v.item_id = i.item_id
left join content.visible_items s on s.item_id = i.merged_into and v.item_id is null
where  i.public_slug is not null;

-- Items that were visible and are not.
create view delivery.tombstones as
select i.item_id, s.resource, s.id, s.slug, s.reason, s.successor_slug, s.previous_slugs, s.withdrawn_at, s.successor_id
from   content.items i
join   delivery.item_states s on s.item_id = i.item_id and not s.live
where  i.public_slug is not null and not i.live;

-- Items that were public and were merged into another. Their addresses redirect to its current slug.
create view delivery.merged_items as
select i.item_id, i.merged_into as target_id from content.items i where i.merged_into is not null and i.public_slug is not null;

-- Current and former addresses, each with the slug that the item has now. Several items may have had the same address before.
create view delivery.addresses as
select i.resource, i.slug, i.item_id, true as current, i.slug as current_slug from content.visible_items i
union all
select d.resource, d.slug, i.item_id, false, i.slug
from   delivery.withdrawals d
join   content.visible_items i on i.resource = d.resource and i.slug = d.successor_slug;

-- The former slugs of items.
create view delivery.previous_slugs as
select a.item_id, a.slug, a.at from content.aliases a join content.items i on i.item_id = a.item_id where i.public_slug is not null;

-- slug and url are null for a withdrawn target.
create view delivery.redirects as
select r.path, coalesce(own.resource, merged.resource, i.resource) as resource, coalesce(own.slug, merged.slug) as slug, r.url,
       case when r.url is null and coalesce(own.slug, merged.slug) is null then 410 else 301 end as status
from   content.redirects r
left join content.items i on i.item_id = r.target_id
left join content.visible_items own on own.item_id = i.item_id
left join content.visible_items merged on merged.item_id = i.merged_into
where  r.url is not null or own.item_id is not null or i.public_slug is not null;

-- Items that expire. An item that has expired by the clock stays until the publisher has processed it: a process that reads the view in
-- between must not lose it.
create view delivery.expiries as
select i.item_id, i.resource, i.expires_at, coalesce(l.keys, e.keys, '{}') as keys
from   content.items i
left join content.listing l on l.item_id = i.item_id
left join content.event_listing e on e.item_id = i.item_id
where  i.live and i.expires_at is not null;
