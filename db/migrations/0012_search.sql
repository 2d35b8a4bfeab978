-- Search: the words of what is visible. Whatever changes in an item, its old words are gone with the same commit; its new ones come with it when a
-- commit is about a few items, and shortly afterwards, batch by batch, when it is about many: an import need not wait for them.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- Wherever these are: the public's login may look for functions elsewhere.
do $$
declare
    of_unaccent constant text := (select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'unaccent');
begin
    execute format($f$
        create function delivery.unaccented(t text) returns text language sql immutable strict parallel safe as $b$ select %1$s.unaccent('%1$s.unaccent'::regdictionary, t) $b$ $f$, of_unaccent);
    execute format('grant usage on schema %s to content_reader', of_unaccent);
end $$;

-- For each language PostgreSQL knows a configuration that does not mind accents; plain for all others. In schema delivery, as the public's queries are
-- read with the same ones.
create text search dictionary delivery.plain (template = pg_catalog.simple, stopwords = english);
do $$
declare
    name text;
begin
    for name in select c.cfgname from pg_ts_config c where c.cfgnamespace = 'pg_catalog'::regnamespace loop
        if name = 'simple' then
            create text search configuration delivery.plain (copy = pg_catalog.simple);
            alter text search configuration delivery.plain
                alter mapping for asciiword, word, numword, int, uint with unaccent, delivery.plain;
        else
            execute format('create text search configuration delivery.%I (copy = pg_catalog.%I)', name, name);
            execute format('alter text search configuration delivery.%I alter mapping for asciiword, word, numword, int, uint with unaccent, %s',
                           name, coalesce((select d.dictname from pg_ts_dict d where d.dictname = name || '_stem'), 'simple'));
        end if;
    end loop;
end $$;

-- The configuration for a language tag (BCP 47), by its first subtag.
create function delivery.text_config(language text) returns regconfig language sql immutable parallel safe as $$
    select case split_part(lower(language), '-', 1)
           when 'ar' then 'delivery.arabic' when 'hy' then 'delivery.armenian' when 'eu' then 'delivery.basque' when 'ca' then 'delivery.catalan'
           when 'da' then 'delivery.danish' when 'nl' then 'delivery.dutch' when 'en' then 'delivery.english' when 'fi' then 'delivery.finnish'
           when 'fr' then 'delivery.french' when 'de' then 'delivery.german' when 'el' then 'delivery.greek' when 'hi' then 'delivery.hindi'
           when 'hu' then 'delivery.hungarian' when 'id' then 'delivery.indonesian' when 'ga' then 'delivery.irish' when 'it' then 'delivery.italian'
           when 'lt' then 'delivery.lithuanian' when 'ne' then 'delivery.nepali' when 'nb' then 'delivery.norwegian' when 'nn' then 'delivery.norwegian'
           when 'no' then 'delivery.norwegian' when 'pt' then 'delivery.portuguese' when 'ro' then 'delivery.romanian' when 'ru' then 'delivery.russian'
           when 'sr' then 'delivery.serbian' when 'es' then 'delivery.spanish' when 'sv' then 'delivery.swedish' when 'ta' then 'delivery.tamil'
           when 'tr' then 'delivery.turkish' when 'yi' then 'delivery.yiddish'
           else 'delivery.plain' end::regconfig
$$;

-- Spellings of a letter that are seldom told apart: Arabic with and without hamza, with its vowels or not. Changes letters only.
create function delivery.alike(t text) returns text language sql immutable strict parallel safe as $$
    select case when t ~ '[\u0600-\u06ff]' then translate(t, e'\u0622\u0623\u0625\u0671\u0649\u0629\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652', e'\u0627\u0627\u0627\u0627\u064a\u0647') else t end
$$;

-- Letters and digits in small letters without accents, all else as spaces. U.S. becomes us; Chinese and Japanese characters become words of their own.
create function delivery.fold(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
    t := regexp_replace(regexp_replace(lower(delivery.unaccented(delivery.alike(t))), '(?<=\m\w)\.(?=\w\M)', '', 'g'), '[\u0001-\u002f\u003a-\u0060\u007b-\u007f]+', ' ', 'g');
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

-- Words with a hyphen or an apostrophe, written as one: cooperation for co-operation, oneill for O'Neill.
create function delivery.joined(t text) returns text language sql immutable strict parallel safe as $$
    select coalesce(string_agg(regexp_replace(m[1], '[-'']', '', 'g'), ' '), '')
    from   regexp_matches(delivery.unaccented(delivery.alike(t)), '([[:alnum:]]+(?:[-''][[:alnum:]]{2,})+)', 'g') m
$$;

create function content.vector(config regconfig, t text, weight "char") returns tsvector language sql immutable strict parallel safe as $$
    select setweight(to_tsvector(config, delivery.fold(t)) || to_tsvector(config, delivery.fold(delivery.joined(t))), weight)
$$;

-- Words that a query may be corrected to: unstemmed, from titles, names and summaries.
create function content.words_of(t text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct w), '{}') from regexp_split_to_table(delivery.fold(t), '\s+') w where w ~ '[^0-9]' and length(w) between 2 and 40
$$;

-- One row for each article in the listing whose words have been read.
create table content.article_texts (
    item_id      integer primary key,
    published_at timestamptz not null,
    updated_at   timestamptz not null,
    expires_at   timestamptz,
    config       regconfig not null,
    title        tsvector not null, -- of the title alone, stemmed and not
    digest       uuid not null,     -- of all that was read
    whole        tsvector not null, -- A: title; B: subtitle and summary; C: experts and topics; D: body
    words        text[] not null
) with (toast_tuple_target = 128);
-- A row is short, so that thousands of dates are read at once; the rest is fetched for those that are ranked, and not compressed, as it would be decompressed each time.
alter table content.article_texts alter title set storage main, alter whole set storage external, alter words set storage external;
create index article_texts_whole on content.article_texts using gin (whole) with (gin_pending_list_limit = 1024);
create index article_texts_title on content.article_texts using gin (title) with (gin_pending_list_limit = 256);
create index article_texts_published on content.article_texts (published_at, item_id);
-- One article in 32: whether a word is common.
create index article_texts_sample on content.article_texts using gin (whole) with (gin_pending_list_limit = 256) where item_id % 32 = 0;

-- The same for experts, topics and events.
create table content.named_texts (
    item_id  integer primary key,
    resource text not null,
    at       timestamptz,        -- when an event starts
    names    text[] not null,    -- folded: what the item is called, and a family name
    title    tsvector not null,
    digest   uuid not null,
    whole    tsvector not null,
    words    text[] not null
);
create index named_texts_whole on content.named_texts using gin (whole) with (gin_pending_list_limit = 64);
create index named_texts_title on content.named_texts using gin (title) with (gin_pending_list_limit = 64);
create index named_texts_names on content.named_texts using gin (names) with (gin_pending_list_limit = 64);

-- How many visible items have a word in their title, name or summary.
create table content.words (
    word  text collate "C" primary key,
    items integer not null
) with (fillfactor = 70);
create index words_trigrams on content.words using gin (word gin_trgm_ops) with (gin_pending_list_limit = 64);
-- Words with one letter left out, and whole: two words with the same are one letter, or two that changed places, apart.
create table content.word_variants (
    variant text collate "C" not null,
    word    text collate "C" not null references content.words on delete cascade,
    primary key (variant, word)
);
create index word_variants_word on content.word_variants (word);

-- The names of experts and topics that the articles and events with them were read with, or are about to be.
create table content.read_names (
    item_id integer primary key references content.items on delete cascade,
    name    text not null
);
insert into content.read_names
select item_id, name from content.experts union all select item_id, name from content.topics;

-- Items whose words are to be read.
create table content.unread_texts (
    item_id     integer primary key,
    transaction xid8 not null
);
-- What has been read and is to be written.
create unlogged table content.read_articles (like content.article_texts, transaction xid8);
create unlogged table content.read_named (like content.named_texts, transaction xid8);

comment on column content.changes.resource is 'null: what is no resource, such as the name of an outlet; words: what searches find';

create function content.variants(word text) returns setof text language sql immutable strict parallel safe as $$
    select word union select substr(word, 1, n - 1) || substr(word, n + 1) from generate_series(1, length(word)) n where length(word) > 3
$$;

create function content.come_to_words() returns trigger language plpgsql as $$
begin
    with counted as (select w.word, count(*)::integer as n from come, unnest(come.words) w (word) group by w.word order by w.word),
    known as (update content.words w set items = w.items + c.n from counted c where w.word = c.word returning w.word),
    fresh as (insert into content.words select word, n from counted where word not in (select word from known) returning word)
    insert into content.word_variants select v, f.word from fresh f, content.variants(f.word) v;
    return null;
end $$;
create function content.go_from_words() returns trigger language plpgsql as $$
begin
    update content.words w
    set    items = w.items - g.n
    from  (select g.word, count(*)::integer as n from gone, unnest(gone.words) g (word) group by g.word) g
    where  w.word = g.word;
    delete from content.words w using gone, unnest(gone.words) g (word) where w.word = g.word and w.items <= 0;
    return null;
end $$;
create trigger come_to_words after insert on content.article_texts referencing new table as come for each statement execute function content.come_to_words();
create trigger go_from_words after delete on content.article_texts referencing old table as gone for each statement execute function content.go_from_words();
create trigger come_to_words after insert on content.named_texts referencing new table as come for each statement execute function content.come_to_words();
create trigger go_from_words after delete on content.named_texts referencing old table as gone for each statement execute function content.go_from_words();

-- The names of some experts and topics.
create function content.names_of(ids integer[]) returns text language sql stable as $$
    select string_agg(n.name, E'\n' order by n.name)
    from  (select e.name from content.experts e where e.item_id = any (ids) union all select t.name from content.topics t where t.item_id = any (ids)) n
$$;

-- Sanitised HTML as text.
create function delivery.text_of(html text) returns text language sql immutable strict parallel safe as $$
    select replace(replace(replace(replace(replace(regexp_replace(html, '<[^>]*>', ' ', 'g'), '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&')
$$;

-- A name, with the words of its address where those are others: a name in another script is often looked for in Latin letters.
create function content.called(name text, slug text) returns text language sql stable as $$
    select case when delivery.fold(name) = delivery.fold(slug) then name else name || ' ' || slug end
$$;

-- What there is to read of an item. related: the experts and topics whose names are read as well.
create view content.article_sources as
select l.item_id, l.published_at, l.updated_at, l.expires_at, a.language, a.title, concat_ws(e'\n', a.subtitle, a.summary) as lead, l.expert_ids || l.topic_ids as related, a.body_text as body
from   content.listing l
join   content.articles a on a.item_id = l.item_id;

create view content.named_sources as
select i.item_id, i.resource, null::timestamptz as at, content.called(e.name, i.slug) as title, concat_ws(e'\n', e.title, e.organization) as lead,
       '{}'::integer[] as related, delivery.text_of(e.bio_html) as body,
       array[e.name, e.family_name, concat_ws(' ', e.given_name, e.family_name), concat_ws(' ', e.family_name, e.given_name), replace(i.slug, '-', ' ')] as names
from   content.items i join content.experts e on e.item_id = i.item_id where i.resource = 'expert' and i.live
union all
select i.item_id, i.resource, null, content.called(t.name, i.slug), t.description, '{}', '', array[t.name, replace(i.slug, '-', ' ')]
from   content.items i join content.topics t on t.item_id = i.item_id where i.resource = 'topic' and i.live
union all
select i.item_id, i.resource, e.starts_at, e.title, concat_ws(e'\n', e.summary, e.location), l.expert_ids || l.topic_ids, e.body_text, array[e.title]
from   content.items i
join   content.events e on e.item_id = i.item_id
join   content.event_listing l on l.item_id = i.item_id
where  i.resource = 'event' and i.live;

-- Tells whether an item reads as before; of those it names only which they are, as their new names are seen to apart.
create function content.digest_of(s content.article_sources) returns uuid language sql immutable as
$$ select md5(concat_ws(e'\x1f', s.language, s.title, s.lead, s.related::text, s.body))::uuid $$;
create function content.digest_of(s content.named_sources) returns uuid language sql immutable as
$$ select md5(concat_ws(e'\x1f', s.at, s.title, s.lead, s.related::text, s.body, array_to_string(s.names, e'\x1f')))::uuid $$;

-- Reads the words of some items, without writing them.
create function content.read_texts(ids integer[]) returns void language plpgsql as $$
begin
    insert into content.read_articles
    select s.item_id, s.published_at, s.updated_at, s.expires_at, c.config, to_tsvector(c.config, f.title) || to_tsvector('delivery.plain', f.title), content.digest_of(s),
           content.vector(c.config, s.title, 'A') || content.vector(c.config, s.lead, 'B') || content.vector('delivery.plain', n.names, 'C') || content.vector(c.config, n.names, 'C')
               || content.vector(c.config, left(s.body, 200000), 'D'),
           content.words_of(concat_ws(' ', s.title, s.lead)), u.transaction
    from   unnest(ids) i (item_id)
    join   content.unread_texts u on u.item_id = i.item_id
    join   content.article_sources s on s.item_id = i.item_id
    cross join lateral (select coalesce(content.names_of(s.related), '') as names offset 0) n
    cross join lateral (select delivery.text_config(s.language) as config) c
    cross join lateral (select delivery.fold(s.title) || ' ' || delivery.fold(delivery.joined(s.title)) as title) f;

    insert into content.read_named
    select s.item_id, s.resource, s.at, array(select distinct delivery.fold(x) from unnest(s.names) x where x <> ''),
           to_tsvector('delivery.plain', f.title) || to_tsvector('delivery.english', f.title), content.digest_of(s),
           content.vector('delivery.plain', s.title, 'A') || content.vector('delivery.english', s.title, 'A')
               || content.vector('delivery.plain', s.lead, 'B') || content.vector('delivery.english', s.lead, 'B')
               || content.vector('delivery.plain', r.names, 'C') || content.vector('delivery.english', r.names, 'C')
               || content.vector('delivery.plain', left(s.body, 100000), 'D') || content.vector('delivery.english', left(s.body, 100000), 'D'),
           content.words_of(concat_ws(' ', s.title, s.lead)), u.transaction
    from   unnest(ids) i (item_id)
    join   content.unread_texts u on u.item_id = i.item_id
    join   content.named_sources s on s.item_id = i.item_id
    cross join lateral (select coalesce(content.names_of(s.related), '') as names offset 0) r
    cross join lateral (select delivery.fold(s.title) || ' ' || delivery.fold(delivery.joined(s.title)) as title) f;
end $$;

-- Writes what has been read, of items that have not changed since. To be called by who holds content.head.
create function content.write_texts() returns void language plpgsql as $$
begin
    -- Of what was only named anew the old words are still there.
    delete from content.article_texts t using content.read_articles r join content.unread_texts u on u.item_id = r.item_id and u.transaction = r.transaction
    where  t.item_id = r.item_id;
    delete from content.named_texts t using content.read_named r join content.unread_texts u on u.item_id = r.item_id and u.transaction = r.transaction
    where  t.item_id = r.item_id;
    with due as (delete from content.unread_texts u using content.read_articles r where u.item_id = r.item_id and u.transaction = r.transaction returning u.item_id)
    insert into content.article_texts
    select r.item_id, r.published_at, r.updated_at, r.expires_at, r.config, r.title, r.digest, r.whole, r.words from content.read_articles r join due d on d.item_id = r.item_id order by r.item_id;
    with due as (delete from content.unread_texts u using content.read_named r where u.item_id = r.item_id and u.transaction = r.transaction returning u.item_id)
    insert into content.named_texts
    select r.item_id, r.resource, r.at, r.names, r.title, r.digest, r.whole, r.words from content.read_named r join due d on d.item_id = r.item_id order by r.item_id;
    delete from content.read_articles;
    delete from content.read_named;
end $$;

-- Takes away the words that items have no more, and reads the new ones of a few. ids: the items that the commit is about.
create function content.apply_texts(this xid8, ids integer[]) returns void language plpgsql as $$
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
        select distinct s.item_id, this
        from   unnest(ids) n (item_id)
        join   content.named_sources s on s.item_id = n.item_id
        left join content.named_texts t on t.item_id = n.item_id
        where  case when t.item_id is null then true else t.digest <> content.digest_of(s) end
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

-- Reads the words of up to so many items that commits left unread; one at a time in the cluster. Returns whether there may be more.
create function content.read_unread(most integer) returns boolean language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
    ids integer[];
begin
    if not exists (select from content.unread_texts) or not pg_try_advisory_xact_lock(x'7465787473'::bigint) then
        return false;
    end if;
    ids := array(select u.item_id from content.unread_texts u order by u.item_id limit most);
    -- What takes long is done while others commit; who changes an item meanwhile gives it another number.
    perform content.read_texts(ids);
    perform from content.head for update;
    perform content.write_texts();
    -- What is not to be read, because it has no text, is done.
    delete from content.unread_texts u where u.item_id = any (ids) and not exists (select from content.article_sources s where s.item_id = u.item_id)
    and not exists (select from content.named_sources s where s.item_id = u.item_id);
    -- Answers of searches are old now, and no others.
    insert into content.changes select h.sequence + 1, 'words', null, true, '{}', clock_timestamp() from content.head h;
    update content.head set sequence = sequence + 1, changed_at = clock_timestamp();
    perform pg_notify('content_changed', '');
    return exists (select from content.unread_texts);
end $$;

create or replace function content.apply_touched() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off as $$
declare
    this    constant xid8 := pg_current_xact_id();
    changes bigint;
    names   boolean;
    about   integer[];
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

    -- What was never seen, and is not about to be, is nobody's business.
    insert into content.changing
    select c.item_id, coalesce(i.live, false), i.public_slug
    from   content.touched c
    left join content.items i on i.item_id = c.item_id
    where  c.transaction = this and (c.item_id = 0 or i.live or content.is_due(i) or i.public_slug is not null);
    names := exists (select from content.changing c left join content.items i on i.item_id = c.item_id
                     where c.item_id = 0 or (i.resource in ('topic', 'expert', 'articleType') and (i.live or content.is_due(i))));

    perform content.apply_visibility(this);
    perform content.apply_topics(this);
    -- Of what is listed as before the rest forgets that it was touched.
    about := array(select c.item_id from content.touched c where c.transaction = this and c.item_id <> 0);
    perform content.find_keys(this);
    names := content.apply_articles(this) or names;
    perform content.apply_events(this);
    delete from content.found_next;
    perform content.apply_texts(this, about);

    changes := content.number_changes();
    if changes > 0 then
        update content.head
        set    sequence = sequence + changes,
               reference_sequence = case when names then sequence + changes else reference_sequence end,
               changed_at = clock_timestamp();
        perform pg_notify('content_changed', '');
    end if;

    delete from content.touched where transaction = this;
    delete from content.dirty where transaction = this;
    perform set_config('content.applying', '', true);
    return null;
end $$;

-- What is there already.
insert into content.unread_texts
select l.item_id, pg_current_xact_id() from content.listing l
union all
select i.item_id, pg_current_xact_id() from content.items i where i.live and i.resource in ('expert', 'topic', 'event');

create view delivery.article_texts as
select t.item_id, t.published_at, t.updated_at, t.config, t.title, t.whole
from   content.article_texts t
where  t.expires_at is null or t.expires_at > now();

create view delivery.named_texts as
select t.item_id, t.resource, i.id, t.at, t.names, t.title, t.whole
from   content.named_texts t
join   content.visible_items i on i.item_id = t.item_id;

-- The configurations that anything visible was read with, and with how many articles.
create view delivery.text_configs as
select c.config, sum(c.articles)::integer as articles
from  (select delivery.text_config(k.label) as config, k.articles from content.keys k where k.kind = 'language' and k.articles > 0
       union all
       select 'delivery.plain', 0
       union all
       select 'delivery.english', 0) c
group  by c.config;

-- What articles can be broken down by.
create view delivery.facet_keys as
select k.key, k.kind, i.slug as value, coalesce(y.label, t.name, e.name) as label, k.articles
from   content.keys k
join   content.visible_items i on i.item_id = k.value_id
left join content.article_types y on k.kind = 'type' and y.item_id = i.item_id
left join content.topics t on k.kind = 'topic' and t.item_id = i.item_id
left join content.experts e on k.kind = 'expert' and e.item_id = i.item_id
where  k.kind in ('type', 'topic', 'expert') and k.articles > 0
union all
select k.key, k.kind, s.slug, s.name, k.articles
from   content.keys k
join   content.sources s on s.source_id = k.value_id
where  k.kind = 'source' and k.articles > 0;

create view delivery.words as select word, items from content.words;
create view delivery.word_variants as select variant, word from content.word_variants;
do $$
declare
    of_trigrams constant text := (select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
    execute format($f$
        create function delivery.similar_words(word text) returns table (word text, items integer) language sql stable rows 50 as $b$
            select w.word, w.items from delivery.words w where w.word operator(%1$s.%%) $1 order by %1$s.similarity(w.word, $1) desc limit 50
        $b$ $f$, of_trigrams);
    execute format('grant usage on schema %s to content_reader', of_trigrams);
end $$;
grant select on delivery.article_texts, delivery.named_texts, delivery.text_configs, delivery.facet_keys, delivery.words, delivery.word_variants to content_reader;
