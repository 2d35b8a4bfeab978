-- Refreshes the keys under which the articles on each live topic are found.
create function content.refresh_topic_keys() returns void language sql as $$
    with wanted as (
        select a.topic_id, array_agg(k.key order by k.key) as keys
        from   content.topic_ancestors a
        join   content.items own on own.item_id = a.topic_id and own.live
        join   content.items above on above.item_id = a.ancestor_id and above.live
        join   content.keys k on k.kind = 'topic' and k.value_id = a.ancestor_id and k.label = ''
        group  by a.topic_id),
    removed as (
        delete from content.topic_keys o where not exists (select from wanted w where w.topic_id = o.topic_id))
    insert into content.topic_keys select topic_id, keys from wanted
    on conflict (topic_id) do update set keys = excluded.keys where topic_keys.keys <> excluded.keys;
$$;

-- Maintains topic_ancestors and topic_keys. When a topic moves, appears or disappears, the articles and events on it and on the topics
-- below it are dirty.
create function content.refresh_topics(this xid8) returns void language plpgsql
set enable_seqscan = on set enable_hashjoin = on set enable_mergejoin = on set enable_material = on as $$
begin
    if not exists (select from content.dirty_items c join content.items t on t.item_id = c.item_id
                   where c.transaction = this and t.resource = 'topic') then
        return;
    end if;

    with recursive above (topic_id, ancestor_id, depth) as (
        select t.item_id, t.item_id, 0 from content.topics t
        union all
        select a.topic_id, t.parent_id, a.depth + 1
        from   above a
        join   content.topics t on t.item_id = a.ancestor_id
        where  t.parent_id is not null and a.depth < 32),
    removed as (
        delete from content.topic_ancestors o
        where  not exists (select from above a where a.topic_id = o.topic_id and a.ancestor_id = o.ancestor_id)
        returning o.topic_id),
    added as (
        insert into content.topic_ancestors
        select topic_id, ancestor_id, min(depth) from above group by topic_id, ancestor_id
        on conflict (topic_id, ancestor_id) do update set depth = excluded.depth where topic_ancestors.depth <> excluded.depth
        returning topic_id),
    moved as (
        select topic_id from removed
        union
        select topic_id from added
        union
        select a.topic_id from content.dirty_items c join above a on a.ancestor_id = c.item_id where c.transaction = this and c.visibility_changed)
    insert into content.dirty_items (item_id)
    select l.article_id from moved m join content.article_topics l on l.topic_id = m.topic_id
    where  not exists (select from content.dirty_items c where c.transaction = this and c.item_id = l.article_id)
    union
    select l.event_id from moved m join content.event_topics l on l.topic_id = m.topic_id
    on conflict do nothing;

    insert into content.keys (kind, value_id)
    select 'topic', t.item_id from content.topics t
    where  not exists (select from content.keys k where k.kind = 'topic' and k.value_id = t.item_id and k.label = '');

    perform content.refresh_topic_keys();
end $$;
