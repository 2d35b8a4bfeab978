namespace Api.Export;

/// <summary>Experts, articles and events.</summary>
internal static class WorkSql
{
    public const string Experts = $"""
        select {ItemSql.Members}, e.name, e.given_name as "givenName", e.family_name as "familyName", e.title, e.organization,
               (select {ItemSql.Named} from content.items n where n.item_id = e.program_id) as program, e.kind, e.current,
               (select jsonb_strip_nulls(m.image) from content.images m where m.image_id = e.photo_id) as photo,
               nullif(e.bio_html, '') as "bioHtml", e.email, e.email_public as "emailPublic", e.orcid, nullif(e.profiles, '[]') as profiles
        from   content.items i
        left join content.experts e on e.item_id = i.item_id
        where  i.resource = 'expert'
        order  by i.item_id
        """;

    // An article without a primary topic is exported with null. The primary topic may be the 101st topic: it is left out of the topics
    // then, as the import adds it again. In a large translation group each article names the same first ones. No article names a merged
    // one: the reference would mean the merge target.
    public const string Articles = $"""
        select {ItemSql.Members}, i.published_at as "publishedAt", i.version,
               (select {ItemSql.Named} from content.items n where n.item_id = a.type_id) as type,
               a.title, a.subtitle, nullif(a.summary, '') as summary, a.language,
               case when a.item_id is not null then
                   coalesce((select to_json({ItemSql.Named}) from content.items n where n.item_id = a.primary_topic_id), 'null')
               end as "primaryTopic",
               (select json_agg(t.name order by t.position, t.topic_id)
                from  (select {ItemSql.Named} as name, l.position, l.topic_id
                       from   content.article_topics l
                       join   content.items n on n.item_id = l.topic_id
                       where  l.article_id = a.item_id
                       order  by l.position, l.topic_id
                       limit  100) t) as topics,
               (select json_agg(json_build_object('slug', {ItemSql.Named}, 'role', l.role) order by l.position, l.expert_id, l.role)
                from   content.article_experts l
                join   content.items n on n.item_id = l.expert_id
                where  l.article_id = a.item_id) as experts,
               (select json_strip_nulls(json_build_object('slug', s.slug, 'name', s.name, 'url', a.source_url))
                from   content.sources s where s.source_id = a.source_id) as source,
               a.canonical_url as "canonicalUrl",
               (select jsonb_strip_nulls(m.image) from content.images m where m.image_id = a.image_id) as image,
               nullif(jsonb_strip_nulls(a.files), '[]') as files, nullif(a.corrections, '[]') as corrections,
               (select json_agg(g.name order by g.item_id)
                from  (select {ItemSql.Named} as name, n.item_id
                       from   content.translations own
                       join   content.translations o on o.translation_group = own.translation_group and o.article_id <> own.article_id
                       join   content.items n on n.item_id = o.article_id and n.merged_into is null
                       where  own.article_id = a.item_id
                       order  by n.item_id
                       limit  50) g) as translations,
               nullif(jsonb_strip_nulls(a.seo), '{StructureSql.Seo}') as seo,
               case when a.license_id is not null then json_build_object('id', a.license_id, 'url', a.license_url) end as license,
               a.doi, a.report_number as "reportNumber", a.featured, nullif(a.body_html, '') as "bodyHtml"
        from   content.items i
        left join content.articles a on a.item_id = i.item_id
        where  i.resource = 'article'
        order  by i.item_id
        """;

    // The instants of an all-day event follow from its days: another version of the time zone database may give other instants.
    public const string Events = $"""
        select {ItemSql.Members}, e.title, nullif(e.summary, '') as summary, e.status,
               case when e.starts_on is null then e.starts_at end as "startsAt", case when e.starts_on is null then e.ends_at end as "endsAt",
               case when e.starts_on is not null then true end as "allDay", e.starts_on as "startsOn", nullif(e.ends_on, e.starts_on) as "endsOn",
               e.time_zone as "timeZone", e.mode, e.location, e.registration_url as "registrationUrl", e.recording_url as "recordingUrl",
               (select json_agg({ItemSql.Named} order by l.position, l.topic_id)
                from   content.event_topics l
                join   content.items n on n.item_id = l.topic_id
                where  l.event_id = e.item_id) as topics,
               (select json_agg(json_build_object('slug', {ItemSql.Named}, 'role', l.role) order by l.position, l.expert_id, l.role)
                from   content.event_experts l
                join   content.items n on n.item_id = l.expert_id
                where  l.event_id = e.item_id) as experts,
               (select jsonb_strip_nulls(m.image) from content.images m where m.image_id = e.image_id) as image,
               nullif(e.body_html, '') as "bodyHtml"
        from   content.items i
        left join content.events e on e.item_id = i.item_id
        where  i.resource = 'event'
        order  by i.item_id
        """;
}
