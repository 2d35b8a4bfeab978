-- Refreshes the listing of events and the event counts of the keys.
create function content.refresh_events(this xid8) returns void language plpgsql as $$
begin
    if not exists (select from content.dirty_items c join content.items e on e.item_id = c.item_id
                   where c.transaction = this and e.resource = 'event') then
        return;
    end if;

    with removed as (
        delete from content.event_listing o using content.dirty_items c
        where  c.transaction = this and c.item_id = o.item_id
        returning o.keys),
    counted as (select k.key, count(*)::integer as n from removed, unnest(removed.keys) k (key) group by k.key)
    update content.keys k set events = k.events - c.n from counted c where k.key = c.key;

    with added as (
        insert into content.event_listing
        select i.item_id, i.id, e.starts_at, e.ends_at, i.expires_at, f.keys,
               t.ids, coalesce(x.ids, '{}'), coalesce(x.roles, '{}'), e.starts_on,
               md5(row (i.public_slug, e.title, e.summary, e.status, extract(epoch from e.starts_at), extract(epoch from e.ends_at), e.starts_on,
                        e.ends_on, e.time_zone, e.mode, e.location, e.image_id, t.ids)::text)::uuid
        from  (select n.item_id, array_agg(distinct k.key order by k.key) as keys
               from   content.event_keys_next n
               join   content.keys k on k.kind = n.kind and k.value_id = n.value_id and k.label = n.label
               group  by n.item_id) f
        join   content.items i on i.item_id = f.item_id and i.live
        join   content.events e on e.item_id = f.item_id
        cross join lateral (select array(select l.topic_id
                                         from   content.event_topics l join content.items t on t.item_id = l.topic_id and t.live
                                         where  l.event_id = i.item_id
                                         order  by l.position, l.topic_id) as ids) t
        cross join lateral (select array_agg(l.expert_id order by l.position, l.expert_id, l.role) as ids,
                                   array_agg(l.role order by l.position, l.expert_id, l.role) as roles
                            from   content.event_experts l join content.items p on p.item_id = l.expert_id and p.live
                            where  l.event_id = i.item_id) x
        returning keys),
    counted as (select k.key, count(*)::integer as n from added, unnest(added.keys) k (key) group by k.key)
    update content.keys k set events = k.events + c.n from counted c where k.key = c.key;
end $$;
