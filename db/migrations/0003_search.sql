-- The words of what is visible. Whatever changes in an item, its old words are gone with the same commit; its new ones come with it when a commit is about a few items, and
-- shortly afterwards, batch by batch, when it is about many: an import need not wait for them.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- The public's login calls their functions where they are, and looks for functions nowhere else.
do $$
declare
    place text;
begin
    for place in select distinct quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname in ('unaccent', 'pg_trgm') loop
        execute format('grant usage on schema %s to content_reader', place);
    end loop;
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

-- Items whose words are to be read.
create table content.unread_texts (
    item_id     integer primary key,
    transaction xid8 not null
);

-- What has been read and is to be written. It is not to be compressed, nor kept apart from its row where that fits into a page.
create unlogged table content.read_articles (like content.article_texts, transaction xid8);
create unlogged table content.read_named (like content.named_texts, transaction xid8);
alter table content.read_articles alter title set storage main, alter whole set storage external, alter words set storage external, set (toast_tuple_target = 8160);
alter table content.read_named alter title set storage external, alter whole set storage external, alter words set storage external, set (toast_tuple_target = 8160);
