-- Previews show what is not public yet. Their views are code.

-- Counts the commits that changed an item or a name, public or not: whatever a preview remembers is as of one of them.
alter table content.head add edits bigint not null default 0;

-- Few, but looked for by every preview.
create index items_hidden on content.items (resource, item_id)
    where not live and merged_into is null and publication_status in ('draft', 'scheduled', 'published');

-- Keys are made for hidden items as well, so that a preview can find them. Views of schema delivery leave out what no visible item has.
insert into content.keys (kind, value_id, label)
select f.kind, f.value_id, f.label
from  (select 'source' as kind, a.source_id as value_id, '' as label from content.articles a where a.source_id is not null
       union
       select 'language', 0, array_to_string((string_to_array(lower(a.language), '-'))[1:n], '-')
       from   content.articles a
       cross join lateral generate_series(1, cardinality(string_to_array(a.language, '-'))) n
       union
       select k.kind, k.value_id, k.label
       from  (select expert_id, role from content.article_experts union select expert_id, role from content.event_experts) x
       cross join lateral (values ('expertRole', x.expert_id, x.role), ('role', 0, x.role)) k (kind, value_id, label)
       union
       select k.kind, 0, k.label
       from   content.events e
       cross join lateral (values ('mode', e.mode), ('status', e.status)) k (kind, label)
       union
       select case i.resource when 'articleType' then 'type' else i.resource end, i.item_id, ''
       from   content.items i where i.resource in ('articleType', 'topic', 'expert')) f
where  not exists (select from content.keys k where k.kind = f.kind and k.value_id = f.value_id and k.label = f.label);
