-- Everything that happens at commit, in this order. Commits run one after the other. All rows are looked up item by item. After an import
-- no statistics tell the planner so, and it keeps plans made while tables were small: either would compare all rows with all rows. The
-- settings prevent that; they also hold in the functions called from here, unless those set them back.
create function content.refresh_read_model() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off as $$
declare
    this    constant xid8 := pg_current_xact_id();
    changes bigint;
    names   boolean;
begin
    -- From here on commits go one after the other, so each statement sees everything committed before.
    perform from content.head for update;
    perform set_config('content.refreshing', 'on', true);

    -- If an item that others were merged into is merged itself, the others get its target.
    loop
        update content.items i set merged_into = t.merged_into
        from   content.items t
        join   content.dirty_items c on c.transaction = this and c.item_id = t.item_id
        where  i.merged_into = t.item_id and t.merged_into is not null and t.merged_into <> i.item_id;
        exit when not found;
    end loop;

    -- An item that was never visible, and does not become visible now, needs no change row.
    insert into content.changed_items
    select c.item_id, coalesce(i.live, false), i.public_slug
    from   content.dirty_items c
    left join content.items i on i.item_id = c.item_id
    where  c.transaction = this and (c.item_id <= 0 or i.live or content.is_visible_now(i) or i.public_slug is not null);
    -- Items that were merged into a dirty item that is merged itself: they got its target above.
    insert into content.changed_items
    select distinct m.item_id, false, null
    from   content.dirty_items c
    join   content.items t on t.item_id = c.item_id and t.merged_into is not null
    join   content.items m on m.merged_into = t.merged_into and m.public_slug is not null and not m.live
    where  c.transaction = this
    on conflict do nothing;
    names := exists (select from content.changed_items c left join content.items i on i.item_id = c.item_id
                     where c.item_id = 0 or (i.resource in ('topic', 'expert', 'articleType') and (i.live or content.is_visible_now(i))));

    perform content.refresh_visibility(this);
    perform content.refresh_topics(this);
    names := content.refresh_parents(this) or names;
    perform content.add_missing_keys(this);
    names := content.refresh_articles(this) or names;
    perform content.refresh_events(this);
    delete from content.event_keys_next;

    changes := content.write_changes();
    if changes > 0 then
        update content.head
        set    edits = edits + 1,
               sequence = sequence + changes,
               reference_sequence = case when names then sequence + changes else reference_sequence end,
               changed_at = clock_timestamp();
        perform pg_notify('content_changed', '');
    else
        -- Previews show what is not public.
        update content.head set edits = edits + 1;
    end if;

    delete from content.dirty_items where transaction = this;
    delete from content.dirty_transactions where transaction = this;
    perform set_config('content.refreshing', '', true);
    return null;
end $$;
create constraint trigger refresh_read_model after insert on content.dirty_transactions deferrable initially deferred
    for each row execute function content.refresh_read_model();
