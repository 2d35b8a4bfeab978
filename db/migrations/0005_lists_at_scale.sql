-- Lists in the order of one time that are bounded by the other, or by both.

-- For each year of the one time, a range in the order of the other.
create index listing_published_in_updated_year on content.listing
    ((extract(year from updated_at at time zone 'UTC')::integer), published_at, id) include (item_id, updated_at, expires_at);
create index listing_updated_in_published_year on content.listing
    ((extract(year from published_at at time zone 'UTC')::integer), updated_at, id) include (item_id, published_at, expires_at);

create or replace view delivery.listing as
select l.item_id, l.id, l.published_at, l.updated_at, l.title_sort, l.keys, l.topic_ids, l.expert_ids, l.expert_roles,
       extract(year from l.published_at at time zone 'UTC')::integer as published_year,
       extract(year from l.updated_at at time zone 'UTC')::integer as updated_year
from   content.listing l
where  l.expires_at is null or l.expires_at > now();

-- The articles of one key are a range in the order of either time.
create table content.postings_next (
    key          integer not null,
    published_at timestamptz not null,
    updated_at   timestamptz not null,
    id           uuid not null,
    item_id      integer not null
);
insert into content.postings_next
select p.key, p.published_at, l.updated_at, p.id, p.item_id
from   content.postings p
join   content.listing l on l.item_id = p.item_id
order  by p.key, p.published_at, p.id;
drop view delivery.postings;
drop table content.postings;
alter table content.postings_next rename to postings;
alter table content.postings add constraint postings_pkey primary key (key, published_at, id) include (item_id);
create unique index postings_updated on content.postings (key, updated_at, id) include (item_id);

-- To be joined with delivery.listing or delivery.articles, which hold the rule.
create view delivery.postings as select key, published_at, updated_at, id, item_id from content.postings;
grant select on delivery.postings to content_reader;

create or replace function content.apply_articles(this xid8) returns void language plpgsql set work_mem = '64MB' as $$
begin
    insert into content.listing_next
    select i.item_id, i.id, i.published_at, i.updated_at, a.title_sort, i.expires_at, f.keys,
           array(select l.topic_id
                 from   content.article_topics l join content.items t on t.item_id = l.topic_id and t.live
                 where  l.article_id = i.item_id
                 order  by l.position, l.topic_id),
           coalesce(e.ids, '{}'), coalesce(e.roles, '{}')
    from  (select n.item_id, array_agg(distinct k.key order by k.key) as keys
           from   content.found_next n
           join   content.keys k on k.kind = n.kind and k.value_id = n.value_id and k.label = n.label
           group  by n.item_id) f
    join   content.items i on i.item_id = f.item_id and i.live
    join   content.articles a on a.item_id = f.item_id
    cross join lateral (select array_agg(l.expert_id order by l.position, l.expert_id, l.role) as ids,
                               array_agg(l.role order by l.position, l.expert_id, l.role) as roles
                        from   content.article_experts l join content.items x on x.item_id = l.expert_id and x.live
                        where  l.article_id = i.item_id) e;

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
               select k.key, 1 from content.listing_next n, unnest(n.keys) k (key)) d
        group  by d.key)
    update content.keys k
    set    articles = k.articles + d.n,
           latest_at = (select max(p.published_at) from content.postings p where p.key = k.key)
    from   delta d
    where  k.key = d.key;

    delete from content.listing o
    using  content.touched c
    where  c.transaction = this and c.item_id = o.item_id
    and    not exists (select from content.listing_next n where n.item_id = o.item_id);

    insert into content.listing select * from content.listing_next
    on conflict (item_id) do update
    set    id = excluded.id, published_at = excluded.published_at, updated_at = excluded.updated_at,
           title_sort = excluded.title_sort, expires_at = excluded.expires_at, keys = excluded.keys,
           topic_ids = excluded.topic_ids, expert_ids = excluded.expert_ids, expert_roles = excluded.expert_roles;

    delete from content.listing_next;
end $$;

-- The nearest visible page above each page that has one.
create view delivery.page_parents as
with recursive above (item_id, above_id, depth) as (
    select p.item_id, p.parent_id, 1
    from   content.pages p join content.visible_items i on i.item_id = p.item_id
    where  p.parent_id is not null
    union all
    select a.item_id, h.parent_id, a.depth + 1
    from   above a join content.pages h on h.item_id = a.above_id
    where  h.parent_id is not null and a.depth < 32
    and    not exists (select from content.visible_items v where v.item_id = h.item_id))
select a.item_id, v.slug as parent_slug
from   above a join content.visible_items v on v.item_id = a.above_id;
grant select on delivery.page_parents to content_reader;
