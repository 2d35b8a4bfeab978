using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>
/// Keeps values of stored items that their source cannot know (<see cref="ImportLine.Keeps"/>), where the line leaves them empty: an export
/// does not contain the biographies of users, and a site does not show its visitors which topic is an article's primary one. Values in the
/// line take precedence.
/// </summary>
internal static class Kept
{
    private const string AnySql = "select exists (select from stage_items where keeps <> '{}' and not is_new)";

    private const string ArticlesSql = """
        update stage_articles s
        set    summary = case when 'summary' = any(i.keeps) and s.summary = '' then o.summary else s.summary end,
               body_html = case when 'bodyHtml' = any(i.keeps) and s.body_html = '' then o.body_html else s.body_html end,
               body_text = case when 'bodyHtml' = any(i.keeps) and s.body_html = '' then o.body_text else s.body_text end,
               toc = case when 'bodyHtml' = any(i.keeps) and s.body_html = '' then o.toc else s.toc end,
               reading_minutes = case when 'bodyHtml' = any(i.keeps) and s.body_html = '' then o.reading_minutes else s.reading_minutes end,
               word_count = case when 'bodyHtml' = any(i.keeps) and s.body_html = '' then o.word_count else s.word_count end,
               subtitle = case when 'subtitle' = any(i.keeps) then coalesce(s.subtitle, o.subtitle) else s.subtitle end,
               language = case when 'language' = any(i.keeps) then o.language else s.language end,
               canonical_url = case when 'canonicalUrl' = any(i.keeps) then coalesce(s.canonical_url, o.canonical_url) else s.canonical_url end,
               image = case when 'image' = any(i.keeps) then coalesce(s.image, m.id) else s.image end,
               seo = s.seo || (select coalesce(jsonb_object_agg(k.key, k.value), '{}') from jsonb_each(o.seo) k
                               where 'seo.' || k.key = any(i.keeps) and (s.seo -> k.key is null or s.seo -> k.key in ('null'::jsonb, 'false'::jsonb)))
        from   stage_items i
        join   content.articles o on o.item_id = i.item_id
        left join content.images m on m.image_id = o.image_id
        where  i.line = s.line and i.keeps <> '{}' and not i.is_new;

        update stage_references r set target = o.primary_topic_id
        from   stage_items i
        join   content.articles o on o.item_id = i.item_id
        where  r.line = i.line and r.member = 'primaryTopic' and 'primaryTopic' = any(i.keeps) and not i.is_new
        and    exists (select from stage_references t where t.line = i.line and t.member = 'topics' and t.target = o.primary_topic_id)
        -- A primary topic that is merely the first topic was not chosen: it follows when another topic becomes the first.
        and    o.primary_topic_id is distinct from (select l.topic_id from content.article_topics l where l.article_id = o.item_id order by l.position, l.topic_id limit 1);
        """;

    private const string ExpertsSql = """
        update stage_experts s
        set    given_name = case when 'givenName' = any(i.keeps) then coalesce(s.given_name, o.given_name) else s.given_name end,
               family_name = case when 'familyName' = any(i.keeps) then coalesce(s.family_name, o.family_name) else s.family_name end,
               bio_html = case when 'bioHtml' = any(i.keeps) and s.bio_html = '' then o.bio_html else s.bio_html end,
               photo = case when 'photo' = any(i.keeps) then coalesce(s.photo, m.id) else s.photo end,
               orcid = case when 'orcid' = any(i.keeps) then coalesce(s.orcid, o.orcid) else s.orcid end,
               profiles = case when 'profiles' = any(i.keeps) and s.profiles = '[]' then o.profiles else s.profiles end
        from   stage_items i
        join   content.experts o on o.item_id = i.item_id
        left join content.images m on m.image_id = o.photo_id
        where  i.line = s.line and i.keeps <> '{}' and not i.is_new
        """;

    private const string PagesSql = """
        update stage_pages s
        set    language = case when 'language' = any(i.keeps) then o.language else s.language end,
               summary = case when 'summary' = any(i.keeps) and s.summary = '' then o.summary else s.summary end,
               body_html = case when 'bodyHtml' = any(i.keeps) and s.body_html = '' then o.body_html else s.body_html end,
               body_text = case when 'bodyHtml' = any(i.keeps) and s.body_html = '' then o.body_text else s.body_text end,
               toc = case when 'bodyHtml' = any(i.keeps) and s.body_html = '' then o.toc else s.toc end,
               image = case when 'image' = any(i.keeps) then coalesce(s.image, m.id) else s.image end,
               seo = s.seo || (select coalesce(jsonb_object_agg(k.key, k.value), '{}') from jsonb_each(o.seo) k
                               where 'seo.' || k.key = any(i.keeps) and (s.seo -> k.key is null or s.seo -> k.key in ('null'::jsonb, 'false'::jsonb)))
        from   stage_items i
        join   content.pages o on o.item_id = i.item_id
        left join content.images m on m.image_id = o.image_id
        where  i.line = s.line and i.keeps <> '{}' and not i.is_new
        """;

    public static async Task Run(ImportSession session)
    {
        if (!await session.Get<bool>(AnySql))
            return;
        if (session.Stage.Has<ArticleLine>())
            await session.Run(ArticlesSql);
        if (session.Stage.Has<ExpertLine>())
            await session.Run(ExpertsSql);
        if (session.Stage.Has<PageLine>())
            await session.Run(PagesSql);
    }
}
