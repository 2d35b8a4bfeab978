using System.Globalization;
using System.Text.Json.Nodes;
using Api.Import.WordPress.Hidden;

namespace Api.Import.WordPress;

/// <summary>Writes posts as what they become.</summary>
internal sealed class WordPressPostLines(WordPressSurvey survey, WordPressNotes notes)
{
    private const int MaxSummary = 10_000;
    private const int MaxTopics = 100;
    private const int MaxMeta = 2_000;
    private const int MaxTranslations = 50;

    private readonly WordPressBody _body = new(survey.Attachments, survey.ReusableBlocks, survey.Mapping.Hidden, notes, survey.SiteUrl);

    /// <summary>The line of an item.</summary>
    /// <param name="item">The item with its texts.</param>
    /// <param name="post">What the survey knows of it.</param>
    public WordPressLine Of(WxrItem item, WordPressPost post)
    {
        var hidden = new HiddenParts();
        var text = new WordPressText(_body.Render(item.Content, post.PostId, item.Link, hidden), hidden);
        var line = post.Resource switch
        {
            "event" => WordPressEventLine.Of(item, post, survey, text.Html, Summary(item, text), Picture(item, post), notes),
            "expert" => WordPressExpertLine.Of(item, post, survey, text.Html, Picture(item, post)),
            _ => TextLine(item, post, text),
        };
        if (hidden.Describe() is { } note)
            notes.Add(post.Item, post.Line, note);
        return new(line, post.Item, post.Line);
    }

    private string Summary(WxrItem item, WordPressText text) =>
        text.Open("summary", PlainText.Of(HiddenText.Cut(item.Excerpt, survey.Mapping.Hidden, text.Hidden), MaxSummary));

    private JsonObject TextLine(WxrItem item, WordPressPost post, WordPressText text)
    {
        var line = new JsonObject
        {
            ["resource"] = post.Resource,
            ["id"] = survey.Posts.IdOf(post, item.Guid).ToString(),
            ["slug"] = post.Slug,
            ["publicationStatus"] = post.Status,
            ["previousSlugs"] = new JsonArray([.. post.PreviousSlugs.Select(s => JsonValue.Create(s))]),
            ["title"] = post.Title,
            ["summary"] = Summary(item, text),
            ["bodyHtml"] = text.Html,
            ["image"] = Picture(item, post),
            ["seo"] = Seo(item, text),
        };
        if (LanguageOf(item) is { } language)
            line["language"] = language;
        if (post.Resource == "page")
            AddPage(line, item, post);
        else
            AddArticle(line, item, post, text);
        return line;
    }

    private void AddPage(JsonObject line, WxrItem item, WordPressPost post)
    {
        line["parent"] = Parent(post);
        if ((survey.Dates.Modified(item) ?? post.PublishedAt) is { } updated)
            line["updatedAt"] = Instant(updated);
        Embargo(line, post);
    }

    private void AddArticle(JsonObject line, WxrItem item, WordPressPost post, WordPressText text)
    {
        line["type"] = survey.TypeOf(item).Slug;
        line["featured"] = item.Field("is_sticky") == "1";
        line["files"] = WordPressFiles.Of(text, post, survey.Attachments);
        if (survey.Translations.Of(item, post).Take(MaxTranslations).Select(p => (JsonNode)new JsonObject { ["slug"] = p.Slug }).ToArray() is { Length: > 0 } translations)
            line["translations"] = new JsonArray(translations);
        line["experts"] = new JsonArray([.. WordPressCredits.Of(item, survey).Take(200)
            .Select(credit => new JsonObject { ["slug"] = credit.Author.Slug, ["role"] = credit.Role })]);
        var topics = Topics(item, survey, notes);
        line["topics"] = new JsonArray([.. topics.Select(s => JsonValue.Create(s))]);
        if (survey.Terms.FindById(item.MetaValue("_yoast_wpseo_primary_category"))?.Topic?.TopicSlug is { } primary && topics.Contains(primary))
            line["primaryTopic"] = primary;
        if (post.PublishedAt is { } published)
            line["publishedAt"] = Instant(published);
        if (survey.Dates.Modified(item) is { } modified && modified > post.PublishedAt && post.Status == "published")
            line["updatedAt"] = Instant(modified);
        if (Uri.TryCreate(item.MetaValue("_yoast_wpseo_canonical"), UriKind.Absolute, out var canonical) && canonical.Scheme is "http" or "https")
            line["canonicalUrl"] = canonical.AbsoluteUri;
    }

    /// <summary>Only articles have a date of publication of their own; what else is scheduled is under embargo until then.</summary>
    public static void Embargo(JsonObject line, WordPressPost post)
    {
        if (post.Status != "scheduled")
            return;
        line["publicationStatus"] = "published";
        line["embargoUntil"] = Instant(post.PublishedAt!.Value);
    }

    /// <summary>The slugs of an item's topics, categories first.</summary>
    public static IReadOnlyList<string> Topics(WxrItem item, WordPressSurvey survey, WordPressNotes notes)
    {
        var topics = item.Terms.OrderBy(t => t.Taxonomy switch { "category" => 0, "post_tag" => 2, _ => 1 })
            .Select(t => survey.Terms.Find(t)?.Topic?.TopicSlug).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (topics.Count > MaxTopics)
            notes.Add(item.Number, item.Line, string.Create(CultureInfo.InvariantCulture, $"it has {topics.Count} topics: the first {MaxTopics} are kept"));
        return [.. topics.Take(MaxTopics)];
    }

    private JsonObject? Picture(WxrItem item, WordPressPost post)
    {
        var id = item.MetaValue("_thumbnail_id");
        if (id is "" or "0" or "-1")
            return null;
        if (survey.Attachments.FindPicture(id) is { } picture)
            return picture.ToImage();
        notes.Add(post.Item, post.Line, $"its featured image, attachment {id}, is not in the file, or not public");
        return null;
    }

    private string? Parent(WordPressPost post)
    {
        if (post.Parent is "" or "0")
            return null;
        if (survey.Posts.FindByPostId(post.Parent) is { Resource: "page" } parent && parent != post && !survey.Posts.IsBelow(parent, post))
            return parent.Slug;
        notes.Add(post.Item, post.Line, $"its parent, page {post.Parent}, is not in the file or below it: it stands at the top");
        return null;
    }

    private string? LanguageOf(WxrItem item) =>
        item.Terms.Where(t => t.Taxonomy == "language").Select(t => Languages.Find(t.Slug)).FirstOrDefault(l => l is not null) ?? survey.Language;

    // Titles with %%variables%% are templates of the plugin, not texts.
    private static JsonObject? Seo(WxrItem item, WordPressText text)
    {
        var title = text.Open("title for search engines", PlainText.Of(item.MetaValue("_yoast_wpseo_title"), MaxMeta));
        var description = text.Open("description for search engines", PlainText.Of(item.MetaValue("_yoast_wpseo_metadesc"), MaxMeta));
        var noindex = item.MetaValue("_yoast_wpseo_meta-robots-noindex") == "1";
        var hasTitle = title.Length > 0 && !title.Contains("%%", StringComparison.Ordinal);
        var hasDescription = description.Length > 0 && !description.Contains("%%", StringComparison.Ordinal);
        return hasTitle || hasDescription || noindex
            ? new JsonObject { ["title"] = hasTitle ? title : null, ["description"] = hasDescription ? description : null, ["noindex"] = noindex }
            : null;
    }

    /// <summary>RFC 3339, UTC.</summary>
    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
