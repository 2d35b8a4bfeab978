-- An import ends when its words are read, also when a server began to read them before the import came to it: it waits for the server.

drop function content.read_unread(integer, integer, integer);

-- Reads the words of some items that were left unread. Of several parts each has every so many-th item, so that they can be read at once. Returns whether there may be more to do. While somebody else
-- reads that part, returns false, or waits for the other to finish.
create function content.read_unread(most integer, part integer default 0, parts integer default 1, waits boolean default false) returns boolean language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
    lock constant bigint := x'7465787473'::bigint + part;
    ids integer[];
begin
    if not exists (select from content.unread_texts u where u.item_id % parts = part) then
        return false;
    end if;
    if waits then
        perform pg_advisory_xact_lock(lock);
    elsif not pg_try_advisory_xact_lock(lock) then
        return false;
    end if;
    ids := array(select u.item_id from content.unread_texts u where u.item_id % parts = part order by u.item_id limit most);
    if cardinality(ids) = 0 then
        return false;
    end if;
    -- What takes long is done while others commit; who changes an item meanwhile gives it another number.
    perform content.read_texts(ids);
    perform from content.head for update;
    perform content.write_texts();
    -- What is not to be read, because it has no text, is done.
    delete from content.unread_texts u where u.item_id = any (ids) and not exists (select from content.article_sources s where s.item_id = u.item_id)
    and not exists (select from content.named_sources s where s.item_id = u.item_id);
    -- Answers of searches are old now, and no others.
    insert into content.changes select h.sequence + 1, 'words', null, true, '{}', clock_timestamp() from content.head h;
    update content.head set sequence = sequence + 1, changed_at = clock_timestamp();
    perform pg_notify('content_changed', '');
    return exists (select from content.unread_texts u where u.item_id % parts = part);
end $$;
