-- The read model: what is visible now, in the order and with the keys that lists need. Triggers mark the items dirty that a transaction
-- changes; at its commit content.refresh_read_model() refreshes the read model, one commit at a time. The code of both is in db/code.

-- sequence counts the visible changes; reference_sequence is the last of them that changed a name which other items show.
create table content.head (
    one                boolean primary key default true check (one),
    sequence           bigint not null default 0,
    reference_sequence bigint not null default 0,
    changed_at         timestamptz not null default clock_timestamp()
);
insert into content.head default values;

-- Everything that lists can be filtered by. value_id is the item (or source), label the rest: a role, a language.
create table content.keys (
    key       integer generated always as identity primary key,
    kind      text not null check (kind in ('all', 'type', 'topic', 'expert', 'expertRole', 'role', 'source', 'language',
                                            'featured', 'mode', 'status')),
    value_id  integer not null default 0,
    label     text not null default '',
    articles  integer not null default 0, -- live articles with this key
    events    integer not null default 0,
    latest_at timestamptz,                -- publication of the newest of them
    unique (kind, value_id, label)
) with (fillfactor = 50); -- counters change with every commit; the free space lets rows be updated in place
-- The orders of expert lists; experts without an article come last in both directions.
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
    topic_ids    integer[] not null, -- live topics, in the editors' order
    expert_ids   integer[] not null,
    expert_roles text[] not null
);
-- Covers the columns that a scan reads, so that the table is not visited.
create index listing_published on content.listing (published_at, id) include (item_id, expires_at);

create table content.event_listing (
    item_id      integer primary key references content.items on delete cascade,
    id           uuid not null,
    starts_at    timestamptz not null,
    ends_at      timestamptz,
    expires_at   timestamptz,
    keys         integer[] not null,
    topic_ids    integer[] not null,
    expert_ids   integer[] not null,
    expert_roles text[] not null,
    starts_on    date -- null unless it is an all-day event
);

-- How many live articles of an expert are on a topic.
create table content.expert_topics (
    expert_id integer not null,
    topic_id  integer not null,
    articles  integer not null,
    primary key (expert_id, topic_id)
);
create index expert_topics_topic on content.expert_topics (topic_id);

-- Each topic with itself (depth 0) and all topics above it, visible or not.
create table content.topic_ancestors (
    topic_id    integer not null references content.topics on delete cascade,
    -- No foreign key: topics below a deleted topic keep its key until the commit has processed the deletion.
    ancestor_id integer not null,
    depth       smallint not null,
    primary key (topic_id, ancestor_id)
);
create index topic_ancestors_ancestor on content.topic_ancestors (ancestor_id);

-- The keys under which articles on a live topic are found: its own and those of the live topics above it.
create table content.topic_keys (
    topic_id integer primary key references content.topics on delete cascade,
    keys     integer[] not null
);

-- One row for each visible change, numbered in the order of commits. The numbers also evict cached answers and stamp answers, and partners
-- follow them.
create table content.changes (
    sequence bigint primary key,
    resource text,                              -- null: not a resource, such as an outlet's name; words: the words of search
    item_id  integer,
    live     boolean not null,                  -- false: withdrawn, and delivery.withdrawals has the reason
    keys     integer[] not null,                -- the keys it is or was found under
    at       timestamptz not null,              -- at most some milliseconds before the commit
    lost     integer[] not null default '{}',   -- the keys it is no longer found under
    gained   integer[] not null default '{}',   -- the keys it was not found under before
    parents  integer[] not null default '{}',   -- of a topic or page: the parent it shows, and the one it showed before
    aspects  text[]                             -- null: unknown. Otherwise any of
                                                --   shown     it appeared or disappeared
                                                --   slug      its slug changed
                                                --   name      what other items show of it changed
                                                --   place     its place in lists changed, or the lists it is in, whatever its keys
                                                --   parent    the parent it shows changed
                                                --   subjects  its topics changed
                                                --   taken     its slug belonged to another item before
);
create index changes_item on content.changes (item_id, sequence);

-- The recorded state of each visible topic, expert, article type, page and menu, and of each visible article with translations. Only
-- commits write it, one after the other: no lock of an import blocks them.
create table content.shown_state (
    item_id   integer primary key,
    name      uuid,     -- a hash of what other items show of it
    place     uuid,     -- a hash of what decides which lists it is in, and where
    parent_id integer,  -- the parent it shows
    -- Of the last commit that recorded a change of it.
    aspects   text[] not null default '{}',
    parents   integer[] not null default '{}'
);

-- The dirty items of the running transactions; item 0 stands for the names of outlets, -1 for redirects from the old site.
create unlogged table content.dirty_items (
    transaction xid8 not null default pg_current_xact_id(),
    item_id     integer not null,
    visibility_changed boolean not null default false, -- it appeared or disappeared
    primary key (transaction, item_id)
);

-- One row for each transaction; its deferred trigger runs at commit.
create unlogged table content.dirty_transactions (transaction xid8 primary key default pg_current_xact_id());

-- The items that the running commit is about, as they were before it; empty between commits.
create unlogged table content.changed_items (item_id integer primary key, was_live boolean not null, was_slug text, taken boolean not null default false);

-- The new rows of the listing; empty between commits.
create unlogged table content.listing_next (like content.listing, primary key (item_id));

-- The keys under which dirty events are found; empty between commits.
create unlogged table content.event_keys_next (item_id integer not null, kind text not null, value_id integer not null, label text not null);

-- The rows that the running commit removes from listings or changes, as they were; empty between commits.
create unlogged table content.listing_before (
    item_id   integer not null,
    keys      integer[] not null,
    at        timestamptz, -- publication of an article, start of an event
    until     timestamptz,
    topic_ids integer[],
    starts_on date
);
create index listing_before_item on content.listing_before (item_id);
