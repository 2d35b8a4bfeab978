-- Webhooks: addresses that are told of changes. The rows hold secrets, so that only the owner of the database reads them, and no export
-- or mirror has them.
create table content.webhooks (
    id            text primary key,              -- wh_…
    name          text,
    url           text not null,
    resources     text[],                        -- events of these only; null: of all
    topics        integer[],                     -- item ids: events on or below one of these topics only; null: on any
    signature     text not null check (signature in ('v1', 'v1a')),
    secret        text not null,                 -- whsec_… (v1) or whsk_… (v1a)
    old_secret    text,                          -- signs as well until old_until
    old_until     timestamptz,
    allow_private boolean not null,              -- http and private addresses are allowed
    created_at    timestamptz not null default now(),
    disabled_at   timestamptz,                   -- null: enabled
    disabled_for  text,                          -- why: gone (410), failed (the last try)
    token         text not null,                 -- of the last event that was acknowledged

    -- The message that is being delivered. It is stored before its first try, so that every try, on any node, has the same id.
    pending_token text,                          -- null: none
    pending_type  text,
    tries         integer not null default 0,    -- of this message
    waits         integer not null default 0,    -- pauses of the plan of tries that have begun
    tried_at      timestamptz,
    next_try      timestamptz,
    not_before    timestamptz,                   -- the receiver asked for it by Retry-After
    check ((pending_token is null) = (pending_type is null))
);

-- Every try, for 30 days. Never a body.
create table content.webhook_log (
    log_id       bigint generated always as identity primary key,
    webhook_id   text not null references content.webhooks on delete cascade,
    at           timestamptz not null,
    message_id   text not null,
    type         text not null,
    try          integer not null,
    status       integer,                        -- of the answer; null without one
    failure      text,                           -- null: acknowledged
    milliseconds integer not null
);
create index webhook_log_webhook on content.webhook_log (webhook_id, log_id);
create index webhook_log_at on content.webhook_log (at);
