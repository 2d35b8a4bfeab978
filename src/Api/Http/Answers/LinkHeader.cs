using System.Text;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Answers;

/// <summary>The <c>Link</c> header (RFC 8288) of an answer whose JSON has the same links. Pure.</summary>
internal static class LinkHeader
{
    /// <summary>The bytes that it has at most: with all other headers it has to pass proxies that take 4 KB.</summary>
    public const int MostBytes = 900;

    /// <summary>As many of the links as there is room for, each whole; the first ones before the others.</summary>
    /// <param name="links">Relation and absolute URL, percent-encoded; null for one that there is not.</param>
    /// <returns>No value when there is room for none.</returns>
    public static StringValues Write(IEnumerable<(string Relation, string? Url)> links)
    {
        var written = new StringBuilder();
        foreach (var (relation, url) in links)
        {
            if (url is null) continue;
            var link = $"<{url}>; rel=\"{relation}\"";
            if (written.Length + link.Length + 2 > MostBytes) continue;
            written.Append(written.Length == 0 ? "" : ", ").Append(link);
        }
        return written.Length == 0 ? StringValues.Empty : written.ToString();
    }
}
