using System.Text.Json;
using System.Text.Json.Nodes;

namespace Api.Import.Lines;

/// <summary>One object of the import format, not yet looked at.</summary>
/// <param name="Number">Where it stands in the source, for messages: the line of a file, from 1; 0 when it has no single place.</param>
/// <param name="Json">The object as UTF-8.</param>
/// <param name="Problem">Why it cannot be read at all (then <paramref name="Json"/> is empty); null when it can.</param>
internal sealed record ImportLine(long Number, ReadOnlyMemory<byte> Json, string? Problem = null)
{
    /// <summary>Members that the source cannot know: where the line leaves them empty, a stored item keeps its own. Such as <c>summary</c>, <c>seo.title</c>.</summary>
    public IReadOnlyList<string> Keeps { get; init; } = [];

    /// <summary>A line that another reader made, such as the one of WordPress exports.</summary>
    public static ImportLine Of(long number, JsonObject json) => new(number, JsonSerializer.SerializeToUtf8Bytes((JsonNode)json));
}
