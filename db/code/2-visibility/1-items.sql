-- Whether the item is to be visible now.
create function content.is_visible_now(i content.items) returns boolean language sql stable as $$
    select coalesce(i.visible_from <= now() and (i.expires_at is null or i.expires_at > now()), false)
$$;

-- The one rule of visibility. Views of schema delivery that show items are built on this view. Views of the read model, which holds visible
-- items only, check expires_at where a row has it. The commit and the publisher maintain live; the instants are checked again in case live
-- is late.
create view content.visible_items as
select i.*, 'published' as shown_status, null::timestamptz as shown_embargo
from   content.items i
where  i.live and i.visible_from <= now() and (i.expires_at is null or i.expires_at > now());

-- Makes dirty items appear or disappear. Records former slugs as aliases, and notes when a topic, expert or article type has a slug that
-- another item had: lists are filtered by these slugs.
create function content.refresh_visibility(this xid8) returns void language plpgsql as $$
begin
    -- If several items had the same slug, the last of them keeps it.
    insert into content.aliases (resource, slug, item_id)
    select distinct on (i.resource, i.public_slug) i.resource, i.public_slug, i.item_id
    from   content.dirty_items c
    join   content.items i on i.item_id = c.item_id
    where  c.transaction = this
    and    i.public_slug <> i.slug and content.is_visible_now(i)
    order  by i.resource, i.public_slug, i.withdrawn_at desc nulls first, i.id
    on conflict (resource, slug) do update set item_id = excluded.item_id, at = excluded.at;

    -- visibility_changed is read for topics and experts only.
    update content.dirty_items c set visibility_changed = true
    from   content.items i
    where  c.transaction = this and i.item_id = c.item_id
    and    i.resource in ('topic', 'expert') and i.live <> content.is_visible_now(i);

    update content.items i
    set    live = content.is_visible_now(i),
           public_slug = case when content.is_visible_now(i) then i.slug else i.public_slug end,
           withdrawn_at = case when not content.is_visible_now(i) and i.public_slug is not null then coalesce(i.withdrawn_at, now()) end
    from   content.dirty_items c
    where  c.transaction = this and i.item_id = c.item_id
    and    (i.live <> content.is_visible_now(i)
            or (i.live and (i.public_slug is distinct from i.slug or i.withdrawn_at is not null)));

    update content.changed_items g set taken = true
    from   content.items i join content.aliases a on a.resource = i.resource and a.slug = i.slug and a.item_id <> i.item_id
    where  g.item_id = i.item_id and i.live and i.resource in ('topic', 'expert', 'articleType');

    -- A current slug takes precedence over an alias.
    delete from content.aliases a
    using  content.dirty_items c join content.items i on i.item_id = c.item_id
    where  c.transaction = this and i.live and a.resource = i.resource and a.slug = i.slug;

    -- When an expert appears or disappears, the articles and events of that expert are dirty as well.
    insert into content.dirty_items (item_id)
    select l.article_id
    from   content.dirty_items c join content.article_experts l on l.expert_id = c.item_id
    where  c.transaction = this and c.visibility_changed
    union
    select l.event_id
    from   content.dirty_items c join content.event_experts l on l.expert_id = c.item_id
    where  c.transaction = this and c.visibility_changed
    on conflict do nothing;
end $$;

-- Marks the items dirty that are due to appear or disappear; the commit does the rest. Returns the next due time; null when nothing is due
-- later, or when another node runs this function.
create function content.publish_due() returns timestamptz language plpgsql as $$
begin
    if not pg_try_advisory_xact_lock(7301188) then
        return null;
    end if;
    insert into content.dirty_items (item_id)
    select item_id from content.items
    where  not live and visible_from <= now() and (expires_at is null or expires_at > now())
    union all
    select item_id from content.items where live and expires_at <= now()
    on conflict do nothing;
    -- Otherwise each call would get a transaction id, and an idle server would write to its log every second.
    if found then
        perform content.schedule_refresh();
    end if;
    return least(
        (select min(visible_from) from content.items where not live and visible_from > now()),
        (select min(expires_at) from content.items where live and expires_at > now()));
end $$;
