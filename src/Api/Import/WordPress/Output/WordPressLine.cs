using System.Text.Json.Nodes;
using Api.Import.Lines;

namespace Api.Import.WordPress.Output;

/// <summary>One resource of an export, in the shape of a line of <c>import ndjson</c>.</summary>
/// <param name="Value">The object; the receiver owns it.</param>
/// <param name="Item">Number of its <c>item</c> element, from 1; 0 if it comes from the head of the file or from several items.</param>
/// <param name="Line">Line of the file, from 1, where that element begins; 0 without a single position.</param>
internal sealed record WordPressLine(JsonObject Value, int Item, int Line)
{
    /// <summary>Members that the source cannot know (<see cref="ImportLine.Keeps"/>).</summary>
    public IReadOnlyList<string> Keeps { get; init; } = [];
}

/// <summary>A note for the operator on a change, a guess or an omission.</summary>
/// <param name="Item">Number of the <c>item</c> element, from 1; 0 if it is not about a single item.</param>
/// <param name="Line">Line of the file, from 1; 0 without a single position.</param>
/// <param name="Text">A sentence.</param>
internal sealed record WordPressNote(int Item, int Line, string Text);
