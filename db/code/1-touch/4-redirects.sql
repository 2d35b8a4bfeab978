-- A redirect to a hidden item is as hidden as the item. -1 stands for addresses of the old site, as 0 does for outlets.
create function content.touch_redirects() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    select -1 from changed c left join content.items i on i.item_id = c.target_id where c.target_id is null or i.public_slug is not null limit 1
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;
create trigger touch_insert after insert on content.redirects referencing new table as changed
    for each statement execute function content.touch_redirects();
create trigger touch_update after update on content.redirects referencing new table as changed
    for each statement execute function content.touch_redirects();
create trigger touch_left after update on content.redirects referencing old table as changed
    for each statement execute function content.touch_redirects();
create trigger touch_delete after delete on content.redirects referencing old table as changed
    for each statement execute function content.touch_redirects();
