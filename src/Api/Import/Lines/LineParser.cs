using System.Text.Json;

namespace Api.Import.Lines;

/// <summary>Turns an object of the import format into rows, or into a list of all its problems.</summary>
internal static class LineParser
{
    private static readonly string[] Resources = [.. LineKind.All.Select(kind => kind.Resource)];

    // Members that the API computes; a line may contain them, because it may have the public shape.
    private static readonly string[] Computed =
    [
        "url",
        "path",
        "links",
        "byline",
        "publishedDate",
        "toc",
        "bodyText",
        "wordCount",
        "readingMinutes",
        "breadcrumbs",
        "children",
        "articleCount",
        "eventCount",
        "latestAt",
    ];

    // Duplicate properties are refused: a reader would have to guess which of two equal names was meant.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads a line. Thread-safe.</summary>
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
        // The line of a deleted item may still contain content; it is dropped.
        if (kind.Table is not null && ItemLine.Read(draft, resource).Status == ItemLine.Deleted)
            return;
        draft.Line.Detail = kind.Read(draft);
        draft.Members.Finish(resource == "expert" ? [.. Computed, "topics"] : Computed);
    }
}
