-- Search reads the texts into the memory of each process: the words are not stored any more.
drop table content.read_articles, content.read_named, content.unread_texts, content.read_names, content.word_variants, content.words,
           content.named_texts, content.article_texts cascade;

do $$
declare
    name text;
begin
    for name in select c.cfgname from pg_ts_config c where c.cfgnamespace = 'delivery'::regnamespace loop
        execute format('drop text search configuration delivery.%I cascade', name);
    end loop;
    drop text search dictionary if exists delivery.plain;
end $$;
