-- The parents of topics and pages.
create view content.parents as
select t.item_id, t.parent_id from content.topics t
union all
select p.item_id, p.parent_id from content.pages p;

-- The nearest visible topic or page above an item; null at the top.
create function content.shown_parent(i content.items) returns integer language sql stable as $$
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

-- The pages below a page, at any depth.
create function content.pages_below(page_id integer) returns table (item_id integer) language sql stable as $$
    with recursive below (item_id, depth) as (
        select p.item_id, 1 from content.pages p where p.parent_id = page_id
        union all
        select p.item_id, b.depth + 1 from below b join content.pages p on p.parent_id = b.item_id where b.depth < 32)
    select b.item_id from below b
$$;

-- An item below a hidden topic or page shows the nearest visible ancestor. When a hidden ancestor moves, the items below it change as well.
-- Returns whether any do, and with them a name that other items show.
create function content.refresh_parents(this xid8) returns boolean language plpgsql
set enable_seqscan = on set enable_hashjoin = on set enable_mergejoin = on set enable_material = on as $$
begin
    if not exists (select from content.dirty_items c join content.items i on i.item_id = c.item_id
                   where c.transaction = this and i.resource in ('topic', 'page')) then
        return false;
    end if;

    with recursive below (item_id) as (
        select i.item_id
        from   content.dirty_items c join content.items i on i.item_id = c.item_id
        where  c.transaction = this and i.resource in ('topic', 'page')
        union
        select p.item_id from below b join content.parents p on p.parent_id = b.item_id)
    insert into content.changed_items
    select i.item_id, true, null
    from   below b
    join   content.items i on i.item_id = b.item_id and i.live
    left join content.shown_state t on t.item_id = i.item_id
    where  t.item_id is null or t.parent_id is distinct from content.shown_parent(i)
    on conflict do nothing;
    return found;
end $$;
