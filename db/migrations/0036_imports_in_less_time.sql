-- Importing much in less time: words are read in half of it, and no row is held against all others to find those that are to be read. What is found is the same.

-- As before; what is ASCII has no accents.
create or replace function delivery.fold(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
    if t = '' then
        return '';
    end if;
    if octet_length(t) <> length(t) then
        t := delivery.unaccented(delivery.alike(t));
    end if;
    t := regexp_replace(lower(t), '\m(\w)\.(?=\w\M)', '\1', 'g');
    t := regexp_replace(t, '[\u0001-\u001f\u0021-\u002f\u003a-\u0060\u007b-\u007f][\u0001-\u002f\u003a-\u0060\u007b-\u007f]*| [\u0001-\u002f\u003a-\u0060\u007b-\u007f]+', ' ', 'g');
    -- Most is Latin by now. Whatever is no letter is listed, as what the locale of a database knows of letters differs.
    if octet_length(t) <> length(t) then
        t := regexp_replace(t,
            '[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u0589\u05be\u05f3\u05f4\u060c\u061b\u061f\u06d4\u0964\u0965'
            '\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ue000-\uf8ff\ufe10-\ufe6f'
            '\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+', ' ', 'g');
        t := regexp_replace(t, '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])', ' \1 ', 'g');
    end if;
    return btrim(t);
end $$;

create or replace function delivery.joined(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
    -- Only without its accents something else becomes a hyphen or an apostrophe.
    if octet_length(t) = length(t) and strpos(t, '-') = 0 and strpos(t, '''') = 0 then
        return '';
    end if;
    return (select coalesce(string_agg(regexp_replace(m[1], '[-'']', '', 'g'), ' '), '')
            from   regexp_matches(delivery.unaccented(delivery.alike(t)), '([[:alnum:]]+(?:[-''][[:alnum:]]{2,})+)', 'g') m);
end $$;

create or replace function content.vector(config regconfig, t text, weight "char") returns tsvector language plpgsql immutable strict parallel safe as $$
declare
    joined text;
begin
    if t = '' then
        return '';
    end if;
    joined := delivery.joined(t);
    if joined = '' then
        return setweight(to_tsvector(config, delivery.fold(t)), weight);
    end if;
    return setweight(to_tsvector(config, delivery.fold(t)) || to_tsvector(config, delivery.fold(joined)), weight);
end $$;

-- Words that a query may be corrected to, of a folded text.
create function content.words_of_folded(t text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct w), '{}') from regexp_split_to_table(t, '\s+') w where w ~ '[^0-9]' and length(w) between 2 and 40
$$;

-- Planned with the statement that asks for them.
alter function content.variants(text) immutable;

-- These hold what is read for a moment: it is not to be compressed, nor kept apart from its row where that fits into a page.
alter table content.read_articles alter title set storage main, alter whole set storage external, alter words set storage external, set (toast_tuple_target = 8160);
alter table content.read_named alter title set storage external, alter whole set storage external, alter words set storage external, set (toast_tuple_target = 8160);

-- As before. Each item is looked up for itself, as nothing is known of how many rows a table has that is filled and emptied each time: planned as a join, each row was held against all others.
create or replace function content.read_texts(ids integer[]) returns void language plpgsql as $$
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

create or replace function content.write_texts() returns void language plpgsql as $$
declare
    due integer[];
begin
    due := array(
        select r.item_id
        from   content.read_articles r
        cross join lateral (select from content.unread_texts u where u.item_id = r.item_id and u.transaction = r.transaction offset 0) u
        order  by r.item_id);
    if cardinality(due) > 0 then
        -- An item that only has another name still has its old words.
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

-- Takes away the words that items have no more, and reads the new ones of a few. ids: the items that the commit is about.
create or replace function content.apply_texts(this xid8, ids integer[]) returns void language plpgsql as $$
declare
    naming integer[];
begin
    if exists (select from unnest(ids) n (item_id) join content.items i on i.item_id = n.item_id where i.resource in ('expert', 'topic', 'event'))
       or exists (select from unnest(ids) n (item_id) join content.named_texts t on t.item_id = n.item_id) then
        -- The new name of an expert or a topic concerns articles and events. They are found by the old one until they have been read.
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
        where  m.name is not null -- of what was deleted only the item is left
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
