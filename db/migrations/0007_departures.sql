-- Departures: two items that left the same slug may appear under new ones at once, and why something is gone follows from
-- what it is now, so that a copy of the content says the same.

-- Sets live, and remembers what the public saw: old slugs become aliases, vanished items departures. Nothing reads
-- withdrawn_reason any more.
create or replace function content.apply_visibility(this xid8) returns void language plpgsql as $$
begin
    -- Of several that had a slug the last one keeps it.
    insert into content.aliases (resource, slug, item_id)
    select distinct on (i.resource, i.public_slug) i.resource, i.public_slug, i.item_id
    from   content.touched c
    join   content.items i on i.item_id = c.item_id
    where  c.transaction = this
    and    i.public_slug <> i.slug
    and    i.visible_from <= now() and (i.expires_at is null or i.expires_at > now())
    order  by i.resource, i.public_slug, i.withdrawn_at desc nulls first, i.id
    on conflict (resource, slug) do update set item_id = excluded.item_id;

    update content.touched c set flipped = true
    from   content.items i
    where  c.transaction = this and i.item_id = c.item_id
    and    i.live <> coalesce(i.visible_from <= now() and (i.expires_at is null or i.expires_at > now()), false);

    update content.items i
    set    live = r.visible,
           public_slug = case when r.visible then i.slug else i.public_slug end,
           withdrawn_at = case when not r.visible and i.public_slug is not null then coalesce(i.withdrawn_at, now()) end
    from  (select i.item_id,
                  coalesce(i.visible_from <= now() and (i.expires_at is null or i.expires_at > now()), false) as visible
           from   content.touched c
           join   content.items i on i.item_id = c.item_id
           where  c.transaction = this) r
    where  i.item_id = r.item_id
    and    (i.live <> r.visible
            or (r.visible and (i.public_slug is distinct from i.slug or i.withdrawn_at is not null)));

    -- A current slug goes before an alias.
    delete from content.aliases a
    using  content.touched c join content.items i on i.item_id = c.item_id
    where  c.transaction = this and i.live and a.resource = i.resource and a.slug = i.slug;

    -- An expert who appears or vanishes takes the articles and events along.
    insert into content.touched (item_id)
    select l.article_id
    from   content.touched c join content.article_experts l on l.expert_id = c.item_id
    where  c.transaction = this and c.flipped
    union
    select l.event_id
    from   content.touched c join content.event_experts l on l.expert_id = c.item_id
    where  c.transaction = this and c.flipped
    on conflict do nothing;
end $$;

-- Addresses that were public once. successor_slug is where the item is now; null: it is gone, for reason.
create or replace view delivery.departures as
select d.resource, d.slug, coalesce(own.slug, merged.slug) as successor_slug,
       case when coalesce(own.slug, merged.slug) is not null then null
            when i.merged_into is not null then 'merged'
            when i.publication_status in ('retracted', 'deleted') then i.publication_status
            when i.expires_at <= now() then 'expired'
            else 'unpublished' end as reason,
       i.id, i.withdrawn_at
from  (select a.resource, a.slug, a.item_id from content.aliases a
       union all
       select i.resource, i.public_slug, i.item_id from content.items i where i.public_slug is not null) d
join   content.items i on i.item_id = d.item_id
left join content.visible_items own on own.item_id = i.item_id
left join content.visible_items merged on merged.item_id = i.merged_into
where  own.slug is distinct from d.slug;
