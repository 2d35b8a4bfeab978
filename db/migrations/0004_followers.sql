-- What the processes of one installation, and the sites and instances it follows, have to remember.

-- What one process of the cluster does at a time: a row says which and until when, by the clock of this database. A lock would be lost behind a transaction pooler.
create table content.leases (
    name   text primary key,
    holder uuid not null,
    until  timestamptz not null
);

-- When a follower was last called; it may lie two seconds ahead.
create table content.wakes (
    name text primary key,
    at   timestamptz not null
);

-- Where this database is a copy of another instance's content: how far it has followed. One row.
create table content.mirror (
    only_one boolean primary key default true check (only_one),
    origin   text not null,        -- base URL of the other instance
    token    text not null,        -- where to go on; empty: nothing has been copied yet
    at       timestamptz not null  -- when it was last followed
);

-- What is known of a WordPress site that is followed, so that any node can go on with it. Drafts are in there: only the owner of the database reads it.

create table content.followed_site (
    only_one  boolean primary key default true check (only_one),
    address   text not null,
    asked     text not null,              -- for whom, and for which custom fields
    contents  text,                       -- JSON: texts of the head, and the collections in the order they are read in; null until all has been seen once
    looks     bigint not null default 0,  -- complete looks so far
    asked_at  timestamptz,                -- the site's own time when it was last asked what has changed
    is_stale  boolean not null default true, -- lines have still to be made of all parts
    moved     text[] not null default '{}' -- slugs that have come to mean other items: lines that name them have still to be imported
);

-- A user, a term or an item as the site showed it.
create table content.followed_parts (
    collection text not null,
    number     integer not null,
    mark       bigint not null,           -- hash of what shows that it has changed
    head       text not null,             -- JSON without long texts
    content    text,
    excerpt    text,
    missing    integer not null default 0, -- complete looks in a row in which it was not there
    changed    boolean not null default true, -- since lines were made of it
    primary key (collection, number)
);
create index followed_parts_changed on content.followed_parts (collection) where changed;

-- The lines that were imported, as hashes. absent_at is the look after which it was first not made any more.
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
