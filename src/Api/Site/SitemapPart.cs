namespace Api.Site;

/// <summary>A part of a large sitemap: items of one resource whose ids follow a given id.</summary>
/// <param name="Resource">article, expert, topic, event or page.</param>
/// <param name="After">The last id of the previous part; null for the first part.</param>
internal sealed record SitemapPart(string Resource, Guid? After)
{
    /// <summary>Its name: <c>article</c>, or <c>article-018f…</c>.</summary>
    public string Name => After is { } id ? $"{Resource}-{id}" : Resource;

    /// <summary>Parses a name; null for any other text. Pure.</summary>
    public static SitemapPart? Read(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        var resource = dash < 0 ? name : name[..dash];
        if (!SitemapRepository.Resources.Contains(resource))
            return null;
        if (dash < 0)
            return new SitemapPart(resource, null);
        // Only the canonical spelling of an id is accepted, so that each part has one name.
        return Guid.TryParseExact(name[(dash + 1)..], "D", out var after) && after.ToString() == name[(dash + 1)..]
            ? new SitemapPart(resource, after)
            : null;
    }
}

/// <summary>A web page in a sitemap.</summary>
/// <param name="Url">Absolute URL.</param>
/// <param name="ChangedAt">
/// When it last changed (UTC). For the page of a topic or an expert this is the publication of its newest article; null when it has no
/// article.
/// </param>
/// <param name="Alternates">The page in each language, including its own; empty when there is only one.</param>
internal sealed record SitemapPage(string Url, DateTime? ChangedAt, IReadOnlyList<(string Language, string Url)> Alternates);
