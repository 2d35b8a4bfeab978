-- GET /v1/articles?q=strait

select current_setting('content.session', true); with configs as materialized (select config, articles from delivery.text_configs),
usual as materialized (select config from configs order by articles desc, config = 'delivery.english'::regconfig desc, config::text limit 1),
alternatives as materialized (
    select v.n, c.config, to_tsquery(c.config, delivery.merge_similar_letters(v.wanted)) as wanted, to_tsquery(c.config, delivery.merge_similar_letters(v.unwanted)) as unwanted,
           to_tsquery(c.config, delivery.merge_similar_letters(v.loose)) as loose
    from   unnest(@wanted, @unwanted, @loose) with ordinality v (wanted, unwanted, loose, n) cross join configs c),
asked as materialized (
    -- names are read as they stand as well: a word of one may be none in the language; in order, as a rank is a sum of floating-point numbers
    select c.config,
           coalesce((select string_agg('(' || a.wanted::text || ')', ' | ' order by a.n) from alternatives a where a.config = c.config and numnode(a.wanted) > 0),
                    (select string_agg('(' || a.wanted::text || ')', ' | ' order by a.n) from alternatives a where a.config = 'delivery.plain'::regconfig and numnode(a.wanted) > 0),
                    '')::tsquery as query,
           to_tsquery(c.config, delivery.merge_similar_letters(@phrase::text)) as phrase, to_tsquery(c.config, delivery.merge_similar_letters(@titlePhrase::text)) as title_phrase
    from   configs c),
wanted as materialized (
    select string_agg('((' || a.wanted || ')' || coalesce(' & !(' || a.unwanted || ')', '') || ')', ' | ')::tsquery as query,
           string_agg('(' || a.loose || ')', ' | ')::tsquery as loose
    from  (select string_agg('(' || a.wanted::text || ')', ' | ') filter (where numnode(a.wanted) > 0) as wanted,
                  string_agg('(' || a.loose::text || ')', ' | ') filter (where numnode(a.loose) > 0) as loose,
                  string_agg('(' || a.unwanted::text || ')', ' | ') filter (where numnode(a.unwanted) > 0) as unwanted
           from   alternatives a
           group  by a.n
           -- What is no word in the language most is written in is none.
           having bool_or(numnode(a.wanted) > 0) filter (where a.config = (select config from usual))) a), common as materialized (
    select count(*) = @common as yes
    from  (select from delivery.article_texts t where t.item_id % 32 = 0 and t.whole @@ (select loose from wanted) limit @common) s)
select case when (select yes from common) then array(select t.item_id
                   from   unnest(@these) n (item_id)
                   cross join lateral (select t.item_id from delivery.article_texts t where t.item_id = n.item_id and t.whole @@ (select query from wanted) offset 0) t)
            when not @sequences or not (select yes from common) then array(select t.item_id from delivery.article_texts t where t.whole @@ (select query from wanted) and true limit @most + 1) end as numbers,
       1 as step;
select case when h.sequence >= @sequence then
           array(select distinct c.item_id from delivery.changes c where c.sequence > @sequence and c.resource = 'article' limit 10001) end
from   delivery.head h

-- Another round trip.

select current_setting('content.session', true); select h.sequence, h.reference_sequence,
       exists (select from delivery.changes c where c.sequence > @sequence and c.resource = 'article' and c.item_id = any(@numbers)) as is_changed
from   delivery.head h;
select a.item_id, a.id, a.slug, a.published_at, a.updated_at, a.version, a.type_id, a.title, a.subtitle, a.summary, a.language,
       a.primary_topic_id, a.source_id, a.source_url, a.canonical_url, a.image, a.files, a.corrections, a.seo, a.toc,
       a.reading_minutes, a.word_count, a.license_id, a.license_url, a.doi, a.report_number, a.featured, a.topic_ids, a.expert_ids, a.expert_roles,
       a.translation_languages, a.translation_ids, a.translation_slugs from delivery.articles a where a.item_id = any(@numbers)
