create schema if not exists preview;
grant usage on schema preview to content_preview;

-- What a preview shows is set for each transaction. Without the settings that it needs every statement that reads items fails. The views of
-- schema content are for those of schema preview, which alone the login for previews can read.
--   preview.shows   drafts: what is public, and drafts, scheduled and embargoed items
--                   at:     what is public at preview.at
--                   early:  what is public, and preview.items
--   preview.at      the moment, in seconds since 1970; now for the present
--   preview.topics  the topics of a key of scope early, as an array of their numbers
--   preview.items   what is under embargo on these topics (preview.early_items), as an array of numbers
-- Fails for anything else than the three: no number begins so.
create function preview.mode() returns text language sql stable as $$
    select case when current_setting('preview.shows') in ('drafts', 'at', 'early') then current_setting('preview.shows')
                else ('unknown view ' || current_setting('preview.shows'))::integer::text end
$$;

create function preview.moment() returns timestamptz language sql stable as $$
    select case current_setting('preview.at') when 'now' then now() else to_timestamp(current_setting('preview.at')::double precision) end
$$;

-- Items that may become visible as they are, now or later.
create view content.prospects as
select i.*
from   content.items i
where  i.merged_into is null and i.publication_status in ('draft', 'scheduled', 'published');

-- The one rule of what a preview shows. A draft without a date stands where its last change puts it.
create view content.previewed_items as
select i.item_id, i.id, i.resource, i.slug, coalesce(i.published_at, i.updated_at) as published_at, i.expires_at, i.updated_at, i.version,
       i.merged_into, i.visible_from, i.live, i.public_slug, i.withdrawn_at,
       case when i.publication_status = 'draft' or i.visible_from is null then 'draft'
            when i.visible_from <= now() then 'published'
            when i.publication_status = 'published' and i.visible_from = i.embargo_until then 'embargoed'
            else 'scheduled' end as shown_status,
       case when i.embargo_until > now() then i.embargo_until end as shown_embargo
from   content.prospects i
where  (i.expires_at is null or i.expires_at > preview.moment())
and    case current_setting('preview.shows')
           when 'drafts' then true
           when 'at' then i.visible_from <= preview.moment()
           when 'early' then i.visible_from <= now() or i.item_id = any (current_setting('preview.items')::integer[])
           else preview.mode() is null end;

-- What is under embargo, and visible when that ends, on the topics of a key of scope early, or on topics below them.
create view preview.early_items as
select i.item_id
from   content.prospects i
where  not i.live and i.visible_from > now() and i.publication_status = 'published' and i.visible_from = i.embargo_until
and    exists (select
               from  (select l.topic_id from content.article_topics l where l.article_id = i.item_id
                      union all
                      select l.topic_id from content.event_topics l where l.event_id = i.item_id) l
               join   content.topic_ancestors a on a.topic_id = l.topic_id
               where  a.ancestor_id in (select coalesce(t.merged_into, t.item_id) from content.items t
                                        where  t.item_id = any (current_setting('preview.topics')::integer[])));
