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
