-- Of two translations that part in one statement, the one to join another group and the other to be in none, the second was not told of: neither was found in the group any more.
-- Who leaves a group without joining another is told of in any case.
create or replace function content.touch_translations() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    with members as (
        select c.article_id, c.translation_group from changed c
        union
        select t.article_id, t.translation_group from changed c join content.translations t on t.translation_group = c.translation_group)
    select c.article_id
    from   changed c
    where  exists (select from members o join content.items i on i.item_id = o.article_id
                   where  o.translation_group = c.translation_group and (o.article_id <> c.article_id or tg_op = 'DELETE') and (i.live or content.is_due(i)))
    union
    select o.article_id
    from   changed c
    join   content.items i on i.item_id = c.article_id and (i.live or content.is_due(i))
    join   members o on o.translation_group = c.translation_group and o.article_id <> c.article_id
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;
