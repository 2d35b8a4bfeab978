namespace Api.Contracts;

/// <summary>A navigation menu of the site.</summary>
internal sealed record Menu : IIdentified
{
    /// <summary>Always <c>menu</c>.</summary>
    public string Resource { get; } = "menu";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the menu, such as <c>main</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>Text to show.</summary>
    public required string Label { get; init; }

    /// <summary>Its entries, in order. An entry whose target is not published is omitted, and the entries below it move up.</summary>
    public required IReadOnlyList<MenuEntry> Items { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}

/// <summary>An entry of a menu.</summary>
/// <param name="Label">Text to show.</param>
/// <param name="Target">The item it links to; null for an external address and for a heading without a link.</param>
/// <param name="Url">The link, absolute URL; null for a heading without a link.</param>
/// <param name="Path">
/// The path for links within the site: <c>url</c> without the URL of the site, <c>/</c> for the home page; null for a heading without a
/// link and for an address outside of it.
/// </param>
/// <param name="Items">The entries below it.</param>
internal sealed record MenuEntry(string Label, MenuTarget? Target, string? Url, string? Path, IReadOnlyList<MenuEntry> Items);

/// <summary>The item a menu entry links to.</summary>
/// <param name="Resource">topic, expert, article, event or page; more may be added.</param>
/// <param name="Id">Its immutable identifier, a UUID as URN (RFC 9562).</param>
/// <param name="Slug">Its slug.</param>
internal sealed record MenuTarget(string Resource, string Id, string Slug);
