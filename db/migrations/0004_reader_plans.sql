-- What reading at a million articles asks of indexes and views. May find some of it there already.

create index if not exists experts_kind on content.experts (kind);
-- Counters change with every commit, in place as long as there is room beside them.
alter table content.keys set (fillfactor = 50);

-- A walk along an index need not visit the table to know what has expired.
drop index content.listing_published;
drop index content.listing_updated;
drop index content.listing_title;
create index listing_published on content.listing (published_at, id) include (item_id, expires_at);
create index listing_updated on content.listing (updated_at, id) include (item_id, expires_at);
create index listing_title on content.listing (title_sort, id) include (item_id, expires_at);

drop view delivery.filter_keys;

-- Keys that are no item's: of everything, of what is put forward, of roles, languages, modes and statuses.
create or replace view delivery.label_keys as
select k.kind, k.label, k.key, k.articles, k.events
from   content.keys k
where  k.value_id = 0
and    (k.kind in ('all', 'featured') or (k.kind in ('role', 'language', 'mode', 'status') and k.articles + k.events > 0));

-- Values that lists can be filtered by, with the number of live articles and events each finds. slug is what a request
-- says; label is the role of an expertRole. Look values up by resource and slug, or by kind and value_id: the offset makes
-- the item come first, however few keys the planner believes there are.
create view delivery.filter_keys (kind, resource, slug, label, key, value_id, articles, events) as
select k.kind, i.resource, i.slug, k.label, k.key, i.item_id, k.articles, k.events
from   content.visible_items i
cross join lateral (select k.* from content.keys k
                    where  k.kind in ('type', 'topic', 'expert', 'expertRole') and k.value_id = i.item_id
                    offset 0) k
union all
select k.kind, k.kind, s.slug, k.label, k.key, k.value_id, k.articles, k.events
from   content.keys k
join   content.sources s on s.source_id = k.value_id
where  k.kind = 'source' and k.articles > 0
union all
select k.kind, k.kind, k.label, '', k.key, 0, k.articles, k.events
from   delivery.label_keys k;

-- The resource, given, lets the planner find an item by its slug.
create or replace view delivery.article_types as
select i.item_id, i.id, i.slug, t.label, t.plural_label, k.articles as article_count
from   content.visible_items i
join   content.article_types t on t.item_id = i.item_id and i.resource = 'articleType'
join   content.keys k on k.kind = 'type' and k.value_id = i.item_id and k.label = '';

create or replace view delivery.articles as
select i.item_id, i.id, i.slug, i.published_at, i.updated_at, i.version,
       a.type_id, a.title, a.subtitle, a.summary, a.body_html, a.body_text, a.language,
       a.primary_topic_id, a.source_id, a.source_url, a.canonical_url, m.image::text as image,
       a.files::text as files, a.corrections::text as corrections, a.seo::text as seo, a.toc::text as toc,
       a.reading_minutes, a.word_count, a.license_id, a.license_url, a.doi, a.featured,
       l.topic_ids, l.expert_ids, l.expert_roles, l.keys,
       t.languages as translation_languages, t.slugs as translation_slugs
from   content.visible_items i
join   content.articles a on a.item_id = i.item_id and i.resource = 'article'
join   content.listing l on l.item_id = i.item_id
left join content.images m on m.image_id = a.image_id
left join content.translations g on g.article_id = a.item_id
left join lateral (select array_agg(o.language order by o.language, v.slug) as languages,
                          array_agg(v.slug order by o.language, v.slug) as slugs
                   from   content.translations x
                   join   content.articles o on o.item_id = x.article_id
                   join   content.visible_items v on v.item_id = x.article_id
                   where  x.translation_group = g.translation_group and x.article_id <> a.item_id) t
       on g.translation_group is not null;

create or replace view delivery.events as
select i.item_id, i.id, i.slug, i.updated_at, e.title, e.summary, e.body_html, e.body_text, e.status, e.starts_at, e.ends_at,
       e.time_zone, e.mode, e.location, e.registration_url, e.recording_url, m.image::text as image,
       l.topic_ids, l.expert_ids, l.expert_roles
from   content.visible_items i
join   content.events e on e.item_id = i.item_id and i.resource = 'event'
join   content.event_listing l on l.item_id = i.item_id
left join content.images m on m.image_id = e.image_id;

create or replace view delivery.pages as
select i.item_id, i.id, i.slug, i.updated_at, p.title, p.title_sort, p.summary, p.body_html, p.body_text,
       p.language, m.image::text as image, p.seo::text as seo, p.toc::text as toc, a.slugs as ancestor_slugs, a.titles as ancestor_titles
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
           coalesce(array_agg(above.title order by above.depth desc), '{}') as titles
    from   above join content.visible_items v on v.item_id = above.item_id) a on true;

create or replace view delivery.menus as
select i.item_id, i.id, i.slug, m.label
from   content.visible_items i
join   content.menus m on m.item_id = i.item_id and i.resource = 'menu';

grant select on delivery.label_keys, delivery.filter_keys to content_reader;
