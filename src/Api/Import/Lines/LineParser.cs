using System.Text.Json;

namespace Api.Import.Lines;

/// <summary>Turns an object of the import format into rows, or into everything that is wrong with it.</summary>
internal static class LineParser
{
    private static readonly string[] Resources = ["articleType", "topic", "expert", "article", "event", "menu", "page", "redirect"];

    // What the API computes and a line may hold, since it may be the public shape.
    private static readonly string[] Computed =
    [
        "url", "links", "byline", "publishedDate", "toc", "bodyText", "wordCount", "readingMinutes", "breadcrumbs", "children",
        "articleCount", "eventCount", "latestAt",
    ];

    // AllowDuplicateProperties: of two members with one name, a reader would have to guess which was meant.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads a line. Safe on any thread.</summary>
    public static ParsedLine Parse(ImportLine line, LineScope scope)
    {
        var parsed = new ParsedLine(line.Number) { Keeps = [.. line.Keeps] };
        if (line.Problem is not null)
        {
            parsed.Problems.Add(line.Problem);
            return parsed;
        }
        try
        {
            using var document = JsonDocument.Parse(line.Json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                Read(new LineDraft(document.RootElement, parsed, scope));
            else
                parsed.Problems.Add("has to be a JSON object");
        }
        catch (JsonException e)
        {
            parsed.Problems.Add($"is not JSON: {e.Message}");
        }
        return parsed;
    }

    private static void Read(LineDraft draft)
    {
        var resource = draft.Members.RequiredLine("resource");
        if (resource == "")
            return;
        if (!Resources.Contains(resource))
        {
            draft.Members.Word("resource", "", Resources);
            return;
        }
        draft.Line.Resource = resource;
        if (resource == "redirect")
            draft.Line.Detail = RedirectReader.Read(draft);
        else if (ItemReader.Read(draft, resource).Status != ItemReader.Deleted)
            draft.Line.Detail = Detail(draft, resource);
        else
            return; // Whatever content the line still holds is dropped.
        draft.Members.Finish(resource == "expert" ? [.. Computed, "topics"] : Computed);
    }

    private static object Detail(LineDraft draft, string resource) => resource switch
    {
        "articleType" => StructureReader.ArticleType(draft),
        "topic" => StructureReader.Topic(draft),
        "expert" => ExpertReader.Read(draft),
        "article" => ArticleReader.Read(draft),
        "event" => EventReader.Read(draft),
        "page" => StructureReader.Page(draft),
        _ => MenuReader.Read(draft),
    };
}
