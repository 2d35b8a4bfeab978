-- A translation is shown with its language: who changes that changes what the others of the group show, as long as it is seen itself.
create function content.touch_languages() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    select o.article_id
    from   before b
    join   changed c on c.item_id = b.item_id and c.language <> b.language
    join   content.items i on i.item_id = c.item_id and (i.live or content.is_due(i))
    join   content.translations t on t.article_id = c.item_id
    join   content.translations o on o.translation_group = t.translation_group and o.article_id <> t.article_id
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;
create trigger touch_languages after update on content.articles referencing old table as before new table as changed
    for each statement execute function content.touch_languages();
