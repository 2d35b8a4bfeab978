-- The words of visible items. The commit of a change removes the old words. It adds the new words at once when it is about a few items;
-- when it is about many, they follow shortly afterwards in batches, so that an import need not wait for them.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- The functions of the extensions are called with their schema, as the search path of the public login does not include it.
do $$
declare
    place text;
begin
    for place in select distinct quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname in ('unaccent', 'pg_trgm') loop
        execute format('grant usage on schema %s to content_reader', place);
    end loop;
end $$;

-- A configuration that ignores accents for each language that PostgreSQL knows; plain for all others. In schema delivery, because the
-- public's queries are parsed with the same ones.
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

-- One row for each listed article whose words have been read.
create table content.article_texts (
    item_id      integer primary key,
    published_at timestamptz not null,
    updated_at   timestamptz not null,
    expires_at   timestamptz,
    config       regconfig not null,
    title        tsvector not null, -- of the title alone, stemmed and not
    digest       uuid not null,     -- hash of all the texts that were read
    whole        tsvector not null, -- A: title; B: subtitle and summary; C: experts and topics; D: body
    words        text[] not null
) with (toast_tuple_target = 128);
-- A row is short, so that thousands of dates are read at once; the other columns are fetched only for the articles that are ranked. They
-- are not compressed, to avoid decompressing them each time.
alter table content.article_texts alter title set storage main, alter whole set storage external, alter words set storage external;
create index article_texts_whole on content.article_texts using gin (whole) with (gin_pending_list_limit = 1024);
create index article_texts_title on content.article_texts using gin (title) with (gin_pending_list_limit = 256);
create index article_texts_published on content.article_texts (published_at, item_id);
-- One article in 32, to estimate whether a word is common.
create index article_texts_sample on content.article_texts using gin (whole) with (gin_pending_list_limit = 256) where item_id % 32 = 0;

-- The same for experts, topics and events.
create table content.named_texts (
    item_id  integer primary key,
    resource text not null,
    at       timestamptz,        -- when an event starts
    names    text[] not null,    -- folded: the names of the item, and a family name
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

-- Words whole, and with each single letter left out. Two words that share a variant differ by one letter, or by two letters that changed
-- places.
create table content.word_variants (
    variant text collate "C" not null,
    word    text collate "C" not null references content.words on delete cascade,
    primary key (variant, word)
);
create index word_variants_word on content.word_variants (word);

-- The names of experts and topics with which their articles and events were read, or are about to be read.
create table content.read_names (
    item_id integer primary key references content.items on delete cascade,
    name    text not null
);

-- Items whose words have yet to be read.
create table content.unread_texts (
    item_id     integer primary key,
    transaction xid8 not null
);

-- Rows that have been read and are about to be written. They are not compressed, and stay in the table where they fit into a page.
create unlogged table content.read_articles (like content.article_texts, transaction xid8);
create unlogged table content.read_named (like content.named_texts, transaction xid8);
alter table content.read_articles alter title set storage main, alter whole set storage external, alter words set storage external, set (toast_tuple_target = 8160);
alter table content.read_named alter title set storage external, alter whole set storage external, alter words set storage external, set (toast_tuple_target = 8160);
