using Api.Contracts;
using Api.Import.Html;
using Api.Import.Lines.Values;
using Api.Import.Staging;
using static Api.Import.Staging.DetailColumns<Api.Import.Lines.ArticleLine>;

namespace Api.Import.Lines;

/// <summary>The members of a line that only an article has, and how they are read, staged and stored.</summary>
internal sealed record ArticleLine
{
    public required long Line { get; init; }
    public required string Title { get; init; }
    public required string? Subtitle { get; init; }
    public required string Summary { get; init; }
    public required BodyHtml Body { get; init; }
    public required string Language { get; init; }
    public required Source? Source { get; init; }
    public required string? CanonicalUrl { get; init; }
    public required Guid? Image { get; init; }
    public required string Files { get; init; }
    public required string Corrections { get; init; }
    public required string Seo { get; init; }
    public required (string Id, string Url)? License { get; init; }
    public required string? Doi { get; init; }
    public required string? ReportNumber { get; init; }
    public required bool Featured { get; init; }

    public static DetailTable<ArticleLine> Table { get; } =
        new(
            "articles",
            line => line.Line,
            Reference("type_id", "type"),
            Text("title", line => line.Title),
            Text("subtitle", line => line.Subtitle),
            Text("summary", line => line.Summary),
            Text("body_html", line => line.Body.Html),
            Text("body_text", line => line.Body.Text),
            Json("toc", line => StoredJson.Of(line.Body.Toc)),
            Number("reading_minutes", line => line.Body.ReadingMinutes),
            Number("word_count", line => line.Body.WordCount),
            Text("language", line => line.Language),
            Reference("primary_topic_id", "primaryTopic"),
            StagedText("source_slug", line => line.Source?.Slug),
            StagedText("source_name", line => line.Source?.Name),
            new(null, "source_id", "u.source_id", "content.sources u on u.slug = s.source_slug"),
            Text("source_url", line => line.Source?.Url),
            Text("canonical_url", line => line.CanonicalUrl),
            Image("image_id", "image", line => line.Image),
            Json("files", line => line.Files),
            Json("corrections", line => line.Corrections),
            Json("seo", line => line.Seo),
            Text("license_id", line => line.License?.Id),
            Text("license_url", line => line.License?.Url),
            Text("doi", line => line.Doi),
            Text("report_number", line => line.ReportNumber),
            Flag("featured", line => line.Featured)
        );

    public static ArticleLine Read(LineDraft draft)
    {
        var members = draft.Members;
        if (draft.Reference("type", "articleType") is null && members.Value("type") is null)
            members.Reject("type", "is required: the slug of an article type");
        Topics(draft);
        draft.References("experts", "expert", LineLimits.Experts, role: "author");
        draft.References("translations", "article", LineLimits.Translations);
        return new()
        {
            Line = draft.Number,
            Title = members.RequiredLine("title", LineLimits.Title),
            Body = draft.Body("bodyHtml"),
            Source = SourceReader.Read(members),
            License = LicenseReader.Read(members),
            Subtitle = members.Line("subtitle"),
            Summary = members.Text("summary", LineLimits.Summary),
            Language = members.Language("language", draft.Scope.Language),
            CanonicalUrl = members.Url("canonicalUrl"),
            Image = draft.Image("image"),
            Files = StoredJson.Of(AttachmentReader.Files(members)),
            Corrections = StoredJson.Of(AttachmentReader.Corrections(draft)),
            Seo = SeoReader.Read(members),
            Doi = members.Line("doi", LineLimits.Doi) is { } doi ? ValueRules.Doi(doi) : null,
            ReportNumber = members.Line("reportNumber", LineLimits.ReportNumber),
            Featured = members.Flag("featured"),
        };
    }

    /// <summary>
    /// A primary topic has to be one of the topics and is added to them. If the member is left out, it is the first topic; if it is null,
    /// there is none.
    /// </summary>
    private static void Topics(LineDraft draft)
    {
        var topics = draft.References("topics", "topic", LineLimits.Topics);
        if (draft.Reference("primaryTopic", "topic") is { } primary)
        {
            if (topics.Count == LineLimits.Topics && !topics.Any(topic => topic.Slug == primary.Slug && topic.Id == primary.Id))
                draft.Members.Reject("primaryTopic", $"is one more than the {LineLimits.Topics} topics there may be");
            draft.Line.References.Add(primary with { Member = "topics", Position = LineLimits.Topics });
        }
        else if (topics.Count > 0 && !draft.Members.Has("primaryTopic"))
            draft.Line.References.Add(topics[0] with { Member = "primaryTopic" });
    }
}
