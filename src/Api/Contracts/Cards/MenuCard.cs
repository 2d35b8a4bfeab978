namespace Api.Contracts.Cards;

/// <summary>A navigation menu with what a page of the site needs of it.</summary>
internal sealed record MenuCard : IIdentified
{
    /// <summary>Always <c>menu</c>.</summary>
    public string Resource { get; } = "menu";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the menu, such as <c>main</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>Text to show.</summary>
    public required string Label { get; init; }

    /// <summary>Its entries, in order.</summary>
    public required IReadOnlyList<MenuCardEntry> Items { get; init; }

    /// <summary>The card of a menu.</summary>
    public static MenuCard Of(Menu menu) =>
        new()
        {
            Id = menu.Id,
            Slug = menu.Slug,
            Label = menu.Label,
            Items = [.. menu.Items.Select(MenuCardEntry.Of)],
        };
}

/// <summary>An entry of a menu, on a card.</summary>
/// <param name="Label">Text to show.</param>
/// <param name="Href">
/// Where it leads, as a link on the site takes it: the path for links within the site, for any other address the absolute URL. Null for a
/// heading without a link.
/// </param>
/// <param name="Items">The entries below it.</param>
internal sealed record MenuCardEntry(string Label, string? Href, IReadOnlyList<MenuCardEntry> Items)
{
    /// <summary>The entry without its other members.</summary>
    public static MenuCardEntry Of(MenuEntry entry) => new(entry.Label, entry.Path ?? entry.Url, [.. entry.Items.Select(Of)]);
}
