-- The read model: what is visible now, in the order and with the keys that lists need. Triggers note what a transaction
-- touches; at its commit content.apply_touched() brings the read model up to date, one commit at a time.

-- Counts the visible changes; reference_sequence is the last one that changed a name which other items show.
create table content.head (
    one                boolean primary key default true check (one),
    sequence           bigint not null default 0,
    reference_sequence bigint not null default 0
);
insert into content.head default values;

-- Whatever a list can be filtered by. value_id is the item (or source) meant, label the rest: a role, a language.
create table content.keys (
    key       integer generated always as identity primary key,
    kind      text not null check (kind in ('all', 'type', 'topic', 'expert', 'expertRole', 'role', 'source', 'language',
                                            'featured', 'mode', 'status')),
    value_id  integer not null default 0,
    label     text not null default '',
    articles  integer not null default 0, -- live ones with this key
    events    integer not null default 0,
    latest_at timestamptz,                -- publication of the newest of these articles
    unique (kind, value_id, label)
);
-- Experts in the orders of their lists; those without an article come last in both directions.
create index keys_expert_articles on content.keys (articles) where kind = 'expert';
create index keys_expert_latest on content.keys (coalesce(latest_at, '-infinity')) where kind = 'expert';
create index keys_expert_earliest on content.keys (coalesce(latest_at, 'infinity')) where kind = 'expert';
insert into content.keys (kind) values ('all'), ('featured');

create table content.listing (
    item_id      integer primary key references content.items on delete cascade,
    id           uuid not null,
    published_at timestamptz not null,
    updated_at   timestamptz not null,
    title_sort   text collate "C" not null,
    expires_at   timestamptz,
    keys         integer[] not null,
    topic_ids    integer[] not null, -- live ones, in the editors' order
    expert_ids   integer[] not null,
    expert_roles text[] not null
);
create index listing_published on content.listing (published_at, id) include (item_id);
create index listing_updated on content.listing (updated_at, id) include (item_id);
create index listing_title on content.listing (title_sort, id) include (item_id);
-- Lists in the default operator class: the intarray extension would take @> away from it. A short pending list keeps
-- reads steady after writes.
create index listing_keys on content.listing using gin (keys) with (gin_pending_list_limit = 256);
-- One article in a hundred, for telling large results from small ones.
create index listing_sample on content.listing using gin (keys) with (gin_pending_list_limit = 256) where item_id % 100 = 0;

-- The listing once for each key, so that the articles of one key are a range of an index.
create table content.postings (
    key          integer not null,
    published_at timestamptz not null,
    id           uuid not null,
    item_id      integer not null,
    primary key (key, published_at, id) include (item_id)
);

create table content.event_listing (
    item_id      integer primary key references content.items on delete cascade,
    id           uuid not null,
    starts_at    timestamptz not null,
    ends_at      timestamptz,
    expires_at   timestamptz,
    keys         integer[] not null,
    topic_ids    integer[] not null,
    expert_ids   integer[] not null,
    expert_roles text[] not null
);
create index event_listing_starts on content.event_listing (starts_at, id);
create index event_listing_keys on content.event_listing using gin (keys) with (gin_pending_list_limit = 256);

-- How many live articles of an expert are on a topic.
create table content.expert_topics (
    expert_id integer not null,
    topic_id  integer not null,
    articles  integer not null,
    primary key (expert_id, topic_id)
);
create index expert_topics_topic on content.expert_topics (topic_id);

-- Every topic with itself (depth 0) and all topics above it, visible or not.
create table content.topic_ancestors (
    topic_id    integer not null references content.topics on delete cascade,
    ancestor_id integer not null references content.topics on delete cascade,
    depth       smallint not null,
    primary key (topic_id, ancestor_id)
);
create index topic_ancestors_ancestor on content.topic_ancestors (ancestor_id);

-- What the running transaction touched; item 0 stands for what is no item, such as an outlet or a redirect to elsewhere.
create unlogged table content.touched (
    transaction xid8 not null default pg_current_xact_id(),
    item_id     integer not null,
    flipped     boolean not null default false, -- it appeared or vanished
    primary key (transaction, item_id)
);

-- One row a transaction; its deferred trigger is what runs at commit.
create unlogged table content.dirty (transaction xid8 primary key default pg_current_xact_id());

-- The listing rows as they are to be; empty between commits.
create unlogged table content.listing_next (like content.listing, primary key (item_id));

-- What the touched items can be found under; empty between commits.
create unlogged table content.found_next (item_id integer not null, kind text not null, value_id integer not null, label text not null);
create index on content.found_next (item_id);

create function content.touch() returns trigger language plpgsql as $$
begin
    if current_setting('content.applying', true) = 'on' then
        return null;
    end if;
    execute format('insert into content.touched (item_id) select distinct coalesce(%I, 0) from changed on conflict do nothing', tg_argv[0]);
    insert into content.dirty
    select where exists (select from content.touched where transaction = pg_current_xact_id())
    on conflict do nothing;
    return null;
end $$;

do $$
declare
    tables constant text[][] := array[
        ['items', 'item_id'], ['article_types', 'item_id'], ['topics', 'item_id'], ['experts', 'item_id'],
        ['articles', 'item_id'], ['article_topics', 'article_id'], ['article_experts', 'article_id'],
        ['events', 'item_id'], ['event_topics', 'event_id'], ['event_experts', 'event_id'],
        ['pages', 'item_id'], ['menus', 'item_id'], ['menu_items', 'menu_id'],
        -- A redirect to a hidden item is as hidden as the item.
        ['redirects', 'target_id']];
    t text[];
begin
    foreach t slice 1 in array tables loop
        execute format('create trigger touch_insert after insert on content.%I referencing new table as changed
                        for each statement execute function content.touch(%L)', t[1], t[2]);
        execute format('create trigger touch_update after update on content.%I referencing new table as changed
                        for each statement execute function content.touch(%L)', t[1], t[2]);
        execute format('create trigger touch_delete after delete on content.%I referencing old table as changed
                        for each statement execute function content.touch(%L)', t[1], t[2]);
    end loop;
end $$;
-- An outlet is seen with the articles from it. A new one has none yet; what it is called matters from the first visible one on.
create function content.touch_sources() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    select 0 from changed c join content.keys k on k.kind = 'source' and k.value_id = c.source_id where k.articles > 0 limit 1
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;
create trigger touch_update after update on content.sources referencing new table as changed
    for each statement execute function content.touch_sources();

-- A translation shows where two or more of its group are visible, or are about to be.
create function content.touch_translations() returns trigger language plpgsql as $$
begin
    insert into content.touched (item_id)
    select distinct c.article_id
    from   changed c
    where  exists (select from content.translations t
                   join   content.items i on i.item_id = t.article_id
                   where  t.translation_group = c.translation_group and t.article_id <> c.article_id
                   and    (i.live or (i.visible_from <= now() and (i.expires_at is null or i.expires_at > now()))))
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return null;
end $$;
create trigger touch_insert after insert on content.translations referencing new table as changed
    for each statement execute function content.touch_translations();
create trigger touch_update after update on content.translations referencing new table as changed
    for each statement execute function content.touch_translations();
create trigger touch_left after update on content.translations referencing old table as changed
    for each statement execute function content.touch_translations();
create trigger touch_delete after delete on content.translations referencing old table as changed
    for each statement execute function content.touch_translations();

-- Under what an article can be found. A hidden topic or expert, and what stands above a hidden topic only, does not count.
create view content.article_keys as
select a.item_id, 'all' as kind, 0 as value_id, '' as label from content.articles a
union all
select a.item_id, 'type', a.type_id, '' from content.articles a
union all
select a.item_id, 'source', a.source_id, '' from content.articles a where a.source_id is not null
union all
select a.item_id, 'featured', 0, '' from content.articles a where a.featured
union all -- en-US is found under en-us and en (RFC 4647, basic filtering)
select a.item_id, 'language', 0, array_to_string((string_to_array(lower(a.language), '-'))[1:n], '-')
from   content.articles a, generate_series(1, cardinality(string_to_array(a.language, '-'))) n
union all
select l.article_id, 'topic', t.ancestor_id, ''
from   content.article_topics l
join   content.items own on own.item_id = l.topic_id and own.live
join   content.topic_ancestors t on t.topic_id = l.topic_id
join   content.items above on above.item_id = t.ancestor_id and above.live
union all
select l.article_id, k.kind, k.value_id, k.label
from   content.article_experts l
join   content.items i on i.item_id = l.expert_id and i.live
cross join lateral (values ('expert', l.expert_id, ''), ('expertRole', l.expert_id, l.role), ('role', 0, l.role)) k (kind, value_id, label);

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

-- Everything here looks things up item by item. Right after a bulk load no statistics would tell the planner so, and a plan
-- made while tables were small is kept: either makes the load quadratic. Hence the settings, which hold for what it calls.
create function content.apply_touched() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off as $$
declare
    this    constant xid8 := pg_current_xact_id();
    changes bigint;
    names   boolean;
begin
    -- From here on commits go one after the other, so each statement sees everything committed before.
    perform from content.head for update;
    perform set_config('content.applying', 'on', true);

    -- A merged item that others were merged into takes them along.
    loop
        update content.items i set merged_into = t.merged_into
        from   content.items t
        join   content.touched c on c.transaction = this and c.item_id = t.item_id
        where  i.merged_into = t.item_id and t.merged_into is not null and t.merged_into <> i.item_id;
        exit when not found;
    end loop;

    -- What was seen or is about to be counts as a visible change; what is hidden and stays so does not.
    select count(*), coalesce(bool_or(i.item_id is null or i.resource in ('topic', 'expert', 'articleType')), false)
    into   changes, names
    from   content.touched c
    left join content.items i on i.item_id = c.item_id
    where  c.transaction = this
    and    (c.item_id = 0 or i.live or (i.visible_from <= now() and (i.expires_at is null or i.expires_at > now())));

    perform content.apply_visibility(this);
    perform content.apply_topics(this);
    perform content.find_keys(this);
    -- The first visible article from an outlet makes its name known.
    names := names or exists (select from content.found_next f join content.keys k on k.kind = f.kind and k.value_id = f.value_id
                              where f.kind = 'source' and k.articles = 0);
    perform content.apply_articles(this);
    perform content.apply_events(this);
    delete from content.found_next;

    if changes > 0 then
        update content.head
        set    sequence = sequence + changes,
               reference_sequence = case when names then sequence + changes else reference_sequence end;
    end if;

    delete from content.touched where transaction = this;
    delete from content.dirty where transaction = this;
    perform set_config('content.applying', '', true);
    return null;
end $$;

create constraint trigger apply_touched after insert on content.dirty deferrable initially deferred
    for each row execute function content.apply_touched();

-- Sets live, and remembers what the public saw: old slugs become aliases, vanished items departures.
create function content.apply_visibility(this xid8) returns void language plpgsql as $$
begin
    insert into content.aliases (resource, slug, item_id)
    select i.resource, i.public_slug, i.item_id
    from   content.touched c
    join   content.items i on i.item_id = c.item_id
    where  c.transaction = this
    and    i.public_slug <> i.slug
    and    i.visible_from <= now() and (i.expires_at is null or i.expires_at > now())
    on conflict (resource, slug) do update set item_id = excluded.item_id;

    update content.touched c set flipped = true
    from   content.items i
    where  c.transaction = this and i.item_id = c.item_id
    and    i.live <> coalesce(i.visible_from <= now() and (i.expires_at is null or i.expires_at > now()), false);

    update content.items i
    set    live = r.visible,
           public_slug = case when r.visible then i.slug else i.public_slug end,
           withdrawn_at = case when not r.visible and i.public_slug is not null then coalesce(i.withdrawn_at, now()) end,
           withdrawn_reason = case when not r.visible and i.public_slug is not null then r.reason end
    from  (select i.item_id,
                  coalesce(i.visible_from <= now() and (i.expires_at is null or i.expires_at > now()), false) as visible,
                  case when i.merged_into is not null then 'merged'
                       when i.publication_status in ('retracted', 'deleted') then i.publication_status
                       when i.expires_at <= now() then 'expired'
                       else 'unpublished' end as reason
           from   content.touched c
           join   content.items i on i.item_id = c.item_id
           where  c.transaction = this) r
    where  i.item_id = r.item_id
    and    (i.live <> r.visible
            or (r.visible and (i.public_slug is distinct from i.slug or i.withdrawn_at is not null))
            or (not r.visible and i.public_slug is not null and i.withdrawn_reason is distinct from r.reason));

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

-- Keeps topic_ancestors; a topic that moved, appeared or vanished takes along the articles and events on it and below it.
create function content.apply_topics(this xid8) returns void language plpgsql
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
    union
    select l.event_id from moved m join content.event_topics l on l.topic_id = m.topic_id
    on conflict do nothing;
end $$;

-- Fills found_next, and makes the keys it needs; a type, topic or expert has a key before anything is found under it.
-- The offsets keep the planner from joining the views as a whole.
create function content.find_keys(this xid8) returns void language plpgsql as $$
begin
    insert into content.found_next
    select c.item_id, k.kind, k.value_id, k.label
    from   content.touched c
    join   content.items i on i.item_id = c.item_id and i.live and i.resource = 'article'
    cross join lateral (select kind, value_id, label from content.article_keys a where a.item_id = c.item_id offset 0) k
    where  c.transaction = this;

    insert into content.found_next
    select c.item_id, k.kind, k.value_id, k.label
    from   content.touched c
    join   content.items i on i.item_id = c.item_id and i.live and i.resource = 'event'
    cross join lateral (select kind, value_id, label from content.event_keys e where e.item_id = c.item_id offset 0) k
    where  c.transaction = this;

    insert into content.keys (kind, value_id, label)
    select f.kind, f.value_id, f.label
    from  (select distinct kind, value_id, label from content.found_next
           union
           select case i.resource when 'articleType' then 'type' else i.resource end, i.item_id, ''
           from   content.touched c join content.items i on i.item_id = c.item_id
           where  c.transaction = this and i.resource in ('articleType', 'topic', 'expert')) f
    where  not exists (select from content.keys k where k.kind = f.kind and k.value_id = f.value_id and k.label = f.label);
end $$;

create function content.apply_articles(this xid8) returns void language plpgsql as $$
begin
    insert into content.listing_next
    select i.item_id, i.id, i.published_at, i.updated_at, a.title_sort, i.expires_at,
           array(select distinct k.key
                 from   content.found_next n
                 join   content.keys k on k.kind = n.kind and k.value_id = n.value_id and k.label = n.label
                 where  n.item_id = i.item_id
                 order  by k.key),
           array(select l.topic_id
                 from   content.article_topics l join content.items t on t.item_id = l.topic_id and t.live
                 where  l.article_id = i.item_id
                 order  by l.position, l.topic_id),
           coalesce(e.ids, '{}'), coalesce(e.roles, '{}')
    from   content.touched c
    join   content.items i on i.item_id = c.item_id and i.live
    join   content.articles a on a.item_id = c.item_id
    cross join lateral (select array_agg(l.expert_id order by l.position, l.expert_id, l.role) as ids,
                               array_agg(l.role order by l.position, l.expert_id, l.role) as roles
                        from   content.article_experts l join content.items x on x.item_id = l.expert_id and x.live
                        where  l.article_id = i.item_id) e
    where  c.transaction = this;

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
    using (select o.id, o.published_at, o.keys, n.id as next_id, n.published_at as next_at, n.keys as next_keys
           from   content.touched c
           join   content.listing o on o.item_id = c.item_id
           left join content.listing_next n on n.item_id = c.item_id
           where  c.transaction = this) o
    cross join lateral unnest(o.keys) k (key)
    where  p.key = k.key and p.published_at = o.published_at and p.id = o.id
    and    (o.next_id is null or o.next_at <> o.published_at or o.next_id <> o.id or not k.key = any (o.next_keys));

    insert into content.postings (key, published_at, id, item_id)
    select k.key, n.published_at, n.id, n.item_id
    from   content.listing_next n
    cross join lateral unnest(n.keys) k (key)
    left join content.listing o on o.item_id = n.item_id
    where  k.key <> (select key from content.keys where kind = 'all') -- the listing itself is the range of all
    and    (o.item_id is null or o.published_at <> n.published_at or o.id <> n.id or not k.key = any (o.keys))
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

create function content.apply_events(this xid8) returns void language plpgsql as $$
begin
    if not exists (select from content.touched c join content.items e on e.item_id = c.item_id
                   where c.transaction = this and e.resource = 'event') then
        return;
    end if;

    with gone as (
        delete from content.event_listing o using content.touched c
        where  c.transaction = this and c.item_id = o.item_id
        returning o.keys),
    counted as (select k.key, count(*)::integer as n from gone, unnest(gone.keys) k (key) group by k.key)
    update content.keys k set events = k.events - c.n from counted c where k.key = c.key;

    with come as (
        insert into content.event_listing
        select i.item_id, i.id, e.starts_at, e.ends_at, i.expires_at,
               array(select distinct k.key
                     from   content.found_next n
                     join   content.keys k on k.kind = n.kind and k.value_id = n.value_id and k.label = n.label
                     where  n.item_id = i.item_id
                     order  by k.key),
               array(select l.topic_id
                     from   content.event_topics l join content.items t on t.item_id = l.topic_id and t.live
                     where  l.event_id = i.item_id
                     order  by l.position, l.topic_id),
               coalesce(x.ids, '{}'), coalesce(x.roles, '{}')
        from   content.touched c
        join   content.items i on i.item_id = c.item_id and i.live
        join   content.events e on e.item_id = c.item_id
        cross join lateral (select array_agg(l.expert_id order by l.position, l.expert_id, l.role) as ids,
                                   array_agg(l.role order by l.position, l.expert_id, l.role) as roles
                            from   content.event_experts l join content.items p on p.item_id = l.expert_id and p.live
                            where  l.event_id = i.item_id) x
        where  c.transaction = this
        returning keys),
    counted as (select k.key, count(*)::integer as n from come, unnest(come.keys) k (key) group by k.key)
    update content.keys k set events = k.events + c.n from counted c where k.key = c.key;
end $$;

-- What the public has seen leaves a tombstone, so its row stays.
create function content.keep_seen() returns trigger language plpgsql as $$
begin
    if old.public_slug is not null then
        raise exception 'the % "%" was public: set publication_status to deleted instead', old.resource, old.slug;
    end if;
    return old;
end $$;
create trigger keep_seen before delete on content.items for each row execute function content.keep_seen();

-- Makes due items appear and vanish. Returns the next moment something is due; null when nothing is, or another node is at it.
create function content.publish_due() returns timestamptz language plpgsql as $$
begin
    if not pg_try_advisory_xact_lock(7301188) then
        return null;
    end if;
    insert into content.touched (item_id)
    select item_id from content.items
    where  not live and visible_from <= now() and (expires_at is null or expires_at > now())
    union all
    select item_id from content.items where live and expires_at <= now()
    on conflict do nothing;
    if found then
        insert into content.dirty default values on conflict do nothing;
    end if;
    return least(
        (select min(visible_from) from content.items where not live and visible_from > now()),
        (select min(expires_at) from content.items where live and expires_at > now()));
end $$;
