using Api.Import.Html;
using Api.Import.Lines.Values;
using Api.Import.Staging;
using static Api.Import.Staging.DetailColumns<Api.Import.Lines.PageLine>;

namespace Api.Import.Lines;

/// <summary>The members of a line that only a page has, and how they are read, staged and stored.</summary>
internal sealed record PageLine
{
    public required long Line { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required BodyHtml Body { get; init; }
    public required string Language { get; init; }
    public required Guid? Image { get; init; }
    public required string Seo { get; init; }

    public static DetailTable<PageLine> Table { get; } =
        new(
            "pages",
            line => line.Line,
            Text("title", line => line.Title),
            Text("summary", line => line.Summary),
            Text("body_html", line => line.Body.Html),
            Text("body_text", line => line.Body.Text),
            Json("toc", line => StoredJson.Of(line.Body.Toc)),
            Text("language", line => line.Language),
            Reference("parent_id", "parent"),
            Image("image_id", "image", line => line.Image),
            Json("seo", line => line.Seo)
        );

    public static PageLine Read(LineDraft draft)
    {
        var members = draft.Members;
        draft.Reference("parent", "page");
        return new()
        {
            Line = draft.Number,
            Body = draft.Body("bodyHtml"),
            Title = members.RequiredLine("title", LineLimits.Title),
            Summary = members.Text("summary", LineLimits.Summary),
            Language = members.Language("language", draft.Scope.Language),
            Image = draft.Image("image"),
            Seo = SeoReader.Read(members),
        };
    }
}
