-- Sanitised HTML as text.
create function delivery.text_of(html text) returns text language sql immutable strict parallel safe as $$
    select replace(replace(replace(replace(replace(regexp_replace(html, '<[^>]*>', ' ', 'g'), '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&')
$$;

-- The texts of visible items that each process reads into its index of words.
create view delivery.article_texts as
select l.item_id, 'article' as resource, i.id, i.slug, a.language, a.title, concat_ws(e'\n', a.subtitle, a.summary) as lead, a.body_text as body,
       '{}'::text[] as names
from   content.listing l
join   content.visible_items i on i.item_id = l.item_id
join   content.articles a on a.item_id = l.item_id;

-- names: the ways to write the whole name of an expert or topic.
create view delivery.named_texts as
select i.item_id, i.resource, i.id, i.slug, null::text as language, e.name as title, concat_ws(e'\n', e.title, e.organization) as lead,
       delivery.text_of(e.bio_html) as body,
       array[e.name, e.family_name, concat_ws(' ', e.given_name, e.family_name), concat_ws(' ', e.family_name, e.given_name), i.slug] as names
from   content.visible_items i join content.experts e on e.item_id = i.item_id where i.resource = 'expert'
union all
select i.item_id, i.resource, i.id, i.slug, null, t.name, t.description, '', array[t.name, i.slug]
from   content.visible_items i join content.topics t on t.item_id = i.item_id where i.resource = 'topic'
union all
select i.item_id, i.resource, i.id, i.slug, null, e.title, concat_ws(e'\n', e.summary, e.location), e.body_text, '{}'
from   content.visible_items i join content.events e on e.item_id = i.item_id where i.resource = 'event';
