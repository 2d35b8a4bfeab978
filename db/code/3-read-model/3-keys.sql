-- The keys under which events are found.
create view content.event_keys as
select e.item_id, 'all' as kind, 0 as value_id, '' as label from content.events e
union all
select e.item_id, 'mode', 0, e.mode from content.events e
union all
select e.item_id, 'status', 0, e.status from content.events e
union all
select l.event_id, 'topic', t.ancestor_id, ''
from   content.event_topics l
join   content.items own on own.item_id = l.topic_id and own.live
join   content.topic_ancestors t on t.topic_id = l.topic_id
join   content.items above on above.item_id = t.ancestor_id and above.live
union all
select l.event_id, k.kind, k.value_id, k.label
from   content.event_experts l
join   content.items i on i.item_id = l.expert_id and i.live
cross join lateral (values ('expert', l.expert_id, ''), ('expertRole', l.expert_id, l.role), ('role', 0, l.role)) k (kind, value_id, label);

-- Adds the keys that dirty items need, visible or not, and fills event_keys_next for dirty events that are visible. A type, topic, expert or
-- outlet has a key before anything is found under it.
create function content.add_missing_keys(this xid8) returns void language plpgsql as $$
begin
    insert into content.event_keys_next
    select c.item_id, k.kind, k.value_id, k.label
    from   content.dirty_items c
    join   content.items i on i.item_id = c.item_id and i.live and i.resource = 'event'
    cross join lateral (select kind, value_id, label from content.event_keys e where e.item_id = c.item_id offset 0) k
    where  c.transaction = this;

    insert into content.keys (kind, value_id, label)
    select f.kind, f.value_id, f.label
    from  (select 'source' as kind, a.source_id as value_id, '' as label
           from   content.dirty_items c join content.articles a on a.item_id = c.item_id
           where  c.transaction = this and a.source_id is not null
           union
           select 'language', 0, array_to_string(d.language[1:n], '-')
           from  (select distinct string_to_array(lower(a.language), '-') as language
                  from   content.dirty_items c
                  join   content.articles a on a.item_id = c.item_id
                  where  c.transaction = this) d
           cross join lateral generate_series(1, cardinality(d.language)) n
           union
           select n.kind, n.value_id, n.label
           from  (select l.expert_id, l.role
                  from   content.dirty_items c
                  join   content.article_experts l on l.article_id = c.item_id
                  where  c.transaction = this
                  union
                  select l.expert_id, l.role
                  from   content.dirty_items c
                  join   content.event_experts l on l.event_id = c.item_id
                  where  c.transaction = this) d
           cross join lateral (values ('expertRole', d.expert_id, d.role), ('role', 0, d.role)) n (kind, value_id, label)
           union
           select n.kind, 0, n.label
           from   content.dirty_items c
           join   content.events e on e.item_id = c.item_id
           cross join lateral (values ('mode', e.mode), ('status', e.status)) n (kind, label)
           where  c.transaction = this
           union
           select case i.resource when 'articleType' then 'type' else i.resource end, i.item_id, ''
           from   content.dirty_items c join content.items i on i.item_id = c.item_id
           where  c.transaction = this and i.resource in ('articleType', 'topic', 'expert')) f
    where  not exists (select from content.keys k where k.kind = f.kind and k.value_id = f.value_id and k.label = f.label);
end $$;

-- The publication time of the newest article of a topic or expert; it is never after latest_at. If the key has many articles, the listing
-- is read backwards from latest_at.
create function content.newest_article_at(k content.keys) returns timestamptz language sql stable as $$
    select case
        when k.articles > 2000 then
            (select l.published_at from content.listing l where l.published_at <= k.latest_at and k.key = any (l.keys) order by l.published_at desc limit 1)
        when k.kind = 'expert' then
            (select max(l.published_at) from content.article_experts x join content.listing l on l.item_id = x.article_id
             where  x.expert_id = k.value_id and k.key = any (l.keys))
        else
            (select max(l.published_at)
             from   content.topic_ancestors a
             join   content.article_topics t on t.topic_id = a.topic_id
             join   content.listing l on l.item_id = t.article_id
             where  a.ancestor_id = k.value_id and k.key = any (l.keys)) end
$$;
