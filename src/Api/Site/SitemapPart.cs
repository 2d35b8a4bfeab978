namespace Api.Site;

/// <summary>A part of a large sitemap: items of one kind whose id comes after another.</summary>
/// <param name="Resource">article, expert, topic, event or page.</param>
/// <param name="After">The last id of the part before; null for the first part.</param>
internal sealed record SitemapPart(string Resource, Guid? After)
{
    /// <summary>How it is called: <c>article</c>, or <c>article-018f…</c>.</summary>
    public string Name => After is { } id ? $"{Resource}-{id}" : Resource;

    /// <summary>Reads a name; null for anything else. Pure.</summary>
    public static SitemapPart? Read(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        var resource = dash < 0 ? name : name[..dash];
        if (!SitemapRepository.Resources.Contains(resource)) return null;
        if (dash < 0) return new SitemapPart(resource, null);
        // One spelling each.
        return Guid.TryParseExact(name[(dash + 1)..], "D", out var after) && after.ToString() == name[(dash + 1)..] ? new SitemapPart(resource, after) : null;
    }
}

/// <summary>A page for people in a sitemap.</summary>
/// <param name="Url">Absolute.</param>
/// <param name="ChangedAt">When it was last changed (UTC); the page of a topic or an expert is by the newest article in it, and null without any.</param>
/// <param name="Alternates">The same in each language, itself included; empty when there is only one.</param>
internal sealed record SitemapPage(string Url, DateTime? ChangedAt, IReadOnlyList<(string Language, string Url)> Alternates);
