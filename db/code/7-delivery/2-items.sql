-- Articles with everything they show. Most have no translations: those are looked for only where an article is in a translation group.
create view delivery.articles as
select i.item_id, i.id, i.slug, i.published_at, i.updated_at, i.version,
       a.type_id, a.title, a.subtitle, a.summary, a.body_html, a.body_text, a.language,
       a.primary_topic_id, a.source_id, a.source_url, a.canonical_url, m.image::text as image,
       a.files::text as files, a.corrections::text as corrections, a.seo::text as seo, a.toc::text as toc,
       a.reading_minutes, a.word_count, a.license_id, a.license_url, a.doi, a.report_number, a.featured,
       l.topic_ids, l.expert_ids, l.expert_roles, l.keys, i.shown_status, i.shown_embargo,
       t.languages as translation_languages, t.slugs as translation_slugs, t.ids as translation_ids
from   content.visible_items i
join   content.articles a on a.item_id = i.item_id and i.resource = 'article'
join   content.listing l on l.item_id = i.item_id
left join content.images m on m.image_id = a.image_id
left join content.translations g on g.article_id = a.item_id
cross join lateral (
    select array_agg(o.language) as languages, array_agg(o.slug) as slugs, array_agg(o.id) as ids
    from  (select o.language, v.slug, v.id
           from   content.translations x
           join   content.articles o on o.item_id = x.article_id
           join   content.visible_items v on v.item_id = x.article_id
           where  x.translation_group = g.translation_group and x.article_id <> g.article_id
           order  by o.language, v.slug) o
    where  g.translation_group is not null) t;

create view delivery.events as
select i.item_id, i.id, i.slug, i.updated_at, e.title, e.summary, e.body_html, e.body_text, e.status, e.starts_at, e.ends_at,
       e.time_zone, e.mode, e.location, e.registration_url, e.recording_url, m.image::text as image,
       l.topic_ids, l.expert_ids, l.expert_roles, e.starts_on, e.ends_on, i.shown_status, i.shown_embargo
from   content.visible_items i
join   content.events e on e.item_id = i.item_id and i.resource = 'event'
join   content.event_listing l on l.item_id = i.item_id
left join content.images m on m.image_id = e.image_id;

-- ancestor_slugs and ancestor_titles lead from the root to the nearest visible page above.
create view delivery.pages as
select i.item_id, i.id, i.slug, i.updated_at, p.title, p.summary, p.body_html, p.body_text,
       p.language, m.image::text as image, p.seo::text as seo, p.toc::text as toc, a.slugs as ancestor_slugs, a.titles as ancestor_titles,
       a.ids as ancestor_ids, i.shown_status
from   content.visible_items i
join   content.pages p on p.item_id = i.item_id and i.resource = 'page'
left join content.images m on m.image_id = p.image_id
left join lateral ( -- left, so that a list without ancestors does not look for them
    with recursive above (item_id, parent_id, title, depth) as (
        select u.item_id, u.parent_id, u.title, 1 from content.pages u where u.item_id = p.parent_id
        union all
        select u.item_id, u.parent_id, u.title, above.depth + 1
        from   above join content.pages u on u.item_id = above.parent_id
        where  above.depth < 32)
    select coalesce(array_agg(v.slug order by above.depth desc), '{}') as slugs,
           coalesce(array_agg(above.title order by above.depth desc), '{}') as titles,
           coalesce(array_agg(v.id order by above.depth desc), '{}') as ids
    from   above join content.visible_items v on v.item_id = above.item_id) a on true;

create view delivery.menus as
select i.item_id, i.id, i.slug, m.label
from   content.visible_items i
join   content.menus m on m.item_id = i.item_id and i.resource = 'menu';

-- If the target of a menu entry is hidden, the entry is left out with its label, and the entries below it take its place.
create view delivery.menu_items as
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
