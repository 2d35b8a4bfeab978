using System.Text.RegularExpressions;

namespace Api.Import.WordPress;

/// <summary>
/// Tidies the copy of a page that Elementor and Beaver Builder keep in the text: they take away most elements, and leave the line breaks and tabs that stood between them, of which WordPress would make line breaks
/// within links and headings.
/// </summary>
internal static partial class BuilderCopies
{
    /// <summary>The text; one that no program has written as it is.</summary>
    public static string Tidy(string text)
    {
        if (!text.Contains("\n\t\t", StringComparison.Ordinal) || HasBlocks().IsMatch(text) || text.Contains("<pre", StringComparison.OrdinalIgnoreCase))
            return text;
        text = Drawings().Replace(text, "");
        text = AfterStart().Replace(text, "$1");
        text = BeforeEnd().Replace(text, "$1");
        return Indents().Replace(text, "\n");
    }

    // But for the one in which Beaver Builder puts its pages.
    [GeneratedRegex("<!-- wp:(?!fl-builder/)")]
    private static partial Regex HasBlocks();

    [GeneratedRegex("""<svg\b[^<>]{0,4000}>[^<>]{0,100}(?:<(?:path|g|circle|rect|line|polyline|polygon|title|defs)\b[^<>]{0,20000}>[^<>]{0,100}|</(?:path|g|circle|rect|line|polyline|polygon|title|defs)>[^<>]{0,100}){0,200}</svg>""", RegexOptions.IgnoreCase)]
    private static partial Regex Drawings();

    [GeneratedRegex("""(<(?:a|h[1-6]|li|p|span|strong|em|b|i|button|figcaption|td|th|dt|dd)\b[^<>]{0,4000}>|<(?:h[1-6]|li|p|span|strong|em|b|i|button|figcaption|td|th|dt|dd)>)\s{1,500}""", RegexOptions.IgnoreCase)]
    private static partial Regex AfterStart();

    [GeneratedRegex("""\s{1,500}(</(?:a|h[1-6]|li|p|span|strong|em|b|i|button|figcaption|td|th|dt|dd)>)""", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeEnd();

    [GeneratedRegex("""[ \t]{0,500}\n[ \t]{1,500}""")]
    private static partial Regex Indents();
}
