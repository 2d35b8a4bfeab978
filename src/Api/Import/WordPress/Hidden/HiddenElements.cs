using System.Text;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Markup;

namespace Api.Import.WordPress.Hidden;

/// <summary>
/// Removes elements that no browser shows: <c>hidden</c>, <c>display: none</c>, and the WordPress 7 and Elementor classes that hide on
/// every screen. Panels that a control on the page opens, such as tabs, stay.
/// </summary>
internal static partial class HiddenElements
{
    // Limits the work: for each of them the text is searched for a control that opens it.
    private const int MostPanels = 200;

    /// <summary>The HTML without these elements.</summary>
    /// <param name="html">Unsanitised HTML.</param>
    /// <param name="parts">Receives the removed parts.</param>
    public static string Cut(string html, HiddenParts parts)
    {
        if (!html.Contains("hidden", StringComparison.OrdinalIgnoreCase) && !html.Contains("none", StringComparison.OrdinalIgnoreCase))
            return html;
        StringBuilder? kept = null;
        var (at, from, panels) = (0, 0, 0);
        var last = html.LastIndexOf('>');
        while (HtmlTags.FindStart(html, from, last) is >= 0 and var start)
        {
            from = HtmlTags.FindEnd(html, start);
            var (name, isEnd) = HtmlTags.Name(html, start);
            if (!isEnd && HtmlTags.IsRaw(name))
                from = HtmlTags.FindElementEnd(html, from, name);
            else if (
                !isEnd
                && Reason(html.AsSpan(start, from - start)) is { } reason
                && !(panels++ < MostPanels && IsOpened(html, start, from))
            )
            {
                from = HtmlTags.FindEndOf(html, from, last, name);
                parts.Add($"element '{name.ToLowerInvariant()}' ({reason})", html[start..from]);
                (kept ??= new StringBuilder(html.Length)).Append(html, at, start - at);
                at = from;
            }
        }
        return kept is null ? html : kept.Append(html, at, html.Length - at).ToString();
    }

    private static string? Reason(ReadOnlySpan<char> tag)
    {
        if (!tag.Contains("hidden", StringComparison.OrdinalIgnoreCase) && !tag.Contains("none", StringComparison.OrdinalIgnoreCase))
            return null;
        foreach (Match attribute in Attributes().Matches(tag.ToString()))
        {
            var value = attribute.Groups[2].Value.Trim('"', '\'');
            switch (attribute.Groups[1].Value.ToLowerInvariant())
            {
                case "hidden" when !value.Equals("until-found", StringComparison.OrdinalIgnoreCase):
                    return "hidden";
                case "style" when DisplayNone().IsMatch(value):
                    return "display: none";
                case "class"
                    when value.Contains("wp-block-hidden-mobile", StringComparison.Ordinal)
                        && value.Contains("wp-block-hidden-tablet", StringComparison.Ordinal)
                        && value.Contains("wp-block-hidden-desktop", StringComparison.Ordinal):
                case "class"
                    when value.Contains("elementor-hidden-desktop", StringComparison.Ordinal)
                        && value.Contains("elementor-hidden-tablet", StringComparison.Ordinal)
                        && (
                            value.Contains("elementor-hidden-mobile", StringComparison.Ordinal)
                            || value.Contains("elementor-hidden-phone", StringComparison.Ordinal)
                        ):
                    return "hidden on every screen";
            }
        }
        return null;
    }

    private static bool IsOpened(string html, int start, int end)
    {
        foreach (Match attribute in Attributes().Matches(html[start..end]))
        {
            var value = attribute.Groups[2].Value.Trim('"', '\'');
            switch (attribute.Groups[1].Value.ToLowerInvariant())
            {
                case "role" when value is "tabpanel":
                case "data-wp-bind--hidden":
                case "id"
                    when value.Length > 0
                        && (
                            html.Contains($"#{value}", StringComparison.Ordinal)
                            || html.Contains($"aria-controls=\"{value}\"", StringComparison.Ordinal)
                        ):
                    return true;
            }
        }
        return false;
    }

    [GeneratedRegex("""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]*))?""")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"(?:^|;)\s*display\s*:\s*none(?![\w-])", RegexOptions.IgnoreCase)]
    private static partial Regex DisplayNone();
}
