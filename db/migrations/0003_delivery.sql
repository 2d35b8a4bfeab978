-- What the public may read, and all that the login content_reader can read.

-- The one rule of visibility. live is kept by the publisher; the instants are checked again, in case it is late.
create view content.visible_items as
select i.*
from   content.items i
where  i.live and i.visible_from <= now() and (i.expires_at is null or i.expires_at > now());

create view delivery.head as select sequence, reference_sequence from content.head;

create view delivery.listing as
select l.item_id, l.id, l.published_at, l.updated_at, l.title_sort, l.keys, l.topic_ids, l.expert_ids, l.expert_roles
from   content.listing l
where  l.expires_at is null or l.expires_at > now();

-- To be joined with delivery.listing or delivery.articles, which hold the rule.
create view delivery.postings as select key, published_at, id, item_id from content.postings;

create view delivery.event_listing as
select l.item_id, l.id, l.starts_at, l.ends_at, l.keys, l.topic_ids, l.expert_ids, l.expert_roles
from   content.event_listing l
where  l.expires_at is null or l.expires_at > now();

-- Values that lists can be filtered by, with the number of live articles and events each finds. slug is what a request
-- says; label is the role of an expertRole. Look values up by resource and slug, so that their indexes serve.
create view delivery.filter_keys as
select k.kind, i.resource, i.slug, k.label, k.key, k.value_id, k.articles, k.events, k.latest_at
from   content.keys k
join   content.visible_items i on i.item_id = k.value_id
where  k.kind in ('type', 'topic', 'expert', 'expertRole')
union all
select k.kind, k.kind, s.slug, k.label, k.key, k.value_id, k.articles, k.events, k.latest_at
from   content.keys k
join   content.sources s on s.source_id = k.value_id
where  k.kind = 'source' and k.articles > 0
union all
select k.kind, k.kind, k.label, '', k.key, k.value_id, k.articles, k.events, k.latest_at
from   content.keys k
where  k.value_id = 0
and    (k.kind in ('all', 'featured') or (k.kind in ('role', 'language', 'mode', 'status') and k.articles + k.events > 0));

-- The number of live articles and events of a key that filter_keys gave.
create view delivery.key_counts as select key, articles, events from content.keys;

-- Addresses that were public once. successor_slug is where the item is now; null: it is gone, for reason.
create view delivery.departures as
select d.resource, d.slug, coalesce(own.slug, merged.slug) as successor_slug,
       case when coalesce(own.slug, merged.slug) is null then coalesce(i.withdrawn_reason, 'expired') end as reason,
       i.id, i.withdrawn_at
from  (select a.resource, a.slug, a.item_id from content.aliases a
       union all
       select i.resource, i.public_slug, i.item_id from content.items i where i.public_slug is not null) d
join   content.items i on i.item_id = d.item_id
left join content.visible_items own on own.item_id = i.item_id
left join content.visible_items merged on merged.item_id = i.merged_into
where  own.slug is distinct from d.slug;

-- Every address that leads to something visible, current or old.
create view delivery.addresses as
select i.resource, i.slug, i.item_id, true as current from content.visible_items i
union all
select d.resource, d.slug, i.item_id, false
from   delivery.departures d
join   content.visible_items i on i.resource = d.resource and i.slug = d.successor_slug;

create view delivery.article_types as
select i.item_id, i.id, i.slug, t.label, t.plural_label, k.articles as article_count
from   content.visible_items i
join   content.article_types t on t.item_id = i.item_id
join   content.keys k on k.kind = 'type' and k.value_id = i.item_id and k.label = '';

create view delivery.sources as
select s.source_id, s.slug, s.name
from   content.sources s
join   content.keys k on k.kind = 'source' and k.value_id = s.source_id and k.label = ''
where  k.articles > 0;

-- parent_id is the nearest topic above that is visible.
create view delivery.topics as
select i.item_id, i.id, i.slug, i.updated_at, t.name, t.name_sort, t.kind, t.description,
      (select a.ancestor_id
       from   content.topic_ancestors a join content.visible_items v on v.item_id = a.ancestor_id
       where  a.topic_id = i.item_id and a.depth > 0
       order  by a.depth
       limit  1) as parent_id,
       t.featured, k.articles as article_count, k.events as event_count, k.latest_at
from   content.visible_items i
join   content.topics t on t.item_id = i.item_id
join   content.keys k on k.kind = 'topic' and k.value_id = i.item_id and k.label = ''
where  i.resource = 'topic';

create view delivery.topic_ancestors as
select a.topic_id, a.ancestor_id, a.depth
from   content.topic_ancestors a
join   content.visible_items t on t.item_id = a.topic_id
join   content.visible_items v on v.item_id = a.ancestor_id;

create view delivery.experts as
select i.item_id, i.id, i.slug, i.updated_at, e.name, e.given_name, e.family_name, e.name_sort, e.title, e.organization,
       p.item_id as program_id, e.kind, e.current, m.image::text as photo, e.bio_html,
       case when e.email_public then e.email end as email, e.profiles::text as profiles,
       k.articles as article_count, k.latest_at
from   content.visible_items i
join   content.experts e on e.item_id = i.item_id
join   content.keys k on k.kind = 'expert' and k.value_id = i.item_id and k.label = ''
left join content.visible_items p on p.item_id = e.program_id
left join content.images m on m.image_id = e.photo_id
where  i.resource = 'expert';

create view delivery.expert_topics as select expert_id, topic_id, articles from content.expert_topics;

create view delivery.articles as
select i.item_id, i.id, i.slug, i.published_at, i.updated_at, i.version,
       a.type_id, a.title, a.subtitle, a.summary, a.body_html, a.body_text, a.language,
       a.primary_topic_id, a.source_id, a.source_url, a.canonical_url, m.image::text as image,
       a.files::text as files, a.corrections::text as corrections, a.seo::text as seo, a.toc::text as toc,
       a.reading_minutes, a.word_count, a.license_id, a.license_url, a.doi, a.featured,
       l.topic_ids, l.expert_ids, l.expert_roles, l.keys,
       t.languages as translation_languages, t.slugs as translation_slugs
from   content.visible_items i
join   content.articles a on a.item_id = i.item_id
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

create view delivery.events as
select i.item_id, i.id, i.slug, i.updated_at, e.title, e.summary, e.body_html, e.body_text, e.status, e.starts_at, e.ends_at,
       e.time_zone, e.mode, e.location, e.registration_url, e.recording_url, m.image::text as image,
       l.topic_ids, l.expert_ids, l.expert_roles
from   content.visible_items i
join   content.events e on e.item_id = i.item_id
join   content.event_listing l on l.item_id = i.item_id
left join content.images m on m.image_id = e.image_id;

-- ancestor_slugs and ancestor_titles lead from the root to the nearest visible page above.
create view delivery.pages as
select i.item_id, i.id, i.slug, i.updated_at, p.title, p.title_sort, p.summary, p.body_html, p.body_text,
       p.language, m.image::text as image, p.seo::text as seo, p.toc::text as toc, a.slugs as ancestor_slugs, a.titles as ancestor_titles
from   content.visible_items i
join   content.pages p on p.item_id = i.item_id
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

create view delivery.menus as
select i.item_id, i.id, i.slug, m.label
from   content.visible_items i
join   content.menus m on m.item_id = i.item_id;

-- An entry whose target is not visible is not there; those below it point to a parent that is not there.
create view delivery.menu_items as
select e.menu_id, e.position, e.parent, e.label, v.resource as target_resource, v.slug as target_slug, e.url
from   content.menu_items e
join   content.visible_items m on m.item_id = e.menu_id
left join content.visible_items v on v.item_id = e.target_id
where  e.target_id is null or v.item_id is not null;

-- slug and url are null for what is gone.
create view delivery.redirects as
select r.path, coalesce(own.resource, merged.resource, i.resource) as resource, coalesce(own.slug, merged.slug) as slug, r.url,
       case when r.url is null and coalesce(own.slug, merged.slug) is null then 410 else 301 end as status
from   content.redirects r
left join content.items i on i.item_id = r.target_id
left join content.visible_items own on own.item_id = i.item_id
left join content.visible_items merged on merged.item_id = i.merged_into
where  r.url is not null or own.item_id is not null or i.public_slug is not null;

grant usage on schema delivery to content_reader;
grant select on all tables in schema delivery to content_reader;
