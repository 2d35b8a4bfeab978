-- GET /v1/changes?include=item

select current_setting('content.session', true);

-- Another round trip.

select h.sequence as head, (select c.at from delivery.changes c where c.sequence = h.sequence) as head_at,
       (select c.at from delivery.changes c where c.sequence = @since) as since_at
from   delivery.head h;

-- A sub-select for each row as it is met, and no join, which would be made for all rows of the walk before the first is given.
with found as materialized (
    select w.sequence, w.resource, w.item_id, w.at
    from  (select c.sequence, c.resource, c.item_id, c.keys, c.at
           from   delivery.changes c
           where  c.sequence > @since
           order  by c.sequence
           limit  @walk) w
    where  w.resource <> 'words'
    and    (@resources::text[] is null or w.resource = any(@resources))
    and    (@topics::integer[] is null or w.keys && @topics)
    and    (@experts::integer[] is null or w.keys && @experts)
    and    (select n.sequence
            from   delivery.changes n
            where  n.item_id = w.item_id and n.sequence > w.sequence
            and    (@topics::integer[] is null or n.keys && @topics)
            and    (@experts::integer[] is null or n.keys && @experts)
            limit  1) is null
    order  by w.sequence
    limit  @take)
select f.sequence, f.resource, f.item_id, f.at, s.id, s.slug, coalesce(s.live, true) as is_live, s.reason, s.successor_slug, s.successor_id, s.previous_slugs, s.withdrawn_at,
       (@topics::integer[] is null or coalesce(k.keys && @topics, false)) and (@experts::integer[] is null or coalesce(k.keys && @experts, false)) as is_in_scope
from   found f
left join lateral (select t.* from delivery.item_states t where t.item_id = f.item_id offset 0) s on true
left join lateral (select l.keys from delivery.listing l where f.resource = 'article' and l.item_id = f.item_id
                   union all
                   select e.keys from delivery.event_listing e where f.resource = 'event' and e.item_id = f.item_id) k on true
order  by f.sequence;

select c.sequence, c.at from delivery.changes c where c.sequence > @since order by c.sequence offset @walk - 1 limit 1

-- Another round trip.

select t.item_id, t.id, t.slug, t.label, t.plural_label, t.article_count from delivery.article_types t where t.item_id = any(@ids) order by t.item_id

-- Another round trip.

select x.item_id, x.id, x.slug, x.name, x.kind, x.description, x.parent_id, x.featured, x.article_count, x.event_count, x.latest_at, x.shown_status, (select reference_sequence from delivery.head) as reference_sequence from delivery.topics x where x.item_id = any(@ids) order by x.item_id
