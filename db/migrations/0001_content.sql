-- The content that editors own. Nothing here is public by itself: the public login reads the views of schema delivery.

create schema content;
create schema delivery;
grant usage on schema delivery to content_reader;

-- Everything that has an address, with the facts that decide whether it is visible.
create table content.items (
    item_id            integer generated always as identity primary key, -- never leaves the database
    id                 uuid not null unique,                             -- immutable and public
    resource           text not null
                       check (resource in ('articleType', 'topic', 'expert', 'article', 'event', 'menu', 'page')),
    slug               text not null
                       check (octet_length(slug) between 1 and 200 and slug !~ '[[:space:].,/?#%&"<>]'),
    publication_status text not null default 'published'
                       check (publication_status in ('draft', 'scheduled', 'published', 'private', 'retracted', 'deleted')),
    published_at       timestamptz,
    embargo_until      timestamptz,
    expires_at         timestamptz,
    merged_into        integer references content.items,
    updated_at         timestamptz not null,
    version            integer not null default 1 check (version >= 1),

    -- From when the item is visible; null: not in its present state. Together with expires_at this is the whole rule of visibility.
    visible_from       timestamptz generated always as (
                           case when publication_status in ('published', 'scheduled')
                                 and merged_into is null
                                 and (resource <> 'article' or published_at is not null)
                                then greatest(published_at, embargo_until, '-infinity') end) stored,

    -- content.refresh_read_model() maintains the following columns at commit.
    live               boolean not null default false, -- is in the read model
    public_slug        text,                           -- the slug it had when last visible; null: never visible
    withdrawn_at       timestamptz,                    -- when it was withdrawn; null while live
    withdrawn_reason   text check (withdrawn_reason in ('unpublished', 'retracted', 'merged', 'expired', 'deleted')),

    -- The reason given by the instance that this row was copied from; null: the other columns of the row decide.
    withdrawn_for      text check (withdrawn_for in ('unpublished', 'retracted', 'merged', 'expired', 'deleted')),
    withdrawn_to       integer, -- the successor in its last change row

    -- Deferrable, so that two items can swap slugs in one transaction.
    unique (resource, slug) deferrable initially immediate,
    check (publication_status <> 'scheduled' or published_at is not null or embargo_until is not null),
    -- An article type may be deleted once no article has it.
    constraint items_article_types check (resource <> 'articleType' or (publication_status in ('published', 'deleted') and embargo_until is null and expires_at is null)),
    check (merged_into <> item_id),
    check (withdrawn_for is null or publication_status = 'deleted'),
    -- A time that programs cannot read would make all lists unreadable.
    constraint items_times_readable check (
        published_at >= '0001-01-01' and published_at < '10000-01-01' and updated_at >= '0001-01-01' and updated_at < '10000-01-01'
        and expires_at >= '0001-01-01' and expires_at < '10000-01-01' and embargo_until >= '0001-01-01' and embargo_until < '10000-01-01')
);
create index items_departed on content.items (resource, public_slug) where public_slug is not null;
create index items_merged on content.items (merged_into) where merged_into is not null;
create index items_appearing on content.items (visible_from) where not live and visible_from is not null;
create index items_vanishing on content.items (expires_at) where live and expires_at is not null;
-- Withdrawn items. An item that has just expired by the clock is added when the publisher has processed it.
create index items_gone on content.items (item_id) where public_slug is not null and not live;

-- Former public addresses of items; a current slug takes precedence over an alias.
create table content.aliases (
    resource text not null,
    slug     text not null,
    item_id  integer not null references content.items on delete cascade,
    at       timestamptz not null default clock_timestamp(), -- the latest of several aliases are the ones still in use
    primary key (resource, slug)
);
create index aliases_item on content.aliases (item_id);

create table content.article_types (
    item_id      integer primary key references content.items on delete cascade,
    label        text not null,
    plural_label text not null
);

-- Value objects: id is the UUIDv5 of image, the public shape, so equal images share one row and a row never changes.
create table content.images (
    image_id integer generated always as identity primary key,
    id       uuid not null unique,
    image    jsonb not null
);

create table content.topics (
    item_id     integer primary key references content.items on delete cascade,
    name        text not null,
    name_sort   text collate "C" not null,
    kind        text not null check (kind in ('region', 'country', 'issue', 'program')),
    description text not null default '',
    parent_id   integer references content.topics,
    featured    boolean not null default false,
    check (parent_id <> item_id)
);
create index topics_parent on content.topics (parent_id);

create table content.experts (
    item_id      integer primary key references content.items on delete cascade,
    name         text not null,
    given_name   text,
    family_name  text,
    name_sort    text collate "C" not null,
    title        text,
    organization text,
    program_id   integer references content.topics on delete set null,
    kind         text not null check (kind in ('staff', 'fellow', 'contributor')),
    current      boolean not null default true,
    photo_id     integer references content.images,
    bio_html     text not null default '',
    email        text,
    email_public boolean not null default false,
    profiles     jsonb not null default '[]'
);
create index experts_program on content.experts (program_id);
create index experts_name on content.experts (name_sort);
create index experts_kind on content.experts (kind);

-- The outlets of media items.
create table content.sources (
    source_id integer generated always as identity primary key,
    slug      text not null unique,
    name      text not null
);

create table content.articles (
    item_id           integer primary key references content.items on delete cascade,
    type_id           integer not null references content.article_types,
    title             text not null,
    title_sort        text collate "C" not null,
    subtitle          text,
    summary           text not null default '',
    body_html         text not null default '',
    body_text         text not null default '',
    language          text not null,
    primary_topic_id  integer references content.topics on delete set null,
    source_id         integer references content.sources,
    source_url        text,
    canonical_url     text,
    image_id          integer references content.images,
    files             jsonb not null default '[]',
    corrections       jsonb not null default '[]',
    seo               jsonb not null default '{}',
    toc               jsonb not null default '[]',
    reading_minutes   integer not null default 0,
    word_count        integer not null default 0,
    license_id        text,
    license_url       text,
    doi               text,
    featured          boolean not null default false
);

-- Articles in the same group are translations of one another. Not a column of articles: a hidden article that joins a group must not mark
-- the others dirty.
create table content.translations (
    article_id        integer primary key references content.articles on delete cascade,
    translation_group uuid not null
);
create index translations_group on content.translations (translation_group);

create table content.article_topics (
    article_id integer not null references content.articles on delete cascade,
    topic_id   integer not null references content.topics on delete cascade,
    position   smallint not null,
    primary key (article_id, topic_id)
);
create index article_topics_topic on content.article_topics (topic_id);

create table content.article_experts (
    article_id integer not null references content.articles on delete cascade,
    expert_id  integer not null references content.experts on delete cascade,
    role       text not null,
    position   smallint not null,
    primary key (article_id, expert_id, role)
);
create index article_experts_expert on content.article_experts (expert_id);

create table content.events (
    item_id          integer primary key references content.items on delete cascade,
    title            text not null,
    summary          text not null default '',
    body_html        text not null default '',
    body_text        text not null default '',
    status           text not null check (status in ('scheduled', 'postponed', 'cancelled')),
    starts_at        timestamptz not null,
    ends_at          timestamptz check (ends_at >= starts_at),
    time_zone        text not null,
    mode             text not null check (mode in ('virtual', 'in-person', 'hybrid')),
    location         text,
    registration_url text,
    recording_url    text,
    image_id         integer references content.images,
    -- Set for all-day events only. The days are authoritative; starts_at is the start of the first day and ends_at the end of the last day
    -- in the event's time zone, by the version of the time zone database that the import used.
    starts_on        date,
    ends_on          date,
    constraint events_days check ((starts_on is null) = (ends_on is null) and ends_on >= starts_on and (starts_on is null or ends_at is not null)),
    constraint events_times_readable check (
        starts_at >= '0001-01-01' and starts_at < '10000-01-01' and ends_at >= '0001-01-01' and ends_at < '10000-01-01'
        and starts_on >= '0001-01-01' and starts_on < '10000-01-01' and ends_on >= '0001-01-01' and ends_on < '10000-01-01')
);

create table content.event_topics (
    event_id integer not null references content.events on delete cascade,
    topic_id integer not null references content.topics on delete cascade,
    position smallint not null,
    primary key (event_id, topic_id)
);
create index event_topics_topic on content.event_topics (topic_id);

create table content.event_experts (
    event_id  integer not null references content.events on delete cascade,
    expert_id integer not null references content.experts on delete cascade,
    role      text not null,
    position  smallint not null,
    primary key (event_id, expert_id, role)
);
create index event_experts_expert on content.event_experts (expert_id);

create table content.pages (
    item_id    integer primary key references content.items on delete cascade,
    title      text not null,
    -- Without accents and in lower case, the same on every machine.
    title_sort text collate "C" generated always as (
                   lower(regexp_replace(normalize(title, nfkd), '[\u0300-\u036f]', '', 'g') collate "C")) stored,
    summary    text not null default '',
    body_html  text not null default '',
    body_text  text not null default '',
    language   text not null,
    parent_id  integer references content.pages on delete set null,
    image_id   integer references content.images,
    seo        jsonb not null default '{}',
    toc        jsonb not null default '[]',
    check (parent_id <> item_id)
);
create index pages_parent on content.pages (parent_id);

create table content.menus (
    item_id integer primary key references content.items on delete cascade,
    label   text not null
);

-- A menu's entries in reading order, a parent before its children.
create table content.menu_items (
    menu_id   integer not null references content.menus on delete cascade,
    position  integer not null,
    parent    integer, -- the position of the entry above it
    label     text not null,
    target_id integer references content.items on delete cascade,
    url       text,
    primary key (menu_id, position),
    foreign key (menu_id, parent) references content.menu_items deferrable initially deferred,
    check (target_id is null or url is null)
);
create index menu_items_target on content.menu_items (target_id);

-- Redirects from addresses of the old site.
create table content.redirects (
    path      text collate "C" primary key check (path like '/%' and octet_length(path) <= 2048),
    target_id integer references content.items on delete cascade,
    url       text,
    check (num_nonnulls(target_id, url) = 1)
);
create index redirects_target on content.redirects (target_id);
