-- Reads the words of some items. Each item is looked up by itself: the planner knows no row counts of tables that are filled and emptied
-- each time, and a join would compare each row with all others.
create function content.read_texts(ids integer[]) returns void language plpgsql as $$
begin
    insert into content.read_articles
    select s.item_id, s.published_at, s.updated_at, s.expires_at, c.config,
           to_tsvector(c.config, t.folded || ' ' || t.joined) || to_tsvector('delivery.plain', t.folded || ' ' || t.joined), content.digest_of(s),
           setweight(to_tsvector(c.config, t.folded) || to_tsvector(c.config, t.joined), 'A')
               || setweight(to_tsvector(c.config, l.folded) || to_tsvector(c.config, l.joined), 'B')
               || setweight(to_tsvector('delivery.plain', n.folded) || to_tsvector('delivery.plain', n.joined), 'C')
               || setweight(to_tsvector(c.config, n.folded) || to_tsvector(c.config, n.joined), 'C')
               || content.body_vector(c.config, s.body),
           content.words_of_folded(t.folded || ' ' || l.folded), u.transaction
    from   unnest(ids) i (item_id)
    join   content.unread_texts u on u.item_id = i.item_id
    join   content.article_sources s on s.item_id = i.item_id
    cross join lateral (select coalesce(string_agg(m.name, e'\n' order by m.name), '') as names
                        from  (select e.name from content.experts e where e.item_id = any (s.related)
                               union all
                               select t.name from content.topics t where t.item_id = any (s.related)) m
                        offset 0) r
    cross join lateral (select delivery.text_config(s.language) as config offset 0) c
    cross join lateral (select delivery.fold(s.title) as folded, delivery.fold(delivery.joined(s.title)) as joined offset 0) t
    cross join lateral (select delivery.fold(s.lead) as folded, delivery.fold(delivery.joined(s.lead)) as joined offset 0) l
    cross join lateral (select delivery.fold(r.names) as folded, delivery.fold(delivery.joined(r.names)) as joined offset 0) n;

    insert into content.read_named
    select s.item_id, s.resource, s.at, array(select distinct delivery.fold(x) from unnest(s.names) x where x <> ''),
           to_tsvector('delivery.plain', f.title) || to_tsvector('delivery.english', f.title), s.digest,
           content.vector('delivery.plain', s.title, 'A') || content.vector('delivery.english', s.title, 'A')
               || content.vector('delivery.plain', s.lead, 'B') || content.vector('delivery.english', s.lead, 'B')
               || content.vector('delivery.plain', r.names, 'C') || content.vector('delivery.english', r.names, 'C')
               || content.vector('delivery.plain', left(s.body, 100000), 'D') || content.vector('delivery.english', left(s.body, 100000), 'D'),
           content.words_of(concat_ws(' ', s.title, s.lead)), u.transaction
    from   unnest(ids) i (item_id)
    join   content.unread_texts u on u.item_id = i.item_id
    cross join lateral (select s.*, content.digest_of(s) as digest from content.named_sources s where s.item_id = i.item_id offset 0) s
    cross join lateral (select coalesce(content.names_of(s.related), '') as names offset 0) r
    cross join lateral (select delivery.fold(s.title) || ' ' || delivery.fold(delivery.joined(s.title)) as title offset 0) f;
end $$;

-- Writes the words that have been read, of items that have not changed since. The caller must hold the lock on content.head.
create function content.write_texts() returns void language plpgsql as $$
declare
    due integer[];
begin
    due := array(
        select r.item_id
        from   content.read_articles r
        cross join lateral (select from content.unread_texts u where u.item_id = r.item_id and u.transaction = r.transaction offset 0) u
        order  by r.item_id);
    if cardinality(due) > 0 then
        -- An item whose expert or topic was renamed still has the row with its old words.
        delete from content.article_texts t using unnest(due) d (item_id) where t.item_id = d.item_id;
        delete from content.unread_texts u using unnest(due) d (item_id) where u.item_id = d.item_id;
        insert into content.article_texts
        select r.item_id, r.published_at, r.updated_at, r.expires_at, r.config, r.title, r.digest, r.whole, r.words from content.read_articles r where r.item_id = any (due) order by r.item_id;
    end if;
    due := array(
        select r.item_id
        from   content.read_named r
        cross join lateral (select from content.unread_texts u where u.item_id = r.item_id and u.transaction = r.transaction offset 0) u
        order  by r.item_id);
    if cardinality(due) > 0 then
        delete from content.named_texts t using unnest(due) d (item_id) where t.item_id = d.item_id;
        delete from content.unread_texts u using unnest(due) d (item_id) where u.item_id = d.item_id;
        insert into content.named_texts
        select r.item_id, r.resource, r.at, r.names, r.title, r.digest, r.whole, r.words from content.read_named r where r.item_id = any (due) order by r.item_id;
    end if;
    delete from content.read_articles;
    delete from content.read_named;
end $$;

-- Removes the words that items no longer have, and reads the new words of up to 300 items. ids: the items that the commit is about.
create function content.refresh_texts(this xid8, ids integer[]) returns void language plpgsql as $$
declare
    naming integer[];
begin
    if exists (select from unnest(ids) n (item_id) join content.items i on i.item_id = n.item_id where i.resource in ('expert', 'topic', 'event'))
       or exists (select from unnest(ids) n (item_id) join content.named_texts t on t.item_id = n.item_id) then
        -- A new name of an expert or topic changes the words of articles and events. They are found by the old name until they have been
        -- read again.
        naming := array(
            with renamed as materialized (
                select r.item_id
                from   unnest(ids) n (item_id)
                join   content.read_names r on r.item_id = n.item_id
                where  r.name <> content.names_of(array[r.item_id]))
            select l.article_id from renamed r join content.article_experts l on l.expert_id = r.item_id
            union
            select l.article_id from renamed r join content.article_topics l on l.topic_id = r.item_id
            union
            select l.event_id from renamed r join content.event_experts l on l.expert_id = r.item_id
            union
            select l.event_id from renamed r join content.event_topics l on l.topic_id = r.item_id);
        insert into content.unread_texts
        select i.item_id, this from unnest(naming) n (item_id) join content.items i on i.item_id = n.item_id and i.live
        on conflict (item_id) do update set transaction = excluded.transaction;
        insert into content.read_names
        select i.item_id, m.name
        from   unnest(ids) n (item_id)
        join   content.items i on i.item_id = n.item_id and i.resource in ('expert', 'topic')
        cross join lateral (select content.names_of(array[i.item_id]) as name) m
        where  m.name is not null -- of a deleted expert or topic only the row in items is left
        on conflict (item_id) do update set name = excluded.name where read_names.name <> excluded.name;

        insert into content.unread_texts
        select distinct i.item_id, this
        from   unnest(ids) n (item_id)
        join   content.items i on i.item_id = n.item_id and i.resource in ('expert', 'topic', 'event')
        left join content.named_texts t on t.item_id = n.item_id
        cross join lateral (select case when t.item_id is not null then content.digest_of(s) end as digest from content.named_sources s where s.item_id = n.item_id offset 0) s
        where  t.item_id is null or t.digest <> s.digest
        on conflict (item_id) do update set transaction = excluded.transaction;
        delete from content.named_texts t
        using  unnest(ids) n (item_id) left join content.items i on i.item_id = n.item_id
        where  t.item_id = n.item_id
        and   (exists (select from content.unread_texts u where u.item_id = n.item_id and u.item_id <> all (naming)) or i.live is not true);
    end if;

    insert into content.unread_texts
    select distinct s.item_id, this
    from   unnest(ids) n (item_id)
    join   content.article_sources s on s.item_id = n.item_id
    left join content.article_texts t on t.item_id = n.item_id
    where  case when t.item_id is null then true else t.digest <> content.digest_of(s) end
    on conflict (item_id) do update set transaction = excluded.transaction;
    delete from content.article_texts t
    using  unnest(ids) n (item_id)
    where  t.item_id = n.item_id
    and   (exists (select from content.unread_texts u where u.item_id = n.item_id) or not exists (select from content.listing l where l.item_id = n.item_id));
    delete from content.unread_texts u
    using  unnest(ids) n (item_id) left join content.items i on i.item_id = n.item_id
    where  u.item_id = n.item_id and i.live is not true;
    update content.article_texts t
    set    published_at = l.published_at, updated_at = l.updated_at, expires_at = l.expires_at
    from   unnest(ids) n (item_id) join content.listing l on l.item_id = n.item_id
    where  t.item_id = n.item_id and (t.published_at <> l.published_at or t.updated_at <> l.updated_at or t.expires_at is distinct from l.expires_at);

    ids := array(select u.item_id from content.unread_texts u where u.transaction = this order by u.item_id limit 301);
    if cardinality(ids) between 1 and 300 then
        perform content.read_texts(ids);
        perform content.write_texts();
    end if;
end $$;

-- Reads the words of some unread items. The items are divided among parts by their number, so that several parts can be read at once.
-- Returns whether more items may be unread. If another session reads the same part, returns false or, if waits is true, waits for it.
create function content.read_unread(most integer, part integer default 0, parts integer default 1, waits boolean default false) returns boolean language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
    lock constant bigint := x'7465787473'::bigint + part;
    ids integer[];
begin
    if not exists (select from content.unread_texts u where u.item_id % parts = part) then
        return false;
    end if;
    if waits then
        perform pg_advisory_xact_lock(lock);
    elsif not pg_try_advisory_xact_lock(lock) then
        return false;
    end if;
    ids := array(select u.item_id from content.unread_texts u where u.item_id % parts = part order by u.item_id limit most);
    if cardinality(ids) = 0 then
        return false;
    end if;
    -- The slow step runs while other transactions commit. A transaction that changes an item meanwhile sets another number in unread_texts.
    perform content.read_texts(ids);
    perform from content.head for update;
    perform content.write_texts();
    -- An item without a text is done: there is nothing to read.
    delete from content.unread_texts u where u.item_id = any (ids) and not exists (select from content.article_sources s where s.item_id = u.item_id)
    and not exists (select from content.named_sources s where s.item_id = u.item_id);
    -- Cached answers of searches are stale now, and no others.
    insert into content.changes select h.sequence + 1, 'words', null, true, '{}', clock_timestamp() from content.head h;
    update content.head set sequence = sequence + 1, changed_at = clock_timestamp();
    perform pg_notify('content_changed', '');
    return exists (select from content.unread_texts u where u.item_id % parts = part);
end $$;
