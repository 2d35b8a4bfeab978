using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Api.Contracts;
using Api.Contracts.Text;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Site;

/// <summary>An address of the site to resolve.</summary>
/// <param name="Path">The path as requested, without scheme, host and fragment.</param>
/// <param name="Spellings">The spellings under which a redirect may be stored, the most literal first.</param>
/// <param name="Pages">The items whose web page would have this address.</param>
internal sealed partial record SitePath(string Path, IReadOnlyList<string> Spellings, IReadOnlyList<(string Resource, string Slug)> Pages)
{
    /// <summary>The longest path a redirect has, in bytes of UTF-8.</summary>
    public const int MaxBytes = WebAddress.MaxOldPathBytes;

    private static readonly string[] Resources =
    [
        .. Catalogue.Resources.Where(resource => resource.HasPage).Select(resource => resource.Name),
    ];

    /// <summary>The days of a WordPress date archive, such as /2024/05/; null when the path is no date archive.</summary>
    public (DateOnly First, DateOnly Last)? Archive
    {
        get
        {
            if (Dates().Match(Path.Split('?')[0]) is not { Success: true } found)
                return null;
            var (year, month, day) = (Number("year"), Number("month"), Number("day"));
            if (year == 0 || (day > 0 && day > DateTime.DaysInMonth(year, month)))
                return null;
            var first = new DateOnly(year, Math.Max(month, 1), Math.Max(day, 1));
            var last =
                day > 0 ? first
                : month > 0 ? new DateOnly(year, month, DateTime.DaysInMonth(year, month))
                : new DateOnly(year, 12, 31);
            return (first, last);

            int Number(string part) =>
                found.Groups[part] is { Success: true } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;
        }
    }

    /// <summary>Reads a path with its leading slash or a URL of the site; null for anything else. Pure.</summary>
    public static SitePath? Read(string text, SiteSettings site)
    {
        if (PathOf(text, new Uri(site.Url)) is not { } path)
            return null;
        path = WithoutTrackers(path.Split('#')[0]);
        var bare = path.Split('?')[0];
        return new SitePath(path, Spell(path, bare), PagesAt(Decode(bare), site));
    }

    // WordPress ignores unknown query parameters. A redirect keeps the known ones, such as /?p=1.
    private static string WithoutTrackers(string path)
    {
        var start = path.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
            return path;
        var kept = path[(start + 1)..].Split('&').Where(pair => !RawQuery.IsTracking(pair.Split('=')[0])).ToArray();
        return kept.Length == 0 ? path[..start] : $"{path[..start]}?{string.Join('&', kept)}";
    }

    private static string? PathOf(string text, Uri site)
    {
        if (text.StartsWith('/'))
            return text;
        if (WebAddress.Of(text) is not { } address || Host(new Uri(address)) != Host(site))
            return null;
        // Cut from the text itself, because Uri normalizes the path.
        var start = text.IndexOfAny(['/', '?', '#'], text.IndexOf("//", StringComparison.Ordinal) + 2);
        return start < 0 ? "/"
            : text[start] == '/' ? text[start..]
            : "/" + text[start..];
    }

    // Old sites answer with and without www.
    private static string Host(Uri uri) => uri.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? uri.Host[4..] : uri.Host;

    private static List<string> Spell(string path, string bare)
    {
        var whole = WithoutPart(bare);
        string[] encodings =
        [
            path,
            Decode(path),
            .. Encodings(bare),
            .. whole == bare ? [] : Encodings(whole),
            // WordPress compares addresses without regard to case.
            .. Encodings(whole.ToLowerInvariant()),
        ];
        return
        [
            .. encodings
                .SelectMany(spelling => new[] { spelling, spelling.EndsWith('/') ? spelling.TrimEnd('/') : spelling + "/" })
                .Where(spelling => spelling.StartsWith('/') && Encoding.UTF8.GetByteCount(spelling) <= MaxBytes)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static string[] Encodings(string bare) => [bare, Decode(bare), Encode(Decode(bare)), LowerEscapes(Encode(Decode(bare)))];

    // A post's comment feed, its second page and the like belong to the post.
    private static string WithoutPart(string bare) =>
        Part().Match(bare) is { Success: true, Index: > 0 } part ? bare[..(part.Index + 1)] : bare;

    private static List<(string, string)> PagesAt(string path, SiteSettings site)
    {
        var prefix = new Uri(site.Url).AbsolutePath.TrimEnd('/');
        if (prefix.Length > 0 && path.StartsWith(prefix + "/", StringComparison.Ordinal))
            path = path[prefix.Length..];
        return
        [
            .. Resources
                .OrderByDescending(resource => site.Paths[resource].Length)
                .Select(resource => (resource, SlugIn(path.TrimEnd('/'), site.Paths[resource].TrimEnd('/'))))
                .Where(page => page.Item2.Length > 0 && !page.Item2.Contains('/', StringComparison.Ordinal)),
        ];
    }

    // The part of the path at {slug} in the template; empty when the rest differs.
    private static string SlugIn(string path, string template)
    {
        var place = template.IndexOf("{slug}", StringComparison.Ordinal);
        var (before, after) = (template[..place], template[(place + "{slug}".Length)..]);
        return
            path.Length > before.Length + after.Length
            && path.StartsWith(before, StringComparison.Ordinal)
            && path.EndsWith(after, StringComparison.Ordinal)
            ? path[before.Length..^after.Length]
            : "";
    }

    // In a path a plus sign is literal. A path that cannot be decoded stays as it is.
    private static string Decode(string path) =>
        RawQuery.TryDecode(path.Replace("+", "%2B", StringComparison.Ordinal), out var text) ? text : path;

    private static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    // WordPress writes percent escapes in lower case.
    private static string LowerEscapes(string path) => Escape().Replace(path, match => match.Value.ToLowerInvariant());

    // Endings that WordPress accepts after a permalink: feeds, page numbers (/2/ is the second page of a paginated text) and endings of
    // common plugins.
    [GeneratedRegex(
        "/(?:(?:comment-)?page[/-][0-9]{1,6}|(?:feed/)?(?:rss2?|rdf|atom)|feed|amp|embed|trackback|[0-9]{1,2})/?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Part();

    // Months and days start at 1; a page number of the archive may follow.
    [GeneratedRegex(
        "^/(?<year>[0-9]{4})(?:/(?<month>0[1-9]|1[0-2])(?:/(?<day>0[1-9]|[12][0-9]|3[01]))?)?(?:/page/[0-9]{1,6}|/feed)?/?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Dates();

    [GeneratedRegex("%[0-9A-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
