-- Publishing much at once in fewer and narrower passes.

-- Whether it is to be seen now.
create function content.is_due(i content.items) returns boolean language sql stable as $$
    select coalesce(i.visible_from <= now() and (i.expires_at is null or i.expires_at > now()), false)
$$;

-- Under which keys articles on a live topic are found: its own and those of the live topics above.
create table content.topic_keys (
    topic_id integer primary key references content.topics on delete cascade,
    keys     integer[] not null
);

-- As before; most of what several statements touch is the same.
create or replace function content.touch() returns trigger language plpgsql as $$
begin
    if current_setting('content.applying', true) = 'on' then
        return null;
    end if;
    execute format('insert into content.touched (item_id)
                    select c.item_id from (select distinct coalesce(%I, 0) as item_id from changed) c
                    where  not exists (select from content.touched t where t.transaction = pg_current_xact_id() and t.item_id = c.item_id)
                    on conflict do nothing', tg_argv[0]);
    insert into content.dirty
    select where exists (select from content.touched where transaction = pg_current_xact_id())
    on conflict do nothing;
    return null;
end $$;

create function content.apply_topic_keys() returns void language sql as $$
    with wanted as (
        select a.topic_id, array_agg(k.key order by k.key) as keys
        from   content.topic_ancestors a
        join   content.items own on own.item_id = a.topic_id and own.live
        join   content.items above on above.item_id = a.ancestor_id and above.live
        join   content.keys k on k.kind = 'topic' and k.value_id = a.ancestor_id and k.label = ''
        group  by a.topic_id),
    gone as (
        delete from content.topic_keys o where not exists (select from wanted w where w.topic_id = o.topic_id))
    insert into content.topic_keys select topic_id, keys from wanted
    on conflict (topic_id) do update set keys = excluded.keys where topic_keys.keys <> excluded.keys;
$$;
select content.apply_topic_keys();

-- Sets live, and remembers what the public saw: old slugs become aliases, vanished items departures.
create or replace function content.apply_visibility(this xid8) returns void language plpgsql as $$
begin
    -- Of several that had a slug the last one keeps it.
    insert into content.aliases (resource, slug, item_id)
    select distinct on (i.resource, i.public_slug) i.resource, i.public_slug, i.item_id
    from   content.touched c
    join   content.items i on i.item_id = c.item_id
    where  c.transaction = this
    and    i.public_slug <> i.slug and content.is_due(i)
    order  by i.resource, i.public_slug, i.withdrawn_at desc nulls first, i.id
    on conflict (resource, slug) do update set item_id = excluded.item_id;

    -- Only of these does anybody ask.
    update content.touched c set flipped = true
    from   content.items i
    where  c.transaction = this and i.item_id = c.item_id
    and    i.resource in ('topic', 'expert') and i.live <> content.is_due(i);

    update content.items i
    set    live = content.is_due(i),
           public_slug = case when content.is_due(i) then i.slug else i.public_slug end,
           withdrawn_at = case when not content.is_due(i) and i.public_slug is not null then coalesce(i.withdrawn_at, now()) end
    from   content.touched c
    where  c.transaction = this and i.item_id = c.item_id
    and    (i.live <> content.is_due(i)
            or (i.live and (i.public_slug is distinct from i.slug or i.withdrawn_at is not null)));

    -- A current slug goes before an alias.
    delete from content.aliases a
    using  content.touched c join content.items i on i.item_id = c.item_id
    where  c.transaction = this and i.live and a.resource = i.resource and a.slug = i.slug;

    -- An expert who appears or vanishes takes the articles and events along.
    insert into content.touched (item_id)
    select l.article_id
    from   content.touched c join content.article_experts l on l.expert_id = c.item_id
    where  c.transaction = this and c.flipped
    union
    select l.event_id
    from   content.touched c join content.event_experts l on l.expert_id = c.item_id
    where  c.transaction = this and c.flipped
    on conflict do nothing;
end $$;

-- Keeps topic_ancestors and topic_keys; a topic that moved, appeared or vanished takes along the articles and events on it and below it.
create or replace function content.apply_topics(this xid8) returns void language plpgsql
set enable_seqscan = on set enable_hashjoin = on set enable_mergejoin = on set enable_material = on as $$
begin
    if not exists (select from content.touched c join content.items t on t.item_id = c.item_id
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
    gone as (
        delete from content.topic_ancestors o
        where  not exists (select from above a where a.topic_id = o.topic_id and a.ancestor_id = o.ancestor_id)
        returning o.topic_id),
    come as (
        insert into content.topic_ancestors
        select topic_id, ancestor_id, min(depth) from above group by topic_id, ancestor_id
        on conflict (topic_id, ancestor_id) do update set depth = excluded.depth where topic_ancestors.depth <> excluded.depth
        returning topic_id),
    moved as (
        select topic_id from gone
        union
        select topic_id from come
        union
        select a.topic_id from content.touched c join above a on a.ancestor_id = c.item_id where c.transaction = this and c.flipped)
    insert into content.touched (item_id)
    select l.article_id from moved m join content.article_topics l on l.topic_id = m.topic_id
    where  not exists (select from content.touched c where c.transaction = this and c.item_id = l.article_id)
    union
    select l.event_id from moved m join content.event_topics l on l.topic_id = m.topic_id
    on conflict do nothing;

    insert into content.keys (kind, value_id)
    select 'topic', t.item_id from content.topics t
    where  not exists (select from content.keys k where k.kind = 'topic' and k.value_id = t.item_id and k.label = '');

    perform content.apply_topic_keys();
end $$;

-- Makes the keys that touched items need; a type, topic, expert or outlet has a key before anything is found under it. Fills found_next,
-- for events.
create or replace function content.find_keys(this xid8) returns void language plpgsql as $$
begin
    insert into content.found_next
    select c.item_id, k.kind, k.value_id, k.label
    from   content.touched c
    join   content.items i on i.item_id = c.item_id and i.live and i.resource = 'event'
    cross join lateral (select kind, value_id, label from content.event_keys e where e.item_id = c.item_id offset 0) k
    where  c.transaction = this;

    insert into content.keys (kind, value_id, label)
    select f.kind, f.value_id, f.label
    from  (select 'source' as kind, s.source_id as value_id, '' as label from content.sources s
           union
           select 'language', 0, array_to_string(d.language[1:n], '-')
           from  (select distinct string_to_array(lower(a.language), '-') as language
                  from   content.touched c
                  join   content.items i on i.item_id = c.item_id and i.live and i.resource = 'article'
                  join   content.articles a on a.item_id = c.item_id
                  where  c.transaction = this) d
           cross join lateral generate_series(1, cardinality(d.language)) n
           union
           select n.kind, n.value_id, n.label
           from  (select distinct l.expert_id, l.role
                  from   content.touched c
                  join   content.article_experts l on l.article_id = c.item_id
                  where  c.transaction = this) d
           cross join lateral (values ('expertRole', d.expert_id, d.role), ('role', 0, d.role)) n (kind, value_id, label)
           where  not exists (select from content.keys k where k.kind = n.kind and k.value_id = n.value_id and k.label = n.label)
           and    exists (select from content.article_experts l -- what only hidden articles or experts have stays unknown
                          join   content.items i on i.item_id = l.article_id and i.live
                          join   content.items x on x.item_id = l.expert_id and x.live
                          where  l.expert_id = d.expert_id and l.role = d.role)
           union
           select kind, value_id, label from content.found_next
           union
           select case i.resource when 'articleType' then 'type' else i.resource end, i.item_id, ''
           from   content.touched c join content.items i on i.item_id = c.item_id
           where  c.transaction = this and i.resource in ('articleType', 'topic', 'expert')) f
    where  not exists (select from content.keys k where k.kind = f.kind and k.value_id = f.value_id and k.label = f.label);
end $$;

drop view content.article_keys;

-- Brings listing, postings and counts up to date. What an article can be found under is said here, and content.find_keys()
-- makes the keys for it. Returns whether an outlet's name became known, by its first visible article.
drop function content.apply_articles(xid8);
create function content.apply_articles(this xid8) returns boolean language plpgsql set work_mem = '256MB' as $$
declare
    names boolean;
begin
    insert into content.listing_next
    with live as materialized (
        select a.item_id, a.type_id, a.source_id, a.featured, lower(a.language) as language
        from   content.touched c
        join   content.items i on i.item_id = c.item_id and i.live and i.resource = 'article'
        join   content.articles a on a.item_id = c.item_id
        where  c.transaction = this),
    found (item_id, key) as ( -- a hidden topic or expert, and what stands above a hidden topic only, does not count
        select v.item_id, k.key
        from   live v
        cross join lateral (values ('all', 0, ''), ('type', v.type_id, ''), ('source', v.source_id, ''),
                                   ('featured', case when v.featured then 0 end, ''), ('language', 0, v.language)) f (kind, value_id, label)
        join   content.keys k on k.kind = f.kind and k.value_id = f.value_id and k.label = f.label
        union all -- en-US is found under en as well (RFC 4647, basic filtering)
        select v.item_id, k.key
        from   live v
        cross join lateral generate_series(1, cardinality(string_to_array(v.language, '-')) - 1) n
        join   content.keys k on k.kind = 'language' and k.value_id = 0
                             and k.label = array_to_string((string_to_array(v.language, '-'))[1:n], '-')
        where  v.language like '%-%'
        union all
        select v.item_id, unnest(t.keys)
        from   live v
        join   content.article_topics l on l.article_id = v.item_id
        join   content.topic_keys t on t.topic_id = l.topic_id
        union all
        select v.item_id, k.key
        from   live v
        join   content.article_experts l on l.article_id = v.item_id
        join   content.items x on x.item_id = l.expert_id and x.live
        cross join lateral (values ('expert', l.expert_id, ''), ('expertRole', l.expert_id, l.role), ('role', 0, l.role)) f (kind, value_id, label)
        join   content.keys k on k.kind = f.kind and k.value_id = f.value_id and k.label = f.label)
    select i.item_id, i.id, i.published_at, i.updated_at, a.title_sort, i.expires_at, f.keys,
           array(select l.topic_id
                 from   content.article_topics l join content.items t on t.item_id = l.topic_id and t.live
                 where  l.article_id = f.item_id
                 order  by l.position, l.topic_id),
           coalesce(e.ids, '{}'), coalesce(e.roles, '{}')
    from  (select d.item_id, array_agg(d.key) as keys
           from  (select distinct item_id, key from found order by item_id, key) d
           group  by d.item_id) f
    join   content.items i on i.item_id = f.item_id
    join   content.articles a on a.item_id = f.item_id
    cross join lateral (select array_agg(l.expert_id order by l.position, l.expert_id, l.role) as ids,
                               array_agg(l.role order by l.position, l.expert_id, l.role) as roles
                        from   content.article_experts l join content.items x on x.item_id = l.expert_id and x.live
                        where  l.article_id = f.item_id) e;

    -- Rows that stay as they are need nothing more.
    delete from content.touched c
    using  content.listing_next n join content.listing o on o.item_id = n.item_id
    where  c.transaction = this and c.item_id = n.item_id and o is not distinct from n;
    delete from content.listing_next n
    where  not exists (select from content.touched c where c.transaction = this and c.item_id = n.item_id);

    with delta as (
        select d.expert_id, d.topic_id, sum(d.n)::integer as n
        from  (select distinct o.item_id, x.expert_id, t.topic_id, -1 as n
               from   content.touched c
               join   content.listing o on o.item_id = c.item_id, unnest(o.expert_ids) x (expert_id), unnest(o.topic_ids) t (topic_id)
               where  c.transaction = this
               union all
               select distinct n.item_id, x.expert_id, t.topic_id, 1
               from   content.listing_next n, unnest(n.expert_ids) x (expert_id), unnest(n.topic_ids) t (topic_id)) d
        group  by d.expert_id, d.topic_id
        having sum(d.n) <> 0)
    insert into content.expert_topics select expert_id, topic_id, n from delta
    on conflict (expert_id, topic_id) do update set articles = expert_topics.articles + excluded.articles;
    delete from content.expert_topics where articles = 0;

    delete from content.postings p
    using (select o.id, o.published_at, o.keys, n.id as next_id, n.keys as next_keys,
                  n.published_at <> o.published_at or n.updated_at <> o.updated_at or n.id <> o.id as moved
           from   content.touched c
           join   content.listing o on o.item_id = c.item_id
           left join content.listing_next n on n.item_id = c.item_id
           where  c.transaction = this) o
    cross join lateral unnest(o.keys) k (key)
    where  p.key = k.key and p.published_at = o.published_at and p.id = o.id
    and    (o.next_id is null or o.moved or not k.key = any (o.next_keys));

    insert into content.postings (key, published_at, updated_at, id, item_id)
    select k.key, n.published_at, n.updated_at, n.id, n.item_id
    from   content.listing_next n
    cross join lateral unnest(n.keys) k (key)
    left join content.listing o on o.item_id = n.item_id
    where  k.key <> (select key from content.keys where kind = 'all') -- the listing itself is the range of all
    and    (o.item_id is null or o.published_at <> n.published_at or o.updated_at <> n.updated_at or o.id <> n.id or not k.key = any (o.keys))
    order  by k.key, n.published_at, n.id;

    with delta as (
        select d.key, sum(d.n)::integer as n
        from  (select k.key, -1 as n
               from   content.touched c join content.listing o on o.item_id = c.item_id, unnest(o.keys) k (key)
               where  c.transaction = this
               union all
               select k.key, 1 from (select keys from content.listing_next order by item_id) n, unnest(n.keys) k (key)) d
        group  by d.key),
    counted as (
        update content.keys k
        set    articles = k.articles + d.n,
               latest_at = (select max(p.published_at) from content.postings p where p.key = k.key)
        from   delta d
        where  k.key = d.key
        returning k.kind = 'source' and d.n > 0 and k.articles = d.n as named)
    select coalesce(bool_or(named), false) into names from counted;

    delete from content.listing o
    using  content.touched c
    where  c.transaction = this and c.item_id = o.item_id
    and    not exists (select from content.listing_next n where n.item_id = o.item_id);

    insert into content.listing select * from content.listing_next order by item_id
    on conflict (item_id) do update
    set    id = excluded.id, published_at = excluded.published_at, updated_at = excluded.updated_at,
           title_sort = excluded.title_sort, expires_at = excluded.expires_at, keys = excluded.keys,
           topic_ids = excluded.topic_ids, expert_ids = excluded.expert_ids, expert_roles = excluded.expert_roles;

    delete from content.listing_next;
    return names;
end $$;
