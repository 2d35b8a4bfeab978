-- What items refer to has its id beside its slug: slugs change hands, ids do not.

create or replace view delivery.menu_items as
select e.menu_id, e.position, e.parent, e.label, v.resource as target_resource, v.slug as target_slug, e.url, v.id as target_id
from   content.menu_items e
join   content.visible_items m on m.item_id = e.menu_id
left join content.visible_items v on v.item_id = e.target_id
where  e.target_id is null or v.item_id is not null;

create or replace view delivery.pages as
select i.item_id, i.id, i.slug, i.updated_at, p.title, p.title_sort, p.summary, p.body_html, p.body_text,
       p.language, m.image::text as image, p.seo::text as seo, p.toc::text as toc, a.slugs as ancestor_slugs, a.titles as ancestor_titles,
       a.ids as ancestor_ids
from   content.visible_items i
join   content.pages p on p.item_id = i.item_id and i.resource = 'page'
left join content.images m on m.image_id = p.image_id
left join lateral ( -- left, so that a list that shows no ancestors does not look for them
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

create or replace view delivery.item_states as
select i.item_id, i.resource, i.id, v.item_id is not null as live, coalesce(v.slug, i.public_slug) as slug,
       case when v.item_id is null then content.why_gone(i) end as reason, s.slug as successor_slug,
       array(select a.slug from content.aliases a where a.item_id = i.item_id order by a.slug collate "C") as previous_slugs,
       case when v.item_id is null then coalesce(i.withdrawn_at, i.expires_at) end as withdrawn_at, s.id as successor_id
from   content.items i
left join content.visible_items v on v.item_id = i.item_id
left join content.visible_items s on s.item_id = i.merged_into and v.item_id is null
where  i.public_slug is not null;

create or replace view delivery.tombstones as
select i.item_id, s.resource, s.id, s.slug, s.reason, s.successor_slug, s.previous_slugs, s.withdrawn_at, s.successor_id
from   content.items i
join   delivery.item_states s on s.item_id = i.item_id and not s.live
where  i.public_slug is not null and not i.live;

create or replace view delivery.articles as
select i.item_id, i.id, i.slug, i.published_at, i.updated_at, i.version,
       a.type_id, a.title, a.subtitle, a.summary, a.body_html, a.body_text, a.language,
       a.primary_topic_id, a.source_id, a.source_url, a.canonical_url, m.image::text as image,
       a.files::text as files, a.corrections::text as corrections, a.seo::text as seo, a.toc::text as toc,
       a.reading_minutes, a.word_count, a.license_id, a.license_url, a.doi, a.featured,
       l.topic_ids, l.expert_ids, l.expert_roles, l.keys,
       case when g.translation_group is not null then (
           select array_agg(o.language order by o.language, v.slug)
           from   content.translations x
           join   content.articles o on o.item_id = x.article_id
           join   content.visible_items v on v.item_id = x.article_id
           where  x.translation_group = g.translation_group and x.article_id <> a.item_id) end as translation_languages,
       case when g.translation_group is not null then (
           select array_agg(v.slug order by o.language, v.slug)
           from   content.translations x
           join   content.articles o on o.item_id = x.article_id
           join   content.visible_items v on v.item_id = x.article_id
           where  x.translation_group = g.translation_group and x.article_id <> a.item_id) end as translation_slugs,
       case when g.translation_group is not null then (
           select array_agg(v.id order by o.language, v.slug)
           from   content.translations x
           join   content.articles o on o.item_id = x.article_id
           join   content.visible_items v on v.item_id = x.article_id
           where  x.translation_group = g.translation_group and x.article_id <> a.item_id) end as translation_ids
from   content.visible_items i
join   content.articles a on a.item_id = i.item_id and i.resource = 'article'
join   content.listing l on l.item_id = i.item_id
left join content.images m on m.image_id = a.image_id
left join content.translations g on g.article_id = a.item_id;
