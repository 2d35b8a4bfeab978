-- Saves the rows that a listing loses or changes, as they were before: change rows record the keys that were lost and gained. An event that
-- is listed by its date may move while its instants stay the same.
create function content.save_listing_before() returns trigger language plpgsql as $$
begin
    insert into content.listing_before (item_id, keys, at, topic_ids, card) select g.item_id, g.keys, g.published_at, g.topic_ids, g.card from removed g;
    return null;
end $$;
create trigger save_listing_before after delete on content.listing referencing old table as removed
    for each statement execute function content.save_listing_before();

create function content.save_changed_listing_before() returns trigger language plpgsql as $$
begin
    insert into content.listing_before (item_id, keys, at, topic_ids, card)
    select g.item_id, g.keys, g.published_at, g.topic_ids, g.card
    from   removed g join added c on c.item_id = g.item_id
    where  c.keys <> g.keys or c.published_at <> g.published_at or c.topic_ids <> g.topic_ids or c.card is distinct from g.card;
    return null;
end $$;
create trigger save_changed_listing_before after update on content.listing referencing old table as removed new table as added
    for each statement execute function content.save_changed_listing_before();

create function content.save_event_listing_before() returns trigger language plpgsql as $$
begin
    insert into content.listing_before (item_id, keys, at, until, topic_ids, starts_on, card)
    select g.item_id, g.keys, g.starts_at, g.ends_at, g.topic_ids, g.starts_on, g.card from removed g;
    return null;
end $$;
create trigger save_listing_before after delete on content.event_listing referencing old table as removed
    for each statement execute function content.save_event_listing_before();
