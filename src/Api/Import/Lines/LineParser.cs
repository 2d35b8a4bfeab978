using System.Text.Json;

namespace Api.Import.Lines;

/// <summary>Turns an object of the import format into rows, or into everything that is wrong with it.</summary>
internal static class LineParser
{
    private static readonly string[] Resources = [.. LineKind.All.Select(kind => kind.Resource)];

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
        if (LineKind.Find(resource) is not { } kind)
        {
            draft.Members.Word("resource", "", Resources);
            return;
        }
        draft.Line.Resource = resource;
        // Whatever content the line of a deleted item still holds is dropped.
        if (kind.Table is not null && ItemLine.Read(draft, resource).Status == ItemLine.Deleted)
            return;
        draft.Line.Detail = kind.Read(draft);
        draft.Members.Finish(resource == "expert" ? [.. Computed, "topics"] : Computed);
    }
}
