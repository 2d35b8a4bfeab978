-- Under what an article can be found, as before, in fewer looks at it: this is most of what publishing many articles costs.
-- A hidden topic or expert, and what stands above a hidden topic only, does not count.
create or replace view content.article_keys as
select a.item_id, k.kind, k.value_id, k.label
from   content.articles a
cross join lateral (values ('all', 0, ''), ('type', a.type_id, ''), ('source', a.source_id, ''),
                           ('featured', case when a.featured then 0 end, ''), ('language', 0, lower(a.language))) k (kind, value_id, label)
where  k.value_id is not null
union all -- en-US is found under en as well (RFC 4647, basic filtering)
select a.item_id, 'language', 0, array_to_string((string_to_array(lower(a.language), '-'))[1:n], '-')
from   content.articles a, generate_series(1, cardinality(string_to_array(a.language, '-')) - 1) n
where  a.language like '%-%'
union all
select l.article_id, 'topic', t.ancestor_id, ''
from   content.article_topics l
join   content.items own on own.item_id = l.topic_id and own.live
join   content.topic_ancestors t on t.topic_id = l.topic_id
join   content.items above on above.item_id = t.ancestor_id and above.live
union all
select l.article_id, k.kind, k.value_id, k.label
from   content.article_experts l
join   content.items i on i.item_id = l.expert_id and i.live
cross join lateral (values ('expert', l.expert_id, ''), ('expertRole', l.expert_id, l.role), ('role', 0, l.role)) k (kind, value_id, label);

-- Now read as a whole.
drop index content.found_next_item_id_idx;

create or replace function content.apply_events(this xid8) returns void language plpgsql as $$
begin
    if not exists (select from content.touched c join content.items e on e.item_id = c.item_id
                   where c.transaction = this and e.resource = 'event') then
        return;
    end if;

    with gone as (
        delete from content.event_listing o using content.touched c
        where  c.transaction = this and c.item_id = o.item_id
        returning o.keys),
    counted as (select k.key, count(*)::integer as n from gone, unnest(gone.keys) k (key) group by k.key)
    update content.keys k set events = k.events - c.n from counted c where k.key = c.key;

    with come as (
        insert into content.event_listing
        select i.item_id, i.id, e.starts_at, e.ends_at, i.expires_at, f.keys,
               array(select l.topic_id
                     from   content.event_topics l join content.items t on t.item_id = l.topic_id and t.live
                     where  l.event_id = i.item_id
                     order  by l.position, l.topic_id),
               coalesce(x.ids, '{}'), coalesce(x.roles, '{}')
        from  (select n.item_id, array_agg(distinct k.key order by k.key) as keys
               from   content.found_next n
               join   content.keys k on k.kind = n.kind and k.value_id = n.value_id and k.label = n.label
               group  by n.item_id) f
        join   content.items i on i.item_id = f.item_id and i.live
        join   content.events e on e.item_id = f.item_id
        cross join lateral (select array_agg(l.expert_id order by l.position, l.expert_id, l.role) as ids,
                                   array_agg(l.role order by l.position, l.expert_id, l.role) as roles
                            from   content.event_experts l join content.items p on p.item_id = l.expert_id and p.live
                            where  l.event_id = i.item_id) x
        returning keys),
    counted as (select k.key, count(*)::integer as n from come, unnest(come.keys) k (key) group by k.key)
    update content.keys k set events = k.events + c.n from counted c where k.key = c.key;
end $$;
