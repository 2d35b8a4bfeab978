-- Reading words takes most of an import: folding them is two and a half times as fast, and several connections may read at once.

-- As before, from fewer matches: most of what stands between two words is one space, which stays.
create or replace function delivery.fold(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
    t := regexp_replace(lower(delivery.unaccented(delivery.alike(t))), '\m(\w)\.(?=\w\M)', '\1', 'g');
    t := regexp_replace(t, '[\u0001-\u001f\u0021-\u002f\u003a-\u0060\u007b-\u007f][\u0001-\u002f\u003a-\u0060\u007b-\u007f]*| [\u0001-\u002f\u003a-\u0060\u007b-\u007f]+', ' ', 'g');
    -- Most is Latin by now. Whatever is no letter is listed, as what the locale of a database knows of letters differs.
    if octet_length(t) <> length(t) then
        t := regexp_replace(t,
            '[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u0589\u05be\u05f3\u05f4\u060c\u061b\u061f\u06d4\u0964\u0965'
            '\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ue000-\uf8ff\ufe10-\ufe6f'
            '\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+', ' ', 'g');
        t := regexp_replace(t, '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])', ' \1 ', 'g');
    end if;
    return btrim(t);
end $$;

drop function content.read_unread(integer);

-- Reads the words of some items that were left unread. Of several parts each has every so many-th item, so that they can be read at once. Returns whether there may be more to do; false as well while
-- somebody else reads that part.
create function content.read_unread(most integer, part integer default 0, parts integer default 1) returns boolean language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
    ids integer[];
begin
    if not exists (select from content.unread_texts u where u.item_id % parts = part) or not pg_try_advisory_xact_lock(x'7465787473'::bigint + part) then
        return false;
    end if;
    ids := array(select u.item_id from content.unread_texts u where u.item_id % parts = part order by u.item_id limit most);
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
