-- The words of a folded text that a query may be corrected to.
create function content.words_of_folded(t text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct w), '{}') from regexp_split_to_table(t, '\s+') w where w ~ '[^0-9]' and length(w) between 2 and 40
$$;

-- The words that a query may be corrected to: unstemmed, from titles, names and summaries.
create function content.words_of(t text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct w), '{}') from regexp_split_to_table(delivery.fold(t), '\s+') w where w ~ '[^0-9]' and length(w) between 2 and 40
$$;

-- A word whole, and with each single letter left out. Immutable, so that it is planned with the calling statement.
create function content.spelling_variants(word text) returns setof text language sql immutable strict parallel safe as $$
    select word union select substr(word, 1, n - 1) || substr(word, n + 1) from generate_series(1, length(word)) n where length(word) > 3
$$;

-- Maintains content.words: how many visible items have each word.
create function content.count_new_words() returns trigger language plpgsql as $$
begin
    with counted as (select w.word, count(*)::integer as n from added, unnest(added.words) w (word) group by w.word order by w.word),
    known as (update content.words w set items = w.items + c.n from counted c where w.word = c.word returning w.word),
    fresh as (insert into content.words select word, n from counted where word not in (select word from known) returning word)
    insert into content.word_variants select v, f.word from fresh f, content.spelling_variants(f.word) v;
    return null;
end $$;
create trigger count_new_words after insert on content.article_texts referencing new table as added for each statement execute function content.count_new_words();
create trigger count_new_words after insert on content.named_texts referencing new table as added for each statement execute function content.count_new_words();

create function content.uncount_old_words() returns trigger language plpgsql as $$
begin
    update content.words w
    set    items = w.items - g.n
    from  (select g.word, count(*)::integer as n from removed, unnest(removed.words) g (word) group by g.word) g
    where  w.word = g.word;
    delete from content.words w using removed, unnest(removed.words) g (word) where w.word = g.word and w.items <= 0;
    return null;
end $$;
create trigger uncount_old_words after delete on content.article_texts referencing old table as removed for each statement execute function content.uncount_old_words();
create trigger uncount_old_words after delete on content.named_texts referencing old table as removed for each statement execute function content.uncount_old_words();
