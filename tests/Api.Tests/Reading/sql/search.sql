-- GET /v1/search?q=strait

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
           having bool_or(numnode(a.wanted) > 0) filter (where a.config = (select config from usual))) a),
common as materialized (
    select count(*) = @common as yes
    from  (select from delivery.article_texts t where t.item_id % 32 = 0 and t.whole @@ (select loose from wanted) limit @common) s),
picked as materialized (
    (select m.item_id
     from  (select t.item_id, t.published_at from delivery.article_texts t
            where not (select yes from common) and true and t.whole @@ (select query from wanted) offset 0) m
     order by m.published_at desc, m.item_id desc limit 1000)
    union
    (select m.item_id
     from  (select t.item_id, t.published_at from delivery.article_texts t
            where (@sequences or not (select yes from common)) and true and t.title @@ (select query from wanted) offset 0) m
     order by m.published_at desc, m.item_id desc limit 1000)
    union
    (select t.item_id
     from  (select t.item_id from delivery.article_texts t order by t.published_at desc, t.item_id desc limit @newest) r
     cross join lateral (select t.item_id, t.published_at from delivery.article_texts t where t.item_id = r.item_id and t.whole @@ (select query from wanted) offset 0) t
     where (select yes from common)
     order by t.published_at desc, t.item_id desc limit 1000)
    union
    (select t.item_id
     from  (select t.item_id from delivery.article_texts t order by t.published_at desc, t.item_id desc limit @newest) r
     cross join lateral (select t.item_id, t.published_at from delivery.article_texts t where t.item_id = r.item_id and t.title @@ (select query from wanted) offset 0) t
     where (select yes from common)
     order by t.published_at desc, t.item_id desc limit 1000)),
ranked as materialized (
    select l.id, l.item_id, 'article' as resource, r.config, r.score as at
    from  (select t.item_id, t.config,
       round((1e6 * ts_rank('{0.1, 0.25, 0.5, 1}', t.whole, a.query, 1) * (1 + (t.title @@ a.query)::integer)
       * (1 + 0.5 * (t.whole @@ a.phrase is true)::integer + (t.whole @@ a.title_phrase is true)::integer)
              * power(2, extract(epoch from t.published_at - '2000-01-01T00:00:00Z') / (20 * 31557600.0)))::numeric)::bigint as score
from   picked p
cross join lateral (select t.* from delivery.article_texts t where t.item_id = p.item_id and t.whole @@ (select query from wanted) offset 0) t
join   asked a on a.config = t.config) r
    cross join lateral (select l.id, l.item_id from delivery.listing l where l.item_id = r.item_id offset 0) l
    union all
    select t.id, t.item_id, t.resource, 'delivery.english'::regconfig as config, s.score as at
    from   delivery.named_texts t
    cross join lateral (
        select max(round((1e6 * ts_rank('{0.1, 0.25, 0.5, 1}', t.whole, a.query, 1) * (1 + (t.title @@ a.query)::integer)
       * (1 + 0.5 * (t.whole @@ a.phrase is true)::integer + (t.whole @@ a.title_phrase is true)::integer) * case when t.resource <> 'event' and t.title @@ a.query then 3 else 1 end
       * power(2, extract(epoch from least(coalesce(t.at, '2010-01-01T00:00:00Z'), '2040-01-01T00:00:00Z') - '2000-01-01T00:00:00Z') / (20 * 31557600.0))
       + case when t.resource <> 'event' and t.names @> array[delivery.fold(@plain)] then 1e9 else 0 end)::numeric)::bigint) as score from asked a
        where  a.config in ('delivery.english'::regconfig, 'delivery.plain'::regconfig)) s
    where  t.resource = any(@resources) and (t.whole @@ (select query from wanted) or t.names @> array[delivery.fold(@plain)])
    order by at desc, id desc limit 1000),
hits as materialized (
    select * from ranked r
    
    order by r.at desc, r.id desc offset @offset limit @take)
select h.resource, h.id, h.at, d.slug, d.title,
       ts_headline(h.config,
                regexp_replace(translate(d.text, e'<\ue000\ue001\ue002\ue003', e'\ue003'), '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])', e'\ue000\\1\ue000', 'g'),
                (select a.query from asked a where a.config = h.config), e'StartSel="\ue001", StopSel="\ue002", MinWords=15, MaxWords=35, ShortWord=2') as headline
from   hits h
cross join lateral (select a.slug, a.title, concat_ws(e'\n', a.summary, left(a.body_text, 16000)) as text
    from   delivery.articles a where h.resource = 'article' and a.item_id = h.item_id
    union all
    select x.slug, x.name, concat_ws(e'\n', concat_ws(', ', x.title, x.organization), left(delivery.text_of(x.bio_html), 16000))
    from   delivery.experts x where h.resource = 'expert' and x.item_id = h.item_id
    union all
    select x.slug, x.name, x.description from delivery.topics x where h.resource = 'topic' and x.item_id = h.item_id
    union all
    select e.slug, e.title, concat_ws(e'\n', e.summary, left(e.body_text, 16000)) from delivery.events e where h.resource = 'event' and e.item_id = h.item_id offset 0) d
order  by h.at desc, h.id desc;
with configs as materialized (select config, articles from delivery.text_configs),
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
    from  (select from delivery.article_texts t where t.item_id % 32 = 0 and t.whole @@ (select loose from wanted) limit @common) s) select ((select count(*)::integer from (select from delivery.article_texts t where t.whole @@ (select query from wanted) and true limit 10001) c) + (select count(*) from delivery.named_texts t where t.resource = any(@resources) and (t.whole @@ (select query from wanted) or t.names @> array[delivery.fold(@plain)])))::integer
