-- The reason why an item is not visible. Time alone does not change it, because no change row would tell followers: only an item that was
-- visible until it expired counts as expired. An item that is still live here has just expired by the clock.
create function content.withdrawal_reason(i content.items) returns text language sql immutable as $$
    select case when i.merged_into is not null then 'merged'
                when i.withdrawn_for is not null then i.withdrawn_for
                when i.publication_status in ('retracted', 'deleted') then i.publication_status
                when i.visible_from < i.expires_at and (i.live or i.withdrawn_at >= i.expires_at) then 'expired'
                else 'unpublished' end
$$;

-- The reason why an item was withdrawn; null while it is live.
create function content.withdrawal_reason_if_gone(i content.items) returns text language sql stable as $$
    select case when not i.live then content.withdrawal_reason(i) end
$$;

-- The visible item that a withdrawn item redirects to; null when there is none.
create function content.successor_of(i content.items) returns integer language sql stable as $$
    select v.item_id from content.visible_items v where not i.live and v.item_id = i.merged_into
$$;
