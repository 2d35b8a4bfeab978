-- Refreshes the listing of articles, the topics that experts write on, and the counts of the keys. Returns whether an outlet became
-- visible, with its first visible article.
create function content.refresh_articles(this xid8) returns boolean language plpgsql set work_mem = '256MB' as $$
declare
    names boolean;
    lost  integer[];
begin
    insert into content.listing_next
    with live as materialized (
        select a.item_id, a.type_id, a.source_id, a.featured, lower(a.language) as language
        from   content.dirty_items c
        join   content.items i on i.item_id = c.item_id and i.live and i.resource = 'article'
        join   content.articles a on a.item_id = c.item_id
        where  c.transaction = this),
    contributions as materialized ( -- a step of its own: joined with keys in one step, each article was compared with each contribution
        select l.article_id, l.expert_id, l.role
        from   live v
        join   content.article_experts l on l.article_id = v.item_id
        join   content.items x on x.item_id = l.expert_id and x.live),
    found (item_id, key) as ( -- hidden topics and experts give no key, nor do topics above hidden ones only
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
        select c.article_id, k.key
        from   contributions c
        cross join lateral (values ('expert', c.expert_id, ''), ('expertRole', c.expert_id, c.role), ('role', 0, c.role)) f (kind, value_id, label)
        join   content.keys k on k.kind = f.kind and k.value_id = f.value_id and k.label = f.label)
    select i.item_id, i.id, i.published_at, i.updated_at, a.title, i.expires_at, f.keys,
           t.ids, coalesce(e.ids, '{}'), coalesce(e.roles, '{}'),
           md5(row (i.public_slug, a.type_id, a.title, a.summary, a.language, extract(epoch from i.published_at), a.primary_topic_id, t.ids,
                    a.source_id, a.image_id, e.ids, e.roles)::text)::uuid
    from  (select d.item_id, array_agg(d.key) as keys
           from  (select distinct item_id, key from found order by item_id, key) d
           group  by d.item_id) f
    join   content.items i on i.item_id = f.item_id
    join   content.articles a on a.item_id = f.item_id
    cross join lateral (select array(select l.topic_id
                                     from   content.article_topics l join content.items t on t.item_id = l.topic_id and t.live
                                     where  l.article_id = f.item_id
                                     order  by l.position, l.topic_id) as ids) t
    cross join lateral (select array_agg(l.expert_id order by l.position, l.expert_id, l.role) as ids,
                               array_agg(l.role order by l.position, l.expert_id, l.role) as roles
                        from   content.article_experts l join content.items x on x.item_id = l.expert_id and x.live
                        where  l.article_id = f.item_id) e;

    -- Rows that do not change need no further step.
    delete from content.dirty_items c
    using  content.listing_next n join content.listing o on o.item_id = n.item_id
    where  c.transaction = this and c.item_id = n.item_id and o is not distinct from n;
    delete from content.listing_next n
    where  not exists (select from content.dirty_items c where c.transaction = this and c.item_id = n.item_id);

    with delta as (
        select d.expert_id, d.topic_id, sum(d.n)::integer as n
        from  (select distinct o.item_id, x.expert_id, t.topic_id, -1 as n
               from   content.dirty_items c
               join   content.listing o on o.item_id = c.item_id, unnest(o.expert_ids) x (expert_id), unnest(o.topic_ids) t (topic_id)
               where  c.transaction = this
               union all
               select distinct n.item_id, x.expert_id, t.topic_id, 1
               from   content.listing_next n, unnest(n.expert_ids) x (expert_id), unnest(n.topic_ids) t (topic_id)) d
        group  by d.expert_id, d.topic_id
        having sum(d.n) <> 0),
    counted as materialized ( -- one look-up for each pair
        select d.expert_id, d.topic_id, d.n, coalesce(e.articles, 0) + d.n as remaining
        from   delta d left join content.expert_topics e on e.expert_id = d.expert_id and e.topic_id = d.topic_id),
    removed as (
        delete from content.expert_topics e using counted c
        where  c.remaining = 0 and e.expert_id = c.expert_id and e.topic_id = c.topic_id)
    insert into content.expert_topics select expert_id, topic_id, n from counted where remaining <> 0
    on conflict (expert_id, topic_id) do update set articles = expert_topics.articles + excluded.articles;

    with delta as (
        select d.key, sum(d.n)::integer as n, max(d.added_at) as added_at, max(d.removed_at) as removed_at
        from  (select k.key, -1 as n, null::timestamptz as added_at, o.published_at as removed_at
               from   content.dirty_items c join content.listing o on o.item_id = c.item_id, unnest(o.keys) k (key)
               where  c.transaction = this
               union all
               select k.key, 1, n.published_at, null from (select keys, published_at from content.listing_next order by item_id) n, unnest(n.keys) k (key)) d
        group  by d.key),
    counted as (
        update content.keys k
        set    articles = k.articles + d.n,
               latest_at = case when k.kind in ('topic', 'expert') then greatest(k.latest_at, d.added_at) end
        from   delta d
        where  k.key = d.key
        returning k.key, k.kind = 'source' and d.n > 0 and k.articles = d.n as named,
                  k.kind in ('topic', 'expert') and d.removed_at = k.latest_at and (d.added_at = k.latest_at) is not true as is_lost)
    select coalesce(bool_or(named), false), array_agg(key) filter (where is_lost) into names, lost from counted;

    delete from content.listing o
    using  content.dirty_items c
    where  c.transaction = this and c.item_id = o.item_id
    and    not exists (select from content.listing_next n where n.item_id = o.item_id);

    insert into content.listing select * from content.listing_next order by item_id
    on conflict (item_id) do update
    set    id = excluded.id, published_at = excluded.published_at, updated_at = excluded.updated_at,
           title = excluded.title, expires_at = excluded.expires_at, keys = excluded.keys,
           topic_ids = excluded.topic_ids, expert_ids = excluded.expert_ids, expert_roles = excluded.expert_roles, card = excluded.card;

    -- The newest article was removed, or is older now.
    update content.keys k set latest_at = content.newest_article_at(k) where k.key = any (lost);
    delete from content.listing_next;
    return names;
end $$;
