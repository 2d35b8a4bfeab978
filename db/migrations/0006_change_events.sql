-- Change events: what is told to streams, webhooks and the caches in front, once every node has applied the changes.

-- Processes that answer requests. One that has reported nothing for ten seconds does not count any more.
create table content.nodes (
    id       uuid primary key,
    sequence bigint not null,      -- it answers with all changes up to this one
    seen_at  timestamptz not null, -- by the clock of this database
    listens  boolean not null default false -- whether somebody waits for events there
);

-- Each row continues the row before it. The first one stands for nothing: it says from where on all changes have an event. Rows are
-- removed after seven days. Only the holder of the lease "change-events" writes.
create table content.change_events (
    sequence    bigint primary key,
    since       bigint not null,       -- the sequence of the row before; in the first row its own
    at          timestamptz not null,  -- when the last of its changes was made
    keys        text[] not null,       -- the keys of the cached answers that its changes make stale
    made_at     timestamptz not null default clock_timestamp(),
    released_at timestamptz,           -- null until it may be sent
    purged      boolean not null default false -- whether each cache in front has dropped the keys, twice
);
create index change_events_unfinished on content.change_events (sequence) where released_at is null or not purged;
