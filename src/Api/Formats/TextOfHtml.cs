using System.Net;
using System.Text.RegularExpressions;

namespace Api.Formats;

/// <summary>Converts short pieces of HTML into plain text.</summary>
internal static partial class TextOfHtml
{
    /// <summary>The text of the HTML on one line. Pure.</summary>
    public static string Of(string html) => OneLine(WebUtility.HtmlDecode(Tag().Replace(html, match => IsInline(match.Value) ? "" : " ")));

    /// <summary>Replaces runs of white space and control characters by a space.</summary>
    public static string OneLine(string text) => Space().Replace(text, " ").Trim();

    private static bool IsInline(string tag) => Inline().IsMatch(tag);

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(
        "^</?(a|b|i|em|strong|span|sup|sub|q|cite|code|abbr|mark|small|u|s)\\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Inline();

    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
