-- Most articles have no translation: looking for the others once a row took a fifth of a list's time. A sub-select is only run where there is a group.
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
           where  x.translation_group = g.translation_group and x.article_id <> a.item_id) end as translation_slugs
from   content.visible_items i
join   content.articles a on a.item_id = i.item_id and i.resource = 'article'
join   content.listing l on l.item_id = i.item_id
left join content.images m on m.image_id = a.image_id
left join content.translations g on g.article_id = a.item_id;
