using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>A line that was read: rows for the staging tables, or what is wrong with it.</summary>
internal sealed class ParsedLine(long number)
{
    public long Number { get; } = number;

    /// <summary>As far as it could be read.</summary>
    public string? Resource { get; set; }

    /// <summary>As far as it could be read; of a redirect, its path.</summary>
    public string? Slug { get; set; }

    /// <summary>The id the line gives; null when it gives none.</summary>
    public Guid? Id { get; set; }

    /// <summary>See <see cref="ImportLine.Keeps"/>.</summary>
    public string[] Keeps { get; init; } = [];

    /// <summary>Everything that is wrong with it; then no row counts.</summary>
    public LineProblems Problems { get; } = [];

    /// <summary>What was left out or cut so that the line can be taken; empty unless it was read by <see cref="LineMender"/>.</summary>
    public List<string> Mended { get; } = [];

    public ItemRow? Item { get; set; }

    /// <summary>What <see cref="LineKind.Read"/> returned: a <see cref="TopicLine"/>, an <see cref="ArticleLine"/> …; null for a deleted item.</summary>
    public object? Detail { get; set; }

    public List<ReferenceRow> References { get; } = [];

    public List<ImageRow> Images { get; } = [];

    public List<MenuEntryRow> MenuEntries { get; } = [];
}
