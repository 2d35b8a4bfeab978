-- Makes the transaction refresh the read model when it commits, if it has dirty items.
create function content.schedule_refresh() returns void language sql as $$
    insert into content.dirty_transactions
    select where exists (select from content.dirty_items where transaction = pg_current_xact_id())
    on conflict do nothing
$$;

-- Marks the items of the changed rows as dirty; the commit refreshes the read model for them. Several statements of a transaction mostly
-- mark the same items.
create function content.mark_dirty() returns trigger language plpgsql as $$
begin
    if current_setting('content.refreshing', true) = 'on' then
        return null;
    end if;
    execute format('insert into content.dirty_items (item_id)
                    select c.item_id from (select distinct coalesce(%I, 0) as item_id from changed) c
                    where  not exists (select from content.dirty_items t where t.transaction = pg_current_xact_id() and t.item_id = c.item_id)
                    on conflict do nothing', tg_argv[0]);
    perform content.schedule_refresh();
    return null;
end $$;

-- An update that leaves a row as it was marks nothing. An update that moves a row, such as a menu entry to another menu, marks both items.
create function content.mark_updated_dirty() returns trigger language plpgsql as $$
begin
    if current_setting('content.refreshing', true) = 'on' then
        return null;
    end if;
    execute format(
        case when tg_argv[0] = 'item_id' then
            'insert into content.dirty_items (item_id)
             select c.%1$I from changed c join before b on b.%1$I = c.%1$I where c is distinct from b
             on conflict do nothing'
        else
            'insert into content.dirty_items (item_id)
             select %1$I from (table changed except table before) c union select %1$I from (table before except table changed) b
             on conflict do nothing'
        end, tg_argv[0]);
    perform content.schedule_refresh();
    return null;
end $$;

-- The tables that hold the content of items, each with the column that names the item. content.mark_updated_dirty() ignores updates that
-- change nothing.
do $$
declare
    tables constant text[][] := array[
        ['items', 'item_id'], ['article_types', 'item_id'], ['topics', 'item_id'], ['experts', 'item_id'],
        ['articles', 'item_id'], ['article_topics', 'article_id'], ['article_experts', 'article_id'],
        ['events', 'item_id'], ['event_topics', 'event_id'], ['event_experts', 'event_id'],
        ['pages', 'item_id'], ['menus', 'item_id'], ['menu_items', 'menu_id']];
    t text[];
begin
    foreach t slice 1 in array tables loop
        execute format('create trigger mark_inserted after insert on content.%I referencing new table as changed for each statement execute function content.mark_dirty(%L)', t[1], t[2]);
        execute format('create trigger mark_updated after update on content.%I referencing old table as before new table as changed for each statement execute function content.mark_updated_dirty(%L)', t[1], t[2]);
        execute format('create trigger mark_deleted after delete on content.%I referencing old table as changed for each statement execute function content.mark_dirty(%L)', t[1], t[2]);
    end loop;
end $$;

-- An item that was public leaves a tombstone when it is removed, so its row stays.
create function content.forbid_deleting_published() returns trigger language plpgsql as $$
begin
    if old.public_slug is not null then
        raise exception 'the % "%" was public: set publication_status to deleted instead', old.resource, old.slug;
    end if;
    return old;
end $$;
create trigger forbid_deleting_published before delete on content.items for each row execute function content.forbid_deleting_published();
