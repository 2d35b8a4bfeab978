using System.Text.Json;
using System.Text.Json.Nodes;

namespace Api.Import.Lines;

/// <summary>One object of the import format, before parsing.</summary>
/// <param name="Number">The position in the source, for messages: the line of a file, from 1; 0 when there is no single position.</param>
/// <param name="Json">The object as UTF-8.</param>
/// <param name="Problem">Why the line cannot be read (<paramref name="Json"/> is then empty); null when it can.</param>
internal sealed record ImportLine(long Number, ReadOnlyMemory<byte> Json, string? Problem = null)
{
    /// <summary>
    /// Members that the source cannot know: where the line leaves them empty, the stored item keeps its values. Examples: <c>summary</c>,
    /// <c>seo.title</c>.
    /// </summary>
    public IReadOnlyList<string> Keeps { get; init; } = [];

    /// <summary>A line produced by another reader, such as that of WordPress exports.</summary>
    public static ImportLine Of(long number, JsonObject json) => new(number, JsonSerializer.SerializeToUtf8Bytes((JsonNode)json));
}
