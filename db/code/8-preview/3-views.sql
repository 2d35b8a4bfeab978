-- Outlets, languages and roles: a key of scope early finds by those that are public. Modes and statuses are the same for everybody.
create view preview.sources as
select s.source_id, s.slug, s.name, k.key, k.articles, k.events
from   content.sources s
join   content.keys k on k.kind = 'source' and k.value_id = s.source_id and k.label = ''
where  preview.mode() in ('drafts', 'at') or k.articles > 0;

create view preview.label_keys as
select k.kind, k.label, k.key, k.articles, k.events
from   content.keys k
where  k.value_id = 0
and    (k.kind in ('all', 'featured', 'mode', 'status')
        or (k.kind in ('role', 'language') and (preview.mode() in ('drafts', 'at') or k.articles + k.events > 0)));

create view preview.item_keys as
select k.*
from   content.keys k
where  k.kind <> 'expertRole' or preview.mode() in ('drafts', 'at') or k.articles + k.events > 0;

-- A preview remembers nothing that a commit could change: each commit makes a new state of names and lists.
create view preview.head as select h.edits as sequence, h.edits as reference_sequence, h.changed_at from content.head h;

create view preview.changes as select c.* from delivery.changes c where false;

-- Previews keep no order of names, so they need not know when one ends.
create view preview.expiries as select i.item_id, i.resource, i.expires_at from content.prospects i where false;

-- The other views are those of schema delivery, with the preview's rule of visibility in place of the public one. They depend on each other
-- in this order.
do $$
declare
    of_delivery text;
    definition  text;
begin
    perform set_config('search_path', '', true);
    foreach of_delivery in array array[
        'topics', 'topic_ancestors', 'experts', 'expert_topics', 'article_types', 'articles', 'events', 'pages', 'menus', 'menu_items',
        'page_parents', 'withdrawals', 'item_states', 'addresses', 'redirects', 'filter_keys', 'article_index', 'event_index', 'index_keys'] loop
        definition := pg_get_viewdef(format('delivery.%I', of_delivery)::regclass);
        definition := regexp_replace(definition, '\mcontent\.visible_items\M', 'content.previewed_items', 'g');
        definition := regexp_replace(definition, '\mcontent\.(listing|event_listing)\M', 'content.previewed_\1', 'g');
        definition := regexp_replace(definition, '\mdelivery\.', 'preview.', 'g');
        execute format('create view preview.%I as %s', of_delivery, definition);
    end loop;
    perform set_config('search_path', '"$user", public', true);
end $$;

-- The articles and events that a preview with drafts has now and this one has not.
create view preview.left_out as
select i.item_id, i.resource
from   content.prospects i
left join content.previewed_items v on v.item_id = i.item_id
where  i.resource in ('article', 'event') and v.item_id is null and (i.expires_at is null or i.expires_at > now());

-- The articles and events whose keys are others than in a preview with drafts, as it shows topics or experts that this one does not.
create view preview.found_otherwise as
with hidden as (
    select i.item_id
    from   content.prospects i
    left join content.previewed_items v on v.item_id = i.item_id
    where  i.resource in ('topic', 'expert') and v.item_id is null)
select l.article_id as item_id
from   hidden h join content.topic_ancestors a on a.ancestor_id = h.item_id join content.article_topics l on l.topic_id = a.topic_id
union
select l.article_id from hidden h join content.article_experts l on l.expert_id = h.item_id
union
select l.event_id
from   hidden h join content.topic_ancestors a on a.ancestor_id = h.item_id join content.event_topics l on l.topic_id = a.topic_id
union
select l.event_id from hidden h join content.event_experts l on l.expert_id = h.item_id;

-- Whether a topic or expert that is not public has expired, which makes no commit.
create view preview.has_lost_names as
select exists (select from content.prospects i where not i.live and i.resource in ('topic', 'expert') and i.expires_at <= now()) as has_lost_names;

-- The span of time, with its start, in which no item of the preview appears or expires. A null end is open.
create view preview.span as
select max(m.at) filter (where m.at <= preview.moment()) as since, min(m.at) filter (where m.at > preview.moment()) as until
from  (select i.visible_from as at from content.prospects i where i.visible_from > '-infinity'
       union all
       select i.expires_at from content.prospects i where i.expires_at is not null) m;

grant select on all tables in schema preview to content_preview;
