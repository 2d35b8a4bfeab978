-- A redirect to a hidden item is as hidden as the item. Item -1 stands for the redirects from the old site, as item 0 stands for outlets.
create function content.mark_redirects_dirty() returns trigger language plpgsql as $$
begin
    insert into content.dirty_items (item_id)
    select -1 from changed c left join content.items i on i.item_id = c.target_id where c.target_id is null or i.public_slug is not null limit 1
    on conflict do nothing;
    perform content.schedule_refresh();
    return null;
end $$;
create trigger mark_inserted after insert on content.redirects referencing new table as changed
    for each statement execute function content.mark_redirects_dirty();
create trigger mark_updated after update on content.redirects referencing new table as changed
    for each statement execute function content.mark_redirects_dirty();
create trigger mark_left after update on content.redirects referencing old table as changed
    for each statement execute function content.mark_redirects_dirty();
create trigger mark_deleted after delete on content.redirects referencing old table as changed
    for each statement execute function content.mark_redirects_dirty();
