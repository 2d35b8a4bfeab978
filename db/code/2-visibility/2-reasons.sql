-- Why an item that is not visible is not. That does not become another by the clock alone, as nobody would tell those who follow the changes: only what was visible until it
-- expired has expired. What is still called live is what the clock has just made vanish.
create function content.withdrawal_reason(i content.items) returns text language sql immutable as $$
    select case when i.merged_into is not null then 'merged'
                when i.withdrawn_for is not null then i.withdrawn_for
                when i.publication_status in ('retracted', 'deleted') then i.publication_status
                when i.visible_from < i.expires_at and (i.live or i.withdrawn_at >= i.expires_at) then 'expired'
                else 'unpublished' end
$$;

-- Why an item is gone; null while it is not.
create function content.withdrawal_reason_if_gone(i content.items) returns text language sql stable as $$
    select case when not i.live then content.withdrawal_reason(i) end
$$;

-- What the public is led to from an item that is gone; null where it is led nowhere.
create function content.successor_of(i content.items) returns integer language sql stable as $$
    select v.item_id from content.visible_items v where not i.live and v.item_id = i.merged_into
$$;
