-- An outlet is visible only with the articles from it. A new outlet has none yet: its name matters from its first visible article on.
create function content.mark_sources_dirty() returns trigger language plpgsql as $$
begin
    -- The articles from the outlet show something else, under the same keys.
    insert into content.dirty_items (item_id)
    select a.item_id
    from   changed c
    join   before b on b.source_id = c.source_id and b is distinct from c
    join   content.articles a on a.source_id = c.source_id
    join   content.items i on i.item_id = a.item_id and i.live
    on conflict do nothing;
    insert into content.dirty_items (item_id)
    select 0
    from   changed c
    join   before b on b.source_id = c.source_id
    join   content.keys k on k.kind = 'source' and k.value_id = c.source_id
    where  k.articles > 0 and c is distinct from b
    limit  1
    on conflict do nothing;
    perform content.schedule_refresh();
    return null;
end $$;
create trigger mark_updated after update on content.sources referencing old table as before new table as changed
    for each statement execute function content.mark_sources_dirty();
