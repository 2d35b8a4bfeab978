-- The words of a long text. Positions in a tsvector end at 16,383, and all later words share that position, so no phrase would be found
-- there. A long text is therefore read in parts, each numbered from the beginning. A part begins with the end of the part before it, so
-- that a phrase of the longest search is whole in one of them. Words of two parts may then seem to be neighbours, which is rare. A body is
-- read only as far as it leaves room for title, summary and names: a tsvector holds 1 MB.
create function content.body_vector(config regconfig, body text) returns tsvector language plpgsql immutable strict as $$
declare
    part_words constant integer := 12000;
    shared_words constant integer := 400; -- twice the characters of a search: there is an empty word between two Chinese characters
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
        -- Parsed from their concatenated texts, both parts become one vector and keep their positions; || would shift those of the second.
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

-- The words of a text with a weight; words with a hyphen or an apostrophe also as one word.
create function content.vector(config regconfig, t text, weight "char") returns tsvector language plpgsql immutable strict parallel safe as $$
declare
    joined text;
begin
    if t = '' then
        return '';
    end if;
    joined := delivery.joined(t);
    if joined = '' then
        return setweight(to_tsvector(config, delivery.fold(t)), weight);
    end if;
    return setweight(to_tsvector(config, delivery.fold(t)) || to_tsvector(config, delivery.fold(joined)), weight);
end $$;
