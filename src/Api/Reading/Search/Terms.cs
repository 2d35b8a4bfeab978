using System.Net;
using Api.Contracts;

namespace Api.Reading.Search;

/// <summary>The terms under which an article may be republished, and the sentence that a copy must show.</summary>
internal static class Terms
{
    /// <summary>Composes the terms. Pure.</summary>
    /// <param name="id">Name of the licence.</param>
    /// <param name="terms">Absolute URL of its text.</param>
    /// <param name="title">Title of the article.</param>
    /// <param name="byline">The people of the article; empty when there are none.</param>
    /// <param name="publisher">Name of the site.</param>
    /// <param name="url">The article's web page.</param>
    /// <param name="canonicalUrl">The address that a copy names as canonical.</param>
    /// <param name="source">The outlet of an article published elsewhere.</param>
    public static License Of(
        string id,
        string terms,
        string title,
        string byline,
        string publisher,
        string url,
        string canonicalUrl,
        Source? source
    )
    {
        var origin = source is null ? new Origin(publisher, canonicalUrl) : new Origin(source.Name, source.Url ?? canonicalUrl);
        var by = byline.Length == 0 ? "" : $", {Text(char.ToLowerInvariant(byline[0]) + byline[1..])}";
        return new License
        {
            Id = id,
            Url = terms,
            CanonicalUrl = canonicalUrl,
            OriginallyPublishedAt = origin,
            AttributionHtml =
                $"“{Link(url, title)}”{by}, {Text(publisher)}. Originally published at {Link(origin.Url, origin.Name)}. Licence: <a rel=\"license\" href=\"{Text(terms)}\">{Text(id)}</a>.",
        };
    }

    private static string Link(string url, string text) => $"<a href=\"{Text(url)}\">{Text(text)}</a>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
