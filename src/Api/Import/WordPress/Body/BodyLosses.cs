using System.Text.RegularExpressions;
using Api.Import.Html;
using Api.Import.WordPress.Output;

namespace Api.Import.WordPress.Body;

/// <summary>Counts content of a text that is not allowed in a body (docs/body-html.md), so that every loss is reported.</summary>
internal static partial class BodyLosses
{
    private static readonly Uri AnySite = new("https://site.invalid/");

    public static void Count(string html, WordPressNotes notes)
    {
        foreach (Match element in Elements().Matches(html))
            if (Describe(element.Groups[1].Value.ToLowerInvariant(), element.Value) is { } what)
                notes.Count(what);
    }

    private static string? Describe(string name, string tag) =>
        name switch
        {
            "iframe" => Source().Match(tag) is { Success: true } source
            && BodyUrls.Clean("iframe", System.Net.WebUtility.HtmlDecode(source.Groups[1].Value), AnySite) is null
                ? $"frame left out: pages of '{HostOf(source.Groups[1].Value)}' are not shown within others"
                : null,
            "track" => "subtitles left out: a body has none",
            // The preview of a File block stands beside a link to the file.
            "object" when tag.Contains("wp-block-file__embed", StringComparison.Ordinal) => null,
            _ => $"script left out: a body holds no '{name}'",
        };

    private static string HostOf(string address) => Uri.TryCreate(AnySite, address, out var url) ? url.Host : "";

    [GeneratedRegex("<(iframe|track|script|form|object|embed|canvas)\\b[^>]{0,4000}>", RegexOptions.IgnoreCase)]
    private static partial Regex Elements();

    [GeneratedRegex("""\s(?:src|data-src)\s*=\s*["']?(?!about:)([^"'\s>]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Source();
}
