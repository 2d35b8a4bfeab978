-- GET /v1/experts?limit=2&page=2&count=exact

select current_setting('content.session', true); select d.*, (select reference_sequence from delivery.head) as reference_sequence
from   unnest(@numbers) with ordinality r (item_id, place)
cross join lateral (select x.item_id, x.id, x.slug, x.name, x.given_name, x.family_name, x.title, x.organization, x.program_id, x.kind, x.current,
       x.photo, x.email, x.orcid, x.profiles, x.article_count, x.latest_at, x.shown_status, t.topic_ids, t.topic_articles from delivery.experts x left join lateral (select array_agg(m.topic_id) as topic_ids, array_agg(m.articles) as topic_articles
                   from  (select o.topic_id, o.articles from delivery.expert_topics o
                          where  o.expert_id = x.item_id
                          order  by o.articles desc
                          fetch  first 5 rows with ties) m) t on true where x.item_id = r.item_id offset 0) d
order  by r.place
