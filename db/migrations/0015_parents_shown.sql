-- What stands below something hidden shows the next visible thing above. When the hidden one moves, that may be another: then what is below it has
-- changed, and nothing else.

-- The parent that each topic or page showed when it was told last; -1: nobody knows. Only commits write it, one after the other: no lock of an
-- import is in their way.
create table content.told_parents (item_id integer primary key, parent_id integer);

create view content.parents as
select t.item_id, t.parent_id from content.topics t
union all
select p.item_id, p.parent_id from content.pages p;

-- The nearest visible topic or page above one; null at the top.
create function content.parent_shown(i content.items) returns integer language sql stable as $$
    with recursive above (item_id, depth) as (
        select p.parent_id, 1 from content.parents p where p.item_id = i.item_id
        union all
        select p.parent_id, a.depth + 1
        from   above a
        join   content.items h on h.item_id = a.item_id and not h.live
        join   content.parents p on p.item_id = h.item_id
        where  a.depth < 32)
    select v.item_id from above a join content.items v on v.item_id = a.item_id and v.live
$$;

-- Finds what shows another parent. Returns whether anything does.
create function content.apply_parents(this xid8) returns boolean language plpgsql
set enable_seqscan = on set enable_hashjoin = on set enable_mergejoin = on set enable_material = on as $$
begin
    if not exists (select from content.touched c join content.items i on i.item_id = c.item_id
                   where c.transaction = this and i.resource in ('topic', 'page')) then
        return false;
    end if;

    with recursive below (item_id) as (
        select i.item_id
        from   content.touched c join content.items i on i.item_id = c.item_id
        where  c.transaction = this and i.resource in ('topic', 'page')
        union
        select p.item_id from below b join content.parents p on p.parent_id = b.item_id),
    moved as (
        insert into content.told_parents
        select i.item_id, content.parent_shown(i) from below b join content.items i on i.item_id = b.item_id and i.live
        on conflict (item_id) do update set parent_id = excluded.parent_id where told_parents.parent_id is distinct from excluded.parent_id
        returning item_id)
    insert into content.changing select m.item_id, true, null from moved m
    on conflict do nothing;
    return found;
end $$;

-- As before, with apply_parents.
create or replace function content.apply_touched() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off as $$
declare
    this    constant xid8 := pg_current_xact_id();
    changes bigint;
    names   boolean;
    about   integer[];
begin
    -- From here on commits go one after the other, so each statement sees everything committed before.
    perform from content.head for update;
    perform set_config('content.applying', 'on', true);

    -- A merged item that others were merged into takes them along.
    loop
        update content.items i set merged_into = t.merged_into
        from   content.items t
        join   content.touched c on c.transaction = this and c.item_id = t.item_id
        where  i.merged_into = t.item_id and t.merged_into is not null and t.merged_into <> i.item_id;
        exit when not found;
    end loop;

    -- What was never seen, and is not about to be, is nobody's business.
    insert into content.changing
    select c.item_id, coalesce(i.live, false), i.public_slug
    from   content.touched c
    left join content.items i on i.item_id = c.item_id
    where  c.transaction = this and (c.item_id <= 0 or i.live or content.is_due(i) or i.public_slug is not null);
    -- Who was merged into what is merged now was taken along.
    insert into content.changing
    select distinct m.item_id, false, null
    from   content.touched c
    join   content.items t on t.item_id = c.item_id and t.merged_into is not null
    join   content.items m on m.merged_into = t.merged_into and m.public_slug is not null and not m.live
    where  c.transaction = this
    on conflict do nothing;
    names := exists (select from content.changing c left join content.items i on i.item_id = c.item_id
                     where c.item_id = 0 or (i.resource in ('topic', 'expert', 'articleType') and (i.live or content.is_due(i))));

    perform content.apply_visibility(this);
    perform content.apply_topics(this);
    names := content.apply_parents(this) or names;
    -- Of what is listed as before the rest forgets that it was touched.
    about := array(select c.item_id from content.touched c where c.transaction = this and c.item_id > 0);
    perform content.find_keys(this);
    names := content.apply_articles(this) or names;
    perform content.apply_events(this);
    delete from content.found_next;
    perform content.apply_texts(this, about);

    changes := content.number_changes();
    if changes > 0 then
        update content.head
        set    sequence = sequence + changes,
               reference_sequence = case when names then sequence + changes else reference_sequence end,
               changed_at = clock_timestamp();
        perform pg_notify('content_changed', '');
    end if;

    delete from content.touched where transaction = this;
    delete from content.dirty where transaction = this;
    perform set_config('content.applying', '', true);
    return null;
end $$;

-- What stands below something hidden is told once more: what was told may be long ago.
insert into content.told_parents
select p.item_id, case when p.parent_id is null or a.live then p.parent_id else -1 end
from   content.parents p
join   content.items i on i.item_id = p.item_id and i.live
left join content.items a on a.item_id = p.parent_id;
insert into content.touched (item_id) select p.item_id from content.told_parents p where p.parent_id = -1;
insert into content.dirty select where exists (select from content.told_parents p where p.parent_id = -1);
