-- Keys of clients. Only hashes are stored; only the owner of the database reads them, and no export or mirror has them.
create table content.api_keys (
    id           text primary key,                  -- as in cak_ID_SECRET
    name         text not null,
    scope        text not null check (scope in ('preview', 'early')),
    topics       integer[],                         -- item ids: of scope early, what is on or below these topics only
    per_minute   integer not null check (per_minute > 0),
    hash         bytea not null,                    -- SHA-256 of the whole key
    created_at   timestamptz not null default now(),
    expires_at   timestamptz,                       -- null: never
    revoked_at   timestamptz,
    last_used_at timestamptz,                       -- to the hour
    check ((scope = 'early') = (topics is not null))
);
create unique index api_keys_name on content.api_keys (name) where revoked_at is null;
