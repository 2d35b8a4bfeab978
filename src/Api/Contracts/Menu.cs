namespace Api.Contracts;

/// <summary>A navigation menu of the site.</summary>
internal sealed record Menu : IIdentified
{
    /// <summary>Always <c>menu</c>.</summary>
    public string Resource { get; } = "menu";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Address of the menu, such as <c>main</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>Name for people.</summary>
    public required string Label { get; init; }

    /// <summary>Its entries, in order. An entry whose target is not published is left out, and what stands below it takes its place.</summary>
    public required IReadOnlyList<MenuEntry> Items { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}

/// <summary>An entry of a menu.</summary>
/// <param name="Label">Text to show.</param>
/// <param name="Target">The item it leads to; null for an address elsewhere and for a mere heading.</param>
/// <param name="Url">Where it leads, absolute URL; null for a mere heading.</param>
/// <param name="Items">The entries below it.</param>
internal sealed record MenuEntry(string Label, MenuTarget? Target, string? Url, IReadOnlyList<MenuEntry> Items);

/// <summary>The item a menu entry leads to.</summary>
/// <param name="Resource">topic, expert, article, event or page; more may come.</param>
/// <param name="Id">Its immutable identifier, a UUID as URN (RFC 9562).</param>
/// <param name="Slug">Its slug.</param>
internal sealed record MenuTarget(string Resource, string Id, string Slug);
