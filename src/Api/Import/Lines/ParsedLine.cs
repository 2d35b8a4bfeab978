using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>A line that was read: rows for the staging tables, or its problems.</summary>
internal sealed class ParsedLine(long number)
{
    public long Number { get; } = number;

    /// <summary>The resource, if it could be read.</summary>
    public string? Resource { get; set; }

    /// <summary>The slug, or the path of a redirect, if it could be read.</summary>
    public string? Slug { get; set; }

    /// <summary>The id in the line; null when it has none.</summary>
    public Guid? Id { get; set; }

    /// <summary>See <see cref="ImportLine.Keeps"/>.</summary>
    public string[] Keeps { get; init; } = [];

    /// <summary>All problems of the line; if there are any, its rows are not used.</summary>
    public LineProblems Problems { get; } = [];

    /// <summary>
    /// Values that were left out or cut so that the line can be imported; empty unless it was read by <see cref="LineMender"/>.
    /// </summary>
    public List<string> Mended { get; } = [];

    public ItemRow? Item { get; set; }

    /// <summary>
    /// What <see cref="LineKind.Read"/> returned: a <see cref="TopicLine"/>, an <see cref="ArticleLine"/> …; null for a deleted item.
    /// </summary>
    public object? Detail { get; set; }

    public List<ReferenceRow> References { get; } = [];

    public List<ImageRow> Images { get; } = [];

    public List<MenuEntryRow> MenuEntries { get; } = [];
}
