-- GET /v1/suggest?q=mar

select current_setting('content.session', true); with typed as materialized (
    -- the beginning of a word is no stop word
    select to_tsquery('delivery.plain', delivery.merge_similar_letters(@before))
           && to_tsquery('pg_catalog.simple', quote_literal(nullif(delivery.fold(@last), '')) || ':*') as query, delivery.fold(@text) as text),
named as materialized (
    select t.item_id, t.resource,
           case when t.names @> array[d.text] then 3 when exists (select from unnest(t.names) n where starts_with(n, d.text)) then 2 else 1 end as place,
           t.at, t.id
    from   typed d
    join   delivery.named_texts t on t.title @@ d.query
    order  by place desc, t.resource = 'event', t.at desc nulls first, t.id
    limit  @most),
met as materialized (
    select r.item_id, r.published_at
    from  (select t.item_id, t.published_at from delivery.article_texts t order by t.published_at desc, t.item_id desc limit 2000) r
    cross join lateral (select from delivery.article_texts t where t.item_id = r.item_id and t.title @@ (select query from typed) offset 0) t
    order  by r.published_at desc, r.item_id desc
    limit  @most),
looked as materialized (
    select m.item_id, m.published_at
    from  (select t.item_id, t.published_at from delivery.article_texts t
           where (select count(*) from met) < @most and t.title @@ (select query from typed) offset 0) m
    order  by m.published_at desc, m.item_id desc
    limit  @most)
select d.* from (
    select n.resource, x.slug, x.label, 1 as part, n.place, n.at, n.id
    from   named n
    cross join lateral (
        select e.slug, e.name as label from delivery.experts e where n.resource = 'expert' and e.item_id = n.item_id
        union all
        select t.slug, t.name from delivery.topics t where n.resource = 'topic' and t.item_id = n.item_id
        union all
        select v.slug, v.title from delivery.events v where n.resource = 'event' and v.item_id = n.item_id offset 0) x
    union all
    select 'article', x.slug, x.title, 2, 0, a.published_at, x.id
    from  (select * from met union select * from looked) a
    cross join lateral (select v.slug, v.title, v.id from delivery.articles v where v.item_id = a.item_id offset 0) x) d
order  by d.part, d.place desc, d.resource = 'event', d.at desc nulls first, d.id
limit  @most
