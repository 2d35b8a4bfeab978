using System.Text;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Answers;

/// <summary>The <c>Link</c> header (RFC 8288) of an answer whose JSON has the same links. Pure.</summary>
internal static class LinkHeader
{
    /// <summary>Maximum length in bytes: some proxies accept only 4 KB for all headers.</summary>
    public const int MostBytes = 900;

    private const string Separator = ", ";

    // The characters around an address and its relation.
    private const int Around = 10;

    /// <summary>Writes as many links as fit, whole, in the given order.</summary>
    /// <param name="links">Relation and absolute URL, percent-encoded; null to omit the link.</param>
    /// <returns>Empty when no link fits.</returns>
    public static StringValues Write(IEnumerable<(string Relation, string? Url)> links)
    {
        var written = new StringBuilder(MostBytes);
        foreach (var (relation, url) in links)
        {
            if (url is null || written.Length + Separator.Length + url.Length + relation.Length + Around > MostBytes)
                continue;
            if (written.Length > 0)
                written.Append(Separator);
            written.Append('<').Append(url).Append(">; rel=\"").Append(relation).Append('"');
        }
        return written.Length == 0 ? StringValues.Empty : written.ToString();
    }
}
