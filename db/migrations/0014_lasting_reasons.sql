-- Why something is gone does not become another by the clock alone: nobody would tell those who follow the changes.

-- Why an item that is not visible is not. Only what was visible until it did has expired: of what was withdrawn before, its expiry is nobody's
-- business, nor of what would have appeared after it. What is still called live is what the clock has just made vanish.
create function content.why_gone(i content.items) returns text language sql immutable as $$
    select case when i.merged_into is not null then 'merged'
                when i.withdrawn_for is not null then i.withdrawn_for
                when i.publication_status in ('retracted', 'deleted') then i.publication_status
                when i.visible_from < i.expires_at and (i.live or i.withdrawn_at >= i.expires_at) then 'expired'
                else 'unpublished' end
$$;

-- Why an item is gone; null while it is not.
create or replace function content.reason_of(i content.items) returns text language sql stable as $$
    select case when not i.live then content.why_gone(i) end
$$;

-- As before, with why_gone.
create or replace view delivery.departures as
select d.resource, d.slug, coalesce(own.slug, merged.slug) as successor_slug,
       case when coalesce(own.slug, merged.slug) is null then content.why_gone(i) end as reason,
       i.id, i.withdrawn_at
from  (select a.resource, a.slug, a.item_id from content.aliases a
       union all
       select i.resource, i.public_slug, i.item_id from content.items i where i.public_slug is not null) d
join   content.items i on i.item_id = d.item_id
left join content.visible_items own on own.item_id = i.item_id
left join content.visible_items merged on merged.item_id = i.merged_into
where  own.slug is distinct from d.slug;

-- As before, with why_gone.
create or replace view delivery.item_states as
select i.item_id, i.resource, i.id, v.item_id is not null as live, coalesce(v.slug, i.public_slug) as slug,
       case when v.item_id is null then content.why_gone(i) end as reason,
       case when v.item_id is null then (select m.slug from content.visible_items m where m.item_id = i.merged_into) end as successor_slug,
       array(select a.slug from content.aliases a where a.item_id = i.item_id order by a.slug collate "C") as previous_slugs,
       case when v.item_id is null then coalesce(i.withdrawn_at, i.expires_at) end as withdrawn_at
from   content.items i
left join content.visible_items v on v.item_id = i.item_id
where  i.public_slug is not null;

-- Where the reason told last is another now, the commit tells it.
insert into content.touched (item_id)
select i.item_id from content.items i
where  not i.live and i.public_slug is not null and i.withdrawn_reason is distinct from content.reason_of(i);
insert into content.dirty select where exists (select from content.touched t where t.transaction = pg_current_xact_id());
