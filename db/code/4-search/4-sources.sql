-- The names of these experts and topics, one on a line.
create function content.names_of(ids integer[]) returns text language sql stable as $$
    select string_agg(n.name, E'\n' order by n.name)
    from  (select e.name from content.experts e where e.item_id = any (ids) union all select t.name from content.topics t where t.item_id = any (ids)) n
$$;

-- A name, followed by the words of the slug where they differ: names in another script are often searched for in Latin letters.
create function content.name_and_slug(name text, slug text) returns text language sql stable as $$
    select case when delivery.fold(name) = delivery.fold(slug) then name else name || ' ' || slug end
$$;

-- The texts of an item that search reads. related: the experts and topics whose names are read as well.
create view content.article_sources as
select l.item_id, l.published_at, l.updated_at, l.expires_at, a.language, a.title, concat_ws(e'\n', a.subtitle, a.summary) as lead, l.expert_ids || l.topic_ids as related, a.body_text as body
from   content.listing l
join   content.articles a on a.item_id = l.item_id;

create view content.named_sources as
select i.item_id, i.resource, null::timestamptz as at, content.name_and_slug(e.name, i.slug) as title, concat_ws(e'\n', e.title, e.organization) as lead,
       '{}'::integer[] as related, delivery.text_of(e.bio_html) as body,
       array[e.name, e.family_name, concat_ws(' ', e.given_name, e.family_name), concat_ws(' ', e.family_name, e.given_name), replace(i.slug, '-', ' ')] as names
from   content.items i join content.experts e on e.item_id = i.item_id where i.resource = 'expert' and i.live
union all
select i.item_id, i.resource, null, content.name_and_slug(t.name, i.slug), t.description, '{}', '', array[t.name, replace(i.slug, '-', ' ')]
from   content.items i join content.topics t on t.item_id = i.item_id where i.resource = 'topic' and i.live
union all
select i.item_id, i.resource, e.starts_at, e.title, concat_ws(e'\n', e.summary, e.location), l.expert_ids || l.topic_ids, e.body_text, array[e.title]
from   content.items i
join   content.events e on e.item_id = i.item_id
join   content.event_listing l on l.item_id = i.item_id
where  i.resource = 'event' and i.live;

-- A hash of the texts of an item. Of the related experts and topics it covers only the ids: content.refresh_texts() handles renaming.
create function content.digest_of(s content.article_sources) returns uuid language sql immutable as
$$ select md5(concat_ws(e'\x1f', s.language, s.title, s.lead, s.related::text, s.body))::uuid $$;
create function content.digest_of(s content.named_sources) returns uuid language sql immutable as
$$ select md5(concat_ws(e'\x1f', s.at, s.title, s.lead, s.related::text, s.body, array_to_string(s.names, e'\x1f')))::uuid $$;
