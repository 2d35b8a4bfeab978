using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Cleans the copy of a page that Elementor and Beaver Builder store in the text: they remove most elements but leave the line breaks and
/// tabs between them, from which WordPress would make line breaks within links and headings.
/// </summary>
internal static partial class BuilderCopies
{
    /// <summary>The cleaned text; unchanged if no page builder wrote it.</summary>
    public static string Tidy(string text)
    {
        // Labels that open and close a part of the page become headings above it.
        if (text.Contains("href=\"#\"", StringComparison.Ordinal))
            text = Openers().Replace(text, "<h3>$1</h3>");
        if (
            !text.Contains("\n\t\t", StringComparison.Ordinal)
            || HasBlocks().IsMatch(text)
            || text.Contains("<pre", StringComparison.OrdinalIgnoreCase)
        )
            return text;
        text = Drawings().Replace(text, "");
        text = AfterStart().Replace(text, "$1");
        text = BeforeEnd().Replace(text, "$1");
        return Indents().Replace(text, "\n");
    }

    // In Beaver Builder's accordion the label is followed by a second link with an icon, whose text only screen readers announce
    // ("Expand").
    [GeneratedRegex(
        """<a href="#"[^<>]{0,500}>\s{0,100}([^<>]{1,500}?)\s{0,100}</a>\s{0,100}(?:<a href="#"[^<>]{0,500}>\s{0,100}<i\b[^<>]{0,500}>[^<>]{0,100}</i>\s{0,100}</a>|<i\b[^<>]{0,500}>(?:Expand|Collapse)</i>)"""
    )]
    private static partial Regex Openers();

    // Any block except the one in which Beaver Builder stores its pages.
    [GeneratedRegex("<!-- wp:(?!fl-builder/)")]
    private static partial Regex HasBlocks();

    [GeneratedRegex(
        """<svg\b[^<>]{0,4000}>[^<>]{0,100}(?:<(?:path|g|circle|rect|line|polyline|polygon|title|defs)\b[^<>]{0,20000}>[^<>]{0,100}|</(?:path|g|circle|rect|line|polyline|polygon|title|defs)>[^<>]{0,100}){0,200}</svg>""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Drawings();

    [GeneratedRegex(
        """(<(?:a|h[1-6]|li|p|span|strong|em|b|i|button|figcaption|td|th|dt|dd)\b[^<>]{0,4000}>|<(?:h[1-6]|li|p|span|strong|em|b|i|button|figcaption|td|th|dt|dd)>)\s{1,500}""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex AfterStart();

    [GeneratedRegex("""\s{1,500}(</(?:a|h[1-6]|li|p|span|strong|em|b|i|button|figcaption|td|th|dt|dd)>)""", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeEnd();

    [GeneratedRegex("""[ \t]{0,500}\n[ \t]{1,500}""")]
    private static partial Regex Indents();
}
