-- The words of long texts. A tsvector numbers places to 16,383, and whatever stands later is at that one: two words there were no sequence. So a long text is read in parts, each numbered from
-- the beginning; a part begins with the end of the one before it, so that a sequence of the longest search is whole in one of them. Words of two parts may then seem to be neighbours, which is rare.

-- What has been put in for a body, at most; a tsvector holds 1 MB, and title, summary and names come beside it.
create function content.body_vector(config regconfig, body text) returns tsvector language plpgsql immutable strict as $$
declare
    part_words constant integer := 12000;
    shared_words constant integer := 400; -- twice the letters of a search: between two Chinese ones there is an empty word
    most_bytes constant integer := 900000;
    words text[];
    vector tsvector := '';
    next tsvector;
begin
    body := left(body, 2000000);
    if length(body) <= part_words then
        return content.vector(config, body, 'D');
    end if;
    words := string_to_array(delivery.fold(body), ' ');
    for start in 1 .. cardinality(words) by part_words - shared_words loop
        next := to_tsvector(config, array_to_string(words[start:start + part_words - 1], ' '));
        -- Read from their texts, words and places of both become one vector; || would number on.
        if start > 1 then
            begin
                next := (vector::text || ' ' || next::text)::tsvector;
            exception when program_limit_exceeded then
                exit;
            end;
        end if;
        exit when pg_column_size(next) > most_bytes;
        vector := next;
    end loop;
    next := to_tsvector(config, delivery.fold(delivery.joined(body)));
    if pg_column_size(vector) + pg_column_size(next) <= most_bytes then
        vector := vector || next;
    end if;
    return setweight(vector, 'D');
end $$;

create or replace function content.read_texts(ids integer[]) returns void language plpgsql as $$
begin
    insert into content.read_articles
    select s.item_id, s.published_at, s.updated_at, s.expires_at, c.config, to_tsvector(c.config, f.title) || to_tsvector('delivery.plain', f.title), content.digest_of(s),
           content.vector(c.config, s.title, 'A') || content.vector(c.config, s.lead, 'B') || content.vector('delivery.plain', n.names, 'C') || content.vector(c.config, n.names, 'C')
               || content.body_vector(c.config, s.body),
           content.words_of(concat_ws(' ', s.title, s.lead)), u.transaction
    from   unnest(ids) i (item_id)
    join   content.unread_texts u on u.item_id = i.item_id
    join   content.article_sources s on s.item_id = i.item_id
    cross join lateral (select coalesce(content.names_of(s.related), '') as names offset 0) n
    cross join lateral (select delivery.text_config(s.language) as config) c
    cross join lateral (select delivery.fold(s.title) || ' ' || delivery.fold(delivery.joined(s.title)) as title) f;

    insert into content.read_named
    select s.item_id, s.resource, s.at, array(select distinct delivery.fold(x) from unnest(s.names) x where x <> ''),
           to_tsvector('delivery.plain', f.title) || to_tsvector('delivery.english', f.title), content.digest_of(s),
           content.vector('delivery.plain', s.title, 'A') || content.vector('delivery.english', s.title, 'A')
               || content.vector('delivery.plain', s.lead, 'B') || content.vector('delivery.english', s.lead, 'B')
               || content.vector('delivery.plain', r.names, 'C') || content.vector('delivery.english', r.names, 'C')
               || content.vector('delivery.plain', left(s.body, 100000), 'D') || content.vector('delivery.english', left(s.body, 100000), 'D'),
           content.words_of(concat_ws(' ', s.title, s.lead)), u.transaction
    from   unnest(ids) i (item_id)
    join   content.unread_texts u on u.item_id = i.item_id
    join   content.named_sources s on s.item_id = i.item_id
    cross join lateral (select coalesce(content.names_of(s.related), '') as names offset 0) r
    cross join lateral (select delivery.fold(s.title) || ' ' || delivery.fold(delivery.joined(s.title)) as title) f;
end $$;

-- They are found by the words known so far until they have been read anew.
insert into content.unread_texts
select s.item_id, pg_current_xact_id()
from   content.article_sources s
where  octet_length(s.body) > 32000
on conflict (item_id) do nothing;
