-- GET /v1/topics?kind=country

select current_setting('content.session', true); -- offset keeps the look-ups from becoming joins, which would read every key and address
select v.n, k.id, k.articles, k.events, k.item_id
from   unnest(@kinds, @resources, @slugs, @roles) with ordinality as v (kind, resource, slug, role, n)
cross join lateral (select f.key as id, f.articles, f.events, f.value_id as item_id
                    from   delivery.filter_keys f
                    where  f.kind = v.kind and f.resource = v.resource and f.slug = v.slug and f.label = v.role
                    offset 0) k
union all
select v.n, 0, 0, 0, 0
from   unnest(@kinds, @slugs) with ordinality as v (kind, slug, n)
where  (v.kind = 'topicKind' and v.slug = any(array(select kind from delivery.topics group by kind order by kind limit 5000)))
or     (v.kind = 'expertKind' and v.slug = any(array(with recursive kinds (kind) as (
    (select kind from delivery.experts order by kind limit 1)
    union all
    select (select e.kind from delivery.experts e where e.kind > k.kind order by e.kind limit 1) from kinds k where k.kind is not null)
select kind from kinds where kind is not null order by kind limit 5000)))
order  by n;
select v.n, a.item_id
from   unnest(@itemSlugs) with ordinality as v (slug, n)
cross join lateral (select d.item_id, d.current, d.current_slug from delivery.addresses d where d.resource = @resource and d.slug = v.slug offset 0) a
order  by v.n, a.current desc, a.current_slug -- several that are gone may have had the slug

-- Another round trip.

select current_setting('content.session', true); select reference_sequence from delivery.head;
select x.item_id from delivery.topics x where true and x.kind = any(@kinds)

-- Another round trip.

select current_setting('content.session', true); select d.*, (select reference_sequence from delivery.head) as reference_sequence
from   unnest(@numbers) with ordinality r (item_id, place)
cross join lateral (select x.item_id, x.id, x.slug, x.name, x.kind, x.description, x.parent_id, x.featured, x.article_count, x.event_count, x.latest_at, x.shown_status from delivery.topics x  where x.item_id = r.item_id offset 0) d
order  by r.place
