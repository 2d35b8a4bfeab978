using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Writes what only one kind of item has, where it differs.</summary>
internal static class Details
{
    private const string ImagesSql = """
        insert into content.images (id, image)
        select distinct on (s.id) s.id, s.image
        from   stage_images s
        where  not exists (select from content.images o where o.id = s.id)
        order  by s.id
        """;

    private const string ArticleTypesSql = """
        insert into content.article_types (item_id, label, plural_label)
        select i.item_id, s.label, s.plural_label
        from   stage_article_types s
        join   stage_items i on i.line = s.line
        left join content.article_types o on o.item_id = i.item_id
        where  o.item_id is null or (o.label, o.plural_label) is distinct from (s.label, s.plural_label)
        on conflict (item_id) do update set label = excluded.label, plural_label = excluded.plural_label
        returning item_id
        """;

    private const string TopicsSql = """
        insert into content.topics (item_id, name, name_sort, kind, description, parent_id, featured)
        select i.item_id, s.name, s.name_sort, s.kind, s.description, p.target, s.featured
        from   stage_topics s
        join   stage_items i on i.line = s.line
        left join stage_references p on p.line = s.line and p.member = 'parent'
        left join content.topics o on o.item_id = i.item_id
        where  o.item_id is null
        or     (o.name, o.name_sort, o.kind, o.description, o.parent_id, o.featured)
               is distinct from (s.name, s.name_sort, s.kind, s.description, p.target, s.featured)
        on conflict (item_id) do update
        set    name = excluded.name, name_sort = excluded.name_sort, kind = excluded.kind, description = excluded.description,
               parent_id = excluded.parent_id, featured = excluded.featured
        returning item_id
        """;

    private const string ExpertsSql = """
        insert into content.experts (item_id, name, given_name, family_name, name_sort, title, organization, program_id, kind, current,
                                     photo_id, bio_html, email, email_public, profiles)
        select i.item_id, s.name, s.given_name, s.family_name, s.name_sort, s.title, s.organization, p.target, s.kind, s.current,
               m.image_id, s.bio_html, s.email, s.email_public, s.profiles
        from   stage_experts s
        join   stage_items i on i.line = s.line
        left join stage_references p on p.line = s.line and p.member = 'program'
        left join content.images m on m.id = s.photo
        left join content.experts o on o.item_id = i.item_id
        where  o.item_id is null
        or     (o.name, o.given_name, o.family_name, o.name_sort, o.title, o.organization, o.program_id, o.kind, o.current,
                o.photo_id, o.bio_html, o.email, o.email_public, o.profiles)
               is distinct from
               (s.name, s.given_name, s.family_name, s.name_sort, s.title, s.organization, p.target, s.kind, s.current,
                m.image_id, s.bio_html, s.email, s.email_public, s.profiles)
        on conflict (item_id) do update
        set    name = excluded.name, given_name = excluded.given_name, family_name = excluded.family_name, name_sort = excluded.name_sort,
               title = excluded.title, organization = excluded.organization, program_id = excluded.program_id, kind = excluded.kind,
               current = excluded.current, photo_id = excluded.photo_id, bio_html = excluded.bio_html, email = excluded.email,
               email_public = excluded.email_public, profiles = excluded.profiles
        returning item_id
        """;

    private const string EventsSql = """
        insert into content.events (item_id, title, summary, body_html, body_text, status, starts_at, ends_at, time_zone, mode, location,
                                    registration_url, recording_url, image_id, starts_on, ends_on)
        select i.item_id, s.title, s.summary, s.body_html, s.body_text, s.status, s.starts_at, s.ends_at, s.time_zone, s.mode, s.location,
               s.registration_url, s.recording_url, m.image_id, s.starts_on, s.ends_on
        from   stage_events s
        join   stage_items i on i.line = s.line
        left join content.images m on m.id = s.image
        left join content.events o on o.item_id = i.item_id
        where  o.item_id is null
        or     (o.title, o.summary, o.body_html, o.body_text, o.status, o.starts_at, o.ends_at, o.time_zone, o.mode, o.location,
                o.registration_url, o.recording_url, o.image_id, o.starts_on, o.ends_on)
               is distinct from
               (s.title, s.summary, s.body_html, s.body_text, s.status, s.starts_at, s.ends_at, s.time_zone, s.mode, s.location,
                s.registration_url, s.recording_url, m.image_id, s.starts_on, s.ends_on)
        on conflict (item_id) do update
        set    title = excluded.title, summary = excluded.summary, body_html = excluded.body_html, body_text = excluded.body_text,
               status = excluded.status, starts_at = excluded.starts_at, ends_at = excluded.ends_at, time_zone = excluded.time_zone,
               mode = excluded.mode, location = excluded.location, registration_url = excluded.registration_url,
               recording_url = excluded.recording_url, image_id = excluded.image_id, starts_on = excluded.starts_on, ends_on = excluded.ends_on
        returning item_id
        """;

    private const string PagesSql = """
        insert into content.pages (item_id, title, summary, body_html, body_text, language, parent_id, image_id, seo, toc)
        select i.item_id, s.title, s.summary, s.body_html, s.body_text, s.language, p.target, m.image_id, s.seo, s.toc
        from   stage_pages s
        join   stage_items i on i.line = s.line
        left join stage_references p on p.line = s.line and p.member = 'parent'
        left join content.images m on m.id = s.image
        left join content.pages o on o.item_id = i.item_id
        where  o.item_id is null
        or     (o.title, o.summary, o.body_html, o.body_text, o.language, o.parent_id, o.image_id, o.seo, o.toc)
               is distinct from (s.title, s.summary, s.body_html, s.body_text, s.language, p.target, m.image_id, s.seo, s.toc)
        on conflict (item_id) do update
        set    title = excluded.title, summary = excluded.summary, body_html = excluded.body_html, body_text = excluded.body_text,
               language = excluded.language, parent_id = excluded.parent_id, image_id = excluded.image_id, seo = excluded.seo,
               toc = excluded.toc
        returning item_id
        """;

    private const string MenusSql = """
        insert into content.menus (item_id, label)
        select i.item_id, s.label
        from   stage_menus s
        join   stage_items i on i.line = s.line
        left join content.menus o on o.item_id = i.item_id
        where  o.item_id is null or o.label <> s.label
        on conflict (item_id) do update set label = excluded.label
        returning item_id
        """;

    public static async Task Write(ImportSession session)
    {
        if (session.Stage.Has<ImageRow>())
            await session.Run(ImagesSql);
        if (session.Stage.Has<ArticleRow>())
            await Sources.Write(session);
        await Write<ArticleTypeRow>(ArticleTypesSql);
        await Write<TopicRow>(TopicsSql);
        await Write<ExpertRow>(ExpertsSql);
        await Write<ArticleRow>(ArticleDetails.WriteSql);
        await Write<EventRow>(EventsSql);
        await Write<PageRow>(PagesSql);
        await Write<MenuRow>(MenusSql);

        async Task Write<T>(string sql)
        {
            if (session.Stage.Has<T>())
                await session.Run(Noting(sql));
        }
    }

    /// <summary>The statement, with the items it wrote noted as changed.</summary>
    /// <param name="sql">Returns <c>item_id</c>.</param>
    public static string Noting(string sql) =>
        $"with written as ({sql}) update stage_items s set changed = true from written w where s.item_id = w.item_id and not s.is_new and not s.changed";
}
