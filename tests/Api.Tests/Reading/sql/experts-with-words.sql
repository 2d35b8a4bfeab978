-- GET /v1/experts?q=trade

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
           having bool_or(numnode(a.wanted) > 0) filter (where a.config = (select config from usual))) a)
select d.*, (select reference_sequence from delivery.head) as reference_sequence
from   (select f.item_id, f.at, f.id
        from  (select x.item_id, x.name_sort as at, x.id from delivery.experts x where true and x.item_id in (select t.item_id from delivery.named_texts t where t.resource = 'expert' and t.whole @@ (select query from wanted)) offset 0) f
        
        order by f.at asc, f.id asc offset @offset limit @take) r
cross join lateral (select x.item_id, x.id, x.slug, x.name, x.given_name, x.family_name, x.name_sort, x.title, x.organization, x.program_id, x.kind, x.current,
       x.photo, x.email, x.orcid, x.profiles, x.article_count, x.latest_at, t.topic_ids, t.topic_articles from delivery.experts x left join lateral (select array_agg(m.topic_id) as topic_ids, array_agg(m.articles) as topic_articles
                   from  (select o.topic_id, o.articles from delivery.expert_topics o
                          where  o.expert_id = x.item_id
                          order  by o.articles desc
                          fetch  first 5 rows with ties) m) t on true where x.item_id = r.item_id offset 0) d
order  by r.at asc, r.id asc;
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
           having bool_or(numnode(a.wanted) > 0) filter (where a.config = (select config from usual))) a) select count(*)::integer from (select from delivery.experts x where true and x.item_id in (select t.item_id from delivery.named_texts t where t.resource = 'expert' and t.whole @@ (select query from wanted)) limit 10001) c
