-- The state that the processes of one installation share, and how far they have followed other sites and instances.

-- Leases: only the holder of a row does the work it names, until the given time by the clock of this database. An advisory lock would be
-- lost behind a transaction pooler.
create table content.leases (
    name   text primary key,
    holder uuid not null,
    until  timestamptz not null
);

-- When a follower was last woken; the time may lie two seconds ahead.
create table content.wakes (
    name text primary key,
    at   timestamptz not null
);

-- If this database is a copy of another instance's content: how far it has followed that instance. At most one row.
create table content.mirror (
    only_one boolean primary key default true check (only_one),
    origin   text not null,        -- base URL of the other instance
    token    text not null,        -- where to continue; empty: nothing has been copied yet
    at       timestamptz not null  -- when it was last followed
);

-- The state of a followed WordPress site, so that any node can continue. It includes drafts: only the owner of the database reads it.

create table content.followed_site (
    only_one  boolean primary key default true check (only_one),
    address   text not null,
    asked     text not null,              -- the user it was read as, and the custom fields
    -- JSON: texts of the head, and the collections in reading order; null until the first complete scan ends
    contents  text,
    looks     bigint not null default 0,  -- complete scans so far
    asked_at  timestamptz,                -- the site's own time when it was last asked for changes
    is_stale  boolean not null default true, -- lines must still be made of all parts
    -- Slugs that mean other items now: lines that name them must still be imported.
    moved     text[] not null default '{}'
);

-- A user, a term or an item as the site showed it.
create table content.followed_parts (
    collection text not null,
    number     integer not null,
    mark       bigint not null,           -- hash of the fields that show whether it has changed
    head       text not null,             -- JSON without long texts
    content    text,
    excerpt    text,
    missing    integer not null default 0, -- complete scans in a row that did not find it
    changed    boolean not null default true, -- since lines were last made of it
    primary key (collection, number)
);
create index followed_parts_changed on content.followed_parts (collection) where changed;

-- Hashes of the imported lines. absent_at: the first complete scan after which the line was no longer made.
create table content.followed_lines (
    key       bigint primary key,
    resource  text not null,
    id        uuid,
    slug      text,
    hash      bigint not null,
    absent_at bigint
);
create index followed_lines_id on content.followed_lines (id);
create index followed_lines_slug on content.followed_lines (resource, slug);
