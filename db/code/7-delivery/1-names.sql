create view delivery.sources as
select s.source_id, s.slug, s.name, k.key, k.articles, k.events
from   content.sources s
join   content.keys k on k.kind = 'source' and k.value_id = s.source_id and k.label = ''
where  k.articles > 0;

-- parent_id is the nearest visible topic above.
create view delivery.topics as
select i.item_id, i.id, i.slug, i.updated_at, t.name, t.kind, t.description,
      (select a.ancestor_id
       from   content.topic_ancestors a join content.visible_items v on v.item_id = a.ancestor_id
       where  a.topic_id = i.item_id and a.depth > 0
       order  by a.depth
       limit  1) as parent_id,
       t.featured, k.articles as article_count, k.events as event_count, k.latest_at, i.shown_status
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
select i.item_id, i.id, i.slug, i.updated_at, e.name, e.given_name, e.family_name, e.title, e.organization,
       p.item_id as program_id, e.kind, e.current, m.image::text as photo, e.bio_html,
       case when e.email_public then e.email end as email, e.orcid, e.profiles::text as profiles,
       k.articles as article_count, k.latest_at, i.shown_status
from   content.visible_items i
join   content.experts e on e.item_id = i.item_id
join   content.keys k on k.kind = 'expert' and k.value_id = i.item_id and k.label = ''
left join content.visible_items p on p.item_id = e.program_id
left join content.images m on m.image_id = e.photo_id
where  i.resource = 'expert';

create view delivery.expert_topics as select expert_id, topic_id, articles from content.expert_topics;

-- The condition on resource lets the planner find an item by its slug.
create view delivery.article_types as
select i.item_id, i.id, i.slug, t.label, t.plural_label, k.articles as article_count
from   content.visible_items i
join   content.article_types t on t.item_id = i.item_id and i.resource = 'articleType'
join   content.keys k on k.kind = 'type' and k.value_id = i.item_id and k.label = '';
