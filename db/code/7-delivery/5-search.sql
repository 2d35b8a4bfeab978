create view delivery.article_texts as
select t.item_id, t.published_at, t.updated_at, t.config, t.title, t.whole
from   content.article_texts t
where  t.expires_at is null or t.expires_at > now();

create view delivery.named_texts as
select t.item_id, t.resource, i.id, t.at, t.names, t.title, t.whole
from   content.named_texts t
join   content.visible_items i on i.item_id = t.item_id;

-- The text search configurations in use, each with the number of articles that were read with it.
create view delivery.text_configs as
select c.config, sum(c.articles)::integer as articles
from  (select delivery.text_config(k.label) as config, k.articles from content.keys k where k.kind = 'language' and k.articles > 0
       union all
       select 'delivery.plain', 0
       union all
       select 'delivery.english', 0) c
group  by c.config;

create view delivery.words as select word, items from content.words;

create view delivery.word_variants as select variant, word from content.word_variants;

-- The words most similar to a word, by shared trigrams. Of the words as similar as the fiftieth, the first in the alphabet are taken.
do $$
declare
    of_trigrams constant text := (select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
    execute format($f$
        create function delivery.similar_words(word text) returns table (word text, items integer) language sql stable rows 50 as $b$
            select w.word, w.items from delivery.words w where w.word operator(%1$s.%%) $1 order by %1$s.similarity(w.word, $1) desc, w.word limit 50
        $b$ $f$, of_trigrams);
end $$;
