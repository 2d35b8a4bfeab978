-- The read model: what is visible now, in the order and with the keys that lists need. Triggers note what a transaction touches; at its commit
-- content.refresh_read_model() brings the read model up to date, one commit at a time. The code of both is in db/code.

-- Counts the visible changes; reference_sequence is the last one that changed a name which other items show.
create table content.head (
    one                boolean primary key default true check (one),
    sequence           bigint not null default 0,
    reference_sequence bigint not null default 0,
    changed_at         timestamptz not null default clock_timestamp()
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
) with (fillfactor = 50); -- counters change with every commit, in place as long as there is room beside them
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
-- Covers what a scan of it reads, so that the table is not visited.
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
    starts_on    date -- null unless it lasts all day
);

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
    ancestor_id integer not null, -- no reference: what is below a topic that was deleted has its key until a commit has seen it go
    depth       smallint not null,
    primary key (topic_id, ancestor_id)
);
create index topic_ancestors_ancestor on content.topic_ancestors (ancestor_id);

-- Under which keys articles on a live topic are found: its own and those of the live topics above.
create table content.topic_keys (
    topic_id integer primary key references content.topics on delete cascade,
    keys     integer[] not null
);

-- One row for each visible change, numbered in the order of commits. The same numbers evict what nodes have cached, stamp answers, and are what partners follow.
create table content.changes (
    sequence bigint primary key,
    resource text,                              -- null: what is no resource, such as the name of an outlet; words: what searches find
    item_id  integer,
    live     boolean not null,                  -- false: it is gone, and delivery.departures says why
    keys     integer[] not null,                -- what it was or is found under
    at       timestamptz not null,              -- at most some milliseconds before it was committed
    lost     integer[] not null default '{}',   -- the keys it was found under before and no more
    gained   integer[] not null default '{}',   -- the keys it was not found under before
    parents  integer[] not null default '{}',   -- of a topic or page: the one it stands right below, and the one it stood below before
    aspects  text[]                             -- null: nobody knows. Else any of
                                                --   shown     it appeared or vanished
                                                --   slug      it has another slug
                                                --   name      what other items show of it is another
                                                --   place     it stands elsewhere in lists, or in other lists than before, whatever its keys
                                                --   parent    it shows another parent
                                                --   subjects  it has other topics
                                                --   taken     its slug belonged to another item before
);
create index changes_item on content.changes (item_id, sequence);

-- What was told of each visible topic, expert, article type, page and menu, and of each visible article with translations. Only commits write it, one after the other: no lock of an
-- import is in their way.
create table content.shown_state (
    item_id   integer primary key,
    name      uuid,     -- a hash of what other items show of it
    place     uuid,     -- a hash of what decides in which lists it is, and where
    parent_id integer,  -- the parent it shows
    -- Of the last commit that told of it.
    aspects   text[] not null default '{}',
    parents   integer[] not null default '{}'
);

-- What the running transaction touched; item 0 stands for the names of outlets, -1 for addresses of the old site.
create unlogged table content.dirty_items (
    transaction xid8 not null default pg_current_xact_id(),
    item_id     integer not null,
    visibility_changed     boolean not null default false, -- it appeared or vanished
    primary key (transaction, item_id)
);

-- One row a transaction; its deferred trigger is what runs at commit.
create unlogged table content.dirty_transactions (transaction xid8 primary key default pg_current_xact_id());

-- The items that the running commit is about, as they were before; empty between commits.
create unlogged table content.changed_items (item_id integer primary key, was_live boolean not null, was_slug text, taken boolean not null default false);

-- The listing rows as they are to be; empty between commits.
create unlogged table content.listing_next (like content.listing, primary key (item_id));

-- What the touched items can be found under; empty between commits.
create unlogged table content.event_keys_next (item_id integer not null, kind text not null, value_id integer not null, label text not null);

-- The rows that listings lose in the running commit; empty between commits.
create unlogged table content.listing_before (
    item_id   integer not null,
    keys      integer[] not null,
    at        timestamptz, -- publication of an article, start of an event
    until     timestamptz,
    topic_ids integer[],
    starts_on date
);
create index listing_before_item on content.listing_before (item_id);
