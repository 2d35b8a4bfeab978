-- Keys that belong to no item: all, featured, and those of roles, languages, modes and statuses.
create view delivery.label_keys as
select k.kind, k.label, k.key, k.articles, k.events
from   content.keys k
where  k.value_id = 0
and    (k.kind in ('all', 'featured') or (k.kind in ('role', 'language', 'mode', 'status') and k.articles + k.events > 0));

-- Keys that belong to items: a role of an expert is one as long as something visible has it.
create view delivery.item_keys as
select k.* from content.keys k where k.kind <> 'expertRole' or k.articles + k.events > 0;

-- Values that lists can be filtered by, with the number of live articles and events found under each. slug is the value in a request; label
-- is the role of an expertRole. Look values up by resource and slug, or by kind and value_id: the offset makes the planner begin with the
-- item, however few keys it expects.
create view delivery.filter_keys (kind, resource, slug, label, key, value_id, articles, events) as
select k.kind, i.resource, i.slug, k.label, k.key, i.item_id, k.articles, k.events
from   content.visible_items i
cross join lateral (select k.* from delivery.item_keys k
                    where  k.kind in ('type', 'topic', 'expert', 'expertRole') and k.value_id = i.item_id
                    offset 0) k
union all
select 'source', 'source', s.slug, '', s.key, s.source_id, s.articles, s.events
from   delivery.sources s
union all
select k.kind, k.kind, k.label, '', k.key, 0, k.articles, k.events
from   delivery.label_keys k;

-- The keys under which visible articles are found.
create view delivery.listing as
select l.item_id, l.id, l.keys, l.topic_ids from content.listing l where l.expires_at is null or l.expires_at > now();

create view delivery.event_listing as
select l.item_id, l.id, l.starts_at, l.ends_at, l.keys, l.topic_ids, l.expert_ids, l.expert_roles, l.starts_on
from   content.event_listing l
where  l.expires_at is null or l.expires_at > now();

-- The types, topics, experts and outlets of each article and event, by item_id, and its language, roles, mode and status.
create view delivery.listed_keys as
select l.item_id, k.key, k.kind, k.value_id, coalesce(s.slug, k.label) as label
from  (select item_id, keys from delivery.listing union all select item_id, keys from delivery.event_listing) l
cross join lateral unnest(l.keys) u (key)
join   content.keys k on k.key = u.key and k.kind not in ('all', 'expertRole')
left join content.sources s on k.kind = 'source' and s.source_id = k.value_id;

-- The index of visible articles that each process keeps in memory, to find, count and order lists of them.
create view delivery.article_index as
select l.item_id, l.id, l.published_at as first, l.updated_at as second, l.title, l.keys,
       extract(epoch from i.expires_at - now())::double precision as expires_in
from   content.listing l
join   content.visible_items i on i.item_id = l.item_id;

-- The same for visible events. An event without an end ends when it starts.
create view delivery.event_index as
select l.item_id, l.id, l.starts_at as first, coalesce(l.ends_at, l.starts_at) as second, ''::text as title, l.keys,
       extract(epoch from i.expires_at - now())::double precision as expires_in, l.starts_on as day
from   content.event_listing l
join   content.visible_items i on i.item_id = l.item_id;

-- What the keys stand for: the value in a filter, and the name in facets. The keys are those of filter_keys, which is for looking up a few
-- of them by slug.
create view delivery.index_keys as
select k.key, k.kind, i.resource, i.slug, k.label as role, k.value_id as item_id, coalesce(y.label, t.name, e.name) as name
from   delivery.item_keys k
join   content.visible_items i on i.item_id = k.value_id
left join content.article_types y on k.kind = 'type' and y.item_id = k.value_id
left join content.topics t on k.kind = 'topic' and t.item_id = k.value_id
left join content.experts e on k.kind = 'expert' and e.item_id = k.value_id
where  k.kind in ('type', 'topic', 'expert', 'expertRole')
union all
select s.key, 'source', 'source', s.slug, '', s.source_id, s.name
from   delivery.sources s
union all
select k.key, k.kind, k.kind, k.label, '', 0, null
from   delivery.label_keys k;
