-- GET /v1/events?q=sea

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
select array(select t.item_id from delivery.named_texts t where t.resource = 'event' and t.whole @@ (select query from wanted)) as numbers, 1 as step;
select case when h.sequence >= @sequence then
           array(select distinct c.item_id from delivery.changes c where c.sequence > @sequence and c.resource = 'event' limit 10001) end
from   delivery.head h

-- Another round trip.

select current_setting('content.session', true); select h.sequence, h.reference_sequence,
       exists (select from delivery.changes c where c.sequence > @sequence and c.resource = 'event' and c.item_id = any(@numbers)) as is_changed
from   delivery.head h;
select e.item_id, e.id, e.slug, e.updated_at, e.title, e.summary, e.status, e.starts_at, e.ends_at, e.time_zone, e.mode, e.location,
       e.registration_url, e.recording_url, e.image, e.topic_ids, e.expert_ids, e.expert_roles, e.starts_on, e.ends_on from delivery.events e where e.item_id = any(@numbers)
