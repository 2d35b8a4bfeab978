-- A visible article that joins or leaves a translation group changes what the other members show. A visible article that leaves its group
-- without joining another is marked even if no other member is visible.
create function content.mark_translations_dirty() returns trigger language plpgsql as $$
begin
    insert into content.dirty_items (item_id)
    with members as (
        select c.article_id, c.translation_group from changed c
        union
        select t.article_id, t.translation_group from changed c join content.translations t on t.translation_group = c.translation_group)
    select c.article_id
    from   changed c
    where  exists (select from members o join content.items i on i.item_id = o.article_id
                   where  o.translation_group = c.translation_group and (o.article_id <> c.article_id or tg_op = 'DELETE') and (i.live or content.is_visible_now(i)))
    union
    select o.article_id
    from   changed c
    join   content.items i on i.item_id = c.article_id and (i.live or content.is_visible_now(i))
    join   members o on o.translation_group = c.translation_group and o.article_id <> c.article_id
    on conflict do nothing;
    perform content.schedule_refresh();
    return null;
end $$;
create trigger mark_inserted after insert on content.translations referencing new table as changed
    for each statement execute function content.mark_translations_dirty();
create trigger mark_updated after update on content.translations referencing new table as changed
    for each statement execute function content.mark_translations_dirty();
create trigger mark_left after update on content.translations referencing old table as changed
    for each statement execute function content.mark_translations_dirty();
create trigger mark_deleted after delete on content.translations referencing old table as changed
    for each statement execute function content.mark_translations_dirty();

-- Articles show their translations with their languages. When a visible article changes its language, the other members of its group are
-- dirty.
create function content.mark_languages_dirty() returns trigger language plpgsql as $$
begin
    insert into content.dirty_items (item_id)
    select o.article_id
    from   before b
    join   changed c on c.item_id = b.item_id and c.language <> b.language
    join   content.items i on i.item_id = c.item_id and (i.live or content.is_visible_now(i))
    join   content.translations t on t.article_id = c.item_id
    join   content.translations o on o.translation_group = t.translation_group and o.article_id <> t.article_id
    on conflict do nothing;
    perform content.schedule_refresh();
    return null;
end $$;
create trigger mark_languages_dirty after update on content.articles referencing old table as before new table as changed
    for each statement execute function content.mark_languages_dirty();
