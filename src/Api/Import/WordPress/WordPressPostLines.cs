using System.Globalization;
using System.Text.Json.Nodes;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Body;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress;

/// <summary>Writes posts as lines of their resource.</summary>
internal sealed class WordPressPostLines(WordPressSurvey survey, WordPressNotes notes)
{
    private bool isPictureUnknown;
    private readonly WordPressSeo seo = new(survey, notes);
    private readonly WordPressBody body = new(survey.Attachments, survey.ReusableBlocks, survey.Mapping.Hidden, notes, survey.SiteUrl);

    /// <summary>The line of an item.</summary>
    /// <param name="item">The item with its texts.</param>
    /// <param name="post">The data of the item from the survey.</param>
    public WordPressLine Of(WxrItem item, WordPressPost post)
    {
        var hidden = new HiddenParts();
        var stored = item with { Content = FieldTexts.Body(item, survey, post.Resource == "expert" ? "bioHtml" : "bodyHtml") };
        var text = new WordPressText(body.Render(stored, hidden), hidden);
        var line = post.Resource switch
        {
            "event" => WordPressEventLine.Of(item, post, survey, text.Html, Summary(item, text), Picture(item, post), notes),
            "expert" => WordPressExpertLine.Of(item, post, survey, text.Html, Picture(item, post)),
            _ => TextLine(item, post, text),
        };
        AddFields(line, item, post);
        if (hidden.Describe() is { } note)
            notes.Add(post.Item, post.Line, note);
        return new(line, post.Item, post.Line) { Keeps = Keeps(item, post) };
    }

    private string Summary(WxrItem item, WordPressText text) =>
        text.Open(
            "summary",
            PlainText.Of(
                HiddenText.Cut(
                    FieldTexts.Html("summary", item, survey) is { Length: > 0 } summary ? summary : item.Excerpt,
                    survey.Mapping.Hidden,
                    text.Hidden
                ),
                LineLimits.Summary
            )
        );

    private IReadOnlyList<string> Keeps(WxrItem item, WordPressPost post)
    {
        IEnumerable<string> picture = isPictureUnknown ? [post.Person is null ? "image" : "photo"] : [];
        // The picture of a profile is known from the profile itself.
        var person = post.Person?.Unknown.Where(member => member != "photo") ?? [];
        return [.. item.Unknown, .. person, .. picture];
    }

    // Members from custom fields, for items of any kind.
    private void AddFields(JsonObject line, WxrItem item, WordPressPost post)
    {
        if (post.Resource == "article")
            FieldTexts.Add(line, item, survey);
        else if (post.Resource == "expert")
        {
            if (FieldTopics.Of("program", item, survey, notes).FirstOrDefault() is { } program)
                line["program"] = program;
            // As it stands: the line is checked like any other, and what is wrong is reported.
            if (FieldTexts.Line("orcid", item, survey) is { } orcid)
                line["orcid"] = orcid;
            if (FieldTexts.Profiles(item, survey) is { } profiles)
                line["profiles"] = profiles;
        }
        if (FieldFiles.Picture(post.Resource == "expert" ? "photo" : "image", item, survey, notes) is { } picture)
            line[post.Resource == "expert" ? "photo" : "image"] = picture.ToImage();
    }

    private static JsonArray Experts(IReadOnlyList<(WordPressAuthor Author, string Role)> people) =>
        new([
            .. people.Take(LineLimits.Experts).Select(credit => new JsonObject { ["slug"] = credit.Author.Slug, ["role"] = credit.Role }),
        ]);

    private JsonObject TextLine(WxrItem item, WordPressPost post, WordPressText text)
    {
        var summary = Summary(item, text);
        var line = new JsonObject
        {
            ["resource"] = post.Resource,
            ["id"] = survey.Posts.IdOf(post, item.Guid).ToString(),
            ["slug"] = post.Slug,
            ["publicationStatus"] = post.Status,
            ["previousSlugs"] = new JsonArray([.. post.PreviousSlugs.Select(s => JsonValue.Create(s))]),
            ["title"] = post.Title,
            ["summary"] = summary,
            ["bodyHtml"] = text.Html,
            ["image"] = Picture(item, post),
            ["seo"] = seo.Of(item, post, text, summary),
        };
        if ((WordPressTranslations.LanguageOf(item) ?? survey.Language) is { } language)
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
        line["type"] = TypeOf(item, survey).Slug;
        line["featured"] = item.Field("is_sticky") == "1";
        line["files"] = WordPressFiles.Of(FieldFiles.Of(item, survey, notes), text, post, survey.Attachments);
        if (
            survey
                .Translations.Of(item, post)
                .Take(LineLimits.Translations)
                .Select(p => (JsonNode)new JsonObject { ["slug"] = p.Slug })
                .ToArray() is
            { Length: > 0 } translations
        )
            line["translations"] = new JsonArray(translations);
        line["experts"] = Experts(WordPressCredits.Of(item, survey, FieldPeople.Of(item, survey, notes)));
        var topics = Topics(item, survey, notes);
        line["topics"] = new JsonArray([.. topics.Select(s => JsonValue.Create(s))]);
        if (
            (FieldTopics.Of("primaryTopic", item, survey, notes).FirstOrDefault() ?? SeoFields.PrimaryTopic(item, survey)) is { } primary
            && topics.Contains(primary)
        )
            line["primaryTopic"] = primary;
        if (post.PublishedAt is { } published)
            line["publishedAt"] = Instant(published);
        if (
            (FieldTexts.Date("updatedAt", item, survey) ?? survey.Dates.Modified(item)) is { } modified
            && modified > post.PublishedAt
            && post.Status == "published"
        )
            line["updatedAt"] = Instant(modified);
        if (WordPressSeo.Canonical(item) is { } canonical)
            line["canonicalUrl"] = canonical;
    }

    /// <summary>Only articles have a publication date of their own; other scheduled items are under embargo until their date.</summary>
    public static void Embargo(JsonObject line, WordPressPost post)
    {
        if (post.Status != "scheduled")
            return;
        line["publicationStatus"] = "published";
        line["embargoUntil"] = Instant(post.PublishedAt!.Value);
    }

    /// <summary>The type of a post: that of a custom field, else the first one that a term names, categories first.</summary>
    public static WordPressType TypeOf(WxrItem item, WordPressSurvey survey) =>
        FieldTopics.TypeOf(item, survey)
        ?? item.Terms.OrderBy(t => t.Taxonomy == "category" ? 0 : 1)
            .Select(t => survey.Terms.Find(t)?.Type)
            .FirstOrDefault(t => t is not null)
        ?? survey.Mapping.TypeOf(item.PostType);

    /// <summary>The slugs of an item's topics, categories first.</summary>
    public static IReadOnlyList<string> Topics(WxrItem item, WordPressSurvey survey, WordPressNotes notes)
    {
        var topics = item
            .Terms.OrderBy(t =>
                t.Taxonomy switch
                {
                    "category" => 0,
                    "post_tag" => 2,
                    _ => 1,
                }
            )
            .Select(t => survey.Terms.Find(t)?.Topic?.TopicSlug)
            .OfType<string>()
            .Concat(FieldTopics.Of("topics", item, survey, notes))
            .Concat(FieldTopics.Of("primaryTopic", item, survey, notes))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (topics.Count > LineLimits.Topics)
            notes.Add(
                item.Number,
                item.Line,
                string.Create(CultureInfo.InvariantCulture, $"it has {topics.Count} topics: the first {LineLimits.Topics} are kept")
            );
        return [.. topics.Take(LineLimits.Topics)];
    }

    private JsonObject? Picture(WxrItem item, WordPressPost post)
    {
        isPictureUnknown = false;
        var id = item.MetaValue("_thumbnail_id");
        if (id is "" or "0" or "-1")
            return null;
        if (survey.Attachments.FindPicture(id) is { } picture)
            return picture.ToImage();
        // An earlier import of another part of the site may have brought the picture, so the stored one is kept, unless the picture is
        // known not to be public.
        isPictureUnknown = !survey.Attachments.IsWithheld(id);
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

    /// <summary>RFC 3339, UTC.</summary>
    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
