-- Topics and experts that the preview shows and the public does not see, or the other way round.
create view content.previewed_names as
select i.item_id from content.previewed_items i where not i.live and i.resource in ('topic', 'expert')
union all
select i.item_id from content.items i where i.live and i.expires_at <= preview.moment() and i.resource in ('topic', 'expert');

-- Whether there may be such names, which is quicker to tell: what is looked up for nothing is the same.
create view content.previewed_difference as
select exists (select from content.items i
               where  not i.live and i.merged_into is null and i.publication_status in ('draft', 'scheduled', 'published')
               and    i.resource in ('topic', 'expert'))
       or exists (select from content.items i where i.live and i.expires_at is not null and i.resource in ('topic', 'expert')) as is_possible
offset 0;

-- Articles and events whose keys are not those of content.listing: hidden ones, and those with such topics or experts.
create view content.previewed_others as
select i.item_id from content.prospects i where i.resource in ('article', 'event') and not i.live
union all
select l.article_id
from   content.previewed_names o
join   content.topic_ancestors a on a.ancestor_id = o.item_id
join   content.article_topics l on l.topic_id = a.topic_id
union all
select l.article_id from content.previewed_names o join content.article_experts l on l.expert_id = o.item_id
union all
select l.event_id
from   content.previewed_names o
join   content.topic_ancestors a on a.ancestor_id = o.item_id
join   content.event_topics l on l.topic_id = a.topic_id
union all
select l.event_id from content.previewed_names o join content.event_experts l on l.expert_id = o.item_id;

-- Has the columns of content.listing, from which the views of schema delivery are made, and takes from it what is the same. Topics and experts
-- are looked up once for all columns, and only for hidden articles, or when the preview may show other topics or experts than the public sees.
create view content.previewed_listing as
select i.item_id, i.id, coalesce(i.published_at, i.updated_at) as published_at, i.updated_at, a.title, i.expires_at,
       case when i.item_id in (select o.item_id from content.previewed_others o) then array(
           select distinct k.key
           from  (select f.kind, f.value_id, f.label
                  from  (values ('all', 0, ''), ('type', a.type_id, ''), ('source', a.source_id, ''),
                                ('featured', case when a.featured then 0 end, '')) f (kind, value_id, label)
                  union all
                  select 'language', 0, array_to_string((string_to_array(lower(a.language), '-'))[1:n], '-')
                  from   generate_series(1, cardinality(string_to_array(a.language, '-'))) n
                  union all
                  select 'topic', t.ancestor_id, ''
                  from   content.article_topics l
                  join   content.previewed_items own on own.item_id = l.topic_id
                  cross join lateral (select a.ancestor_id from content.topic_ancestors a where a.topic_id = l.topic_id offset 0) t
                  join   content.previewed_items above on above.item_id = t.ancestor_id
                  where  l.article_id = i.item_id
                  union all
                  select e.kind, e.value_id, e.label
                  from   content.article_experts l
                  join   content.previewed_items x on x.item_id = l.expert_id
                  cross join lateral (values ('expert', l.expert_id, ''), ('expertRole', l.expert_id, l.role), ('role', 0, l.role)) e (kind, value_id, label)
                  where  l.article_id = i.item_id) f
           join   content.keys k on k.kind = f.kind and k.value_id = f.value_id and k.label = f.label
           order  by k.key)
       else s.keys end as keys,
       coalesce(o.topic_ids, s.topic_ids) as topic_ids, coalesce(o.expert_ids, s.expert_ids) as expert_ids,
       coalesce(o.expert_roles, s.expert_roles) as expert_roles
from   content.items i
join   content.articles a on a.item_id = i.item_id
left join content.listing s on s.item_id = i.item_id
cross join content.previewed_difference n
left join lateral (
    select coalesce(array_agg(l.id) filter (where l.role is null), '{}') as topic_ids,
           coalesce(array_agg(l.id) filter (where l.role is not null), '{}') as expert_ids,
           coalesce(array_agg(l.role) filter (where l.role is not null), '{}') as expert_roles
    from  (select l.id, l.role
           from  (select l.topic_id as id, l.position, null as role from content.article_topics l where l.article_id = i.item_id
                  union all
                  select l.expert_id, l.position, l.role from content.article_experts l where l.article_id = i.item_id) l
           join   content.previewed_items p on p.item_id = l.id
           order  by l.position, l.id, l.role) l
    where  n.is_possible or s.item_id is null
    having n.is_possible or s.item_id is null) o on true;

-- Has the columns of content.event_listing.
create view content.previewed_event_listing as
select i.item_id, i.id, e.starts_at, e.ends_at, i.expires_at,
       case when i.item_id in (select o.item_id from content.previewed_others o) then array(
           select distinct k.key
           from  (select f.kind, 0 as value_id, f.label
                  from  (values ('all', ''), ('mode', e.mode), ('status', e.status)) f (kind, label)
                  union all
                  select 'topic', t.ancestor_id, ''
                  from   content.event_topics l
                  join   content.previewed_items own on own.item_id = l.topic_id
                  cross join lateral (select a.ancestor_id from content.topic_ancestors a where a.topic_id = l.topic_id offset 0) t
                  join   content.previewed_items above on above.item_id = t.ancestor_id
                  where  l.event_id = i.item_id
                  union all
                  select x.kind, x.value_id, x.label
                  from   content.event_experts l
                  join   content.previewed_items p on p.item_id = l.expert_id
                  cross join lateral (values ('expert', l.expert_id, ''), ('expertRole', l.expert_id, l.role), ('role', 0, l.role)) x (kind, value_id, label)
                  where  l.event_id = i.item_id) f
           join   content.keys k on k.kind = f.kind and k.value_id = f.value_id and k.label = f.label
           order  by k.key)
       else s.keys end as keys,
       coalesce(o.topic_ids, s.topic_ids) as topic_ids, coalesce(o.expert_ids, s.expert_ids) as expert_ids,
       coalesce(o.expert_roles, s.expert_roles) as expert_roles,
       e.starts_on
from   content.items i
join   content.events e on e.item_id = i.item_id
left join content.event_listing s on s.item_id = i.item_id
cross join content.previewed_difference n
left join lateral (
    select coalesce(array_agg(l.id) filter (where l.role is null), '{}') as topic_ids,
           coalesce(array_agg(l.id) filter (where l.role is not null), '{}') as expert_ids,
           coalesce(array_agg(l.role) filter (where l.role is not null), '{}') as expert_roles
    from  (select l.id, l.role
           from  (select l.topic_id as id, l.position, null as role from content.event_topics l where l.event_id = i.item_id
                  union all
                  select l.expert_id, l.position, l.role from content.event_experts l where l.event_id = i.item_id) l
           join   content.previewed_items p on p.item_id = l.id
           order  by l.position, l.id, l.role) l
    where  n.is_possible or s.item_id is null
    having n.is_possible or s.item_id is null) o on true;
