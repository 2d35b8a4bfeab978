-- The rows that leave a listing, or change in it, as they were: what a change row says was lost or gained. What is listed by its date may move while its instants stay.
create function content.note_unlisted() returns trigger language plpgsql as $$
begin
    insert into content.unlisted (item_id, keys, at, topic_ids) select g.item_id, g.keys, g.published_at, g.topic_ids from gone g;
    return null;
end $$;
create trigger note_unlisted after delete on content.listing referencing old table as gone
    for each statement execute function content.note_unlisted();

create function content.note_relisted() returns trigger language plpgsql as $$
begin
    insert into content.unlisted (item_id, keys, at, topic_ids)
    select g.item_id, g.keys, g.published_at, g.topic_ids
    from   gone g join come c on c.item_id = g.item_id
    where  c.keys <> g.keys or c.published_at <> g.published_at or c.topic_ids <> g.topic_ids;
    return null;
end $$;
create trigger note_relisted after update on content.listing referencing old table as gone new table as come
    for each statement execute function content.note_relisted();

create function content.note_unlisted_event() returns trigger language plpgsql as $$
begin
    insert into content.unlisted (item_id, keys, at, until, topic_ids, starts_on) select g.item_id, g.keys, g.starts_at, g.ends_at, g.topic_ids, g.starts_on from gone g;
    return null;
end $$;
create trigger note_unlisted after delete on content.event_listing referencing old table as gone
    for each statement execute function content.note_unlisted_event();
