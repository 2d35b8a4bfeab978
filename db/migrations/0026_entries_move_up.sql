-- What stands below a menu entry whose target is hidden takes the entry's place. The entry itself stays hidden, with its label.

create or replace view delivery.menu_items as
select e.menu_id, e.position,
       (with recursive above as (
            select p.position, p.parent, v.item_id is not null or p.target_id is null as shows
            from   content.menu_items p
            left join content.visible_items v on v.item_id = p.target_id
            where  p.menu_id = e.menu_id and p.position = e.parent
            union all
            select p.position, p.parent, v.item_id is not null or p.target_id is null
            from   above a
            join   content.menu_items p on p.menu_id = e.menu_id and p.position = a.parent
            left join content.visible_items v on v.item_id = p.target_id
            where  not a.shows)
        select a.position from above a where a.shows) as parent,
       e.label, v.resource as target_resource, v.slug as target_slug, e.url, v.id as target_id
from   content.menu_items e
join   content.visible_items m on m.item_id = e.menu_id
left join content.visible_items v on v.item_id = e.target_id
where  e.target_id is null or v.item_id is not null;
