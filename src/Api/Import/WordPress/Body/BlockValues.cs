using System.Net;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Markup;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Puts a value into the HTML of a block, where the block stores it (<c>source</c> and <c>selector</c> in WordPress's <c>block.json</c>).
/// </summary>
internal static class BlockValues
{
    private static readonly string[] Headings = ["h1", "h2", "h3", "h4", "h5", "h6"];

    /// <summary>The HTML with the value; null when the block does not store such a value in its HTML.</summary>
    /// <param name="block">Name of the block.</param>
    /// <param name="name">Name of the value, such as <c>content</c> or <c>url</c>.</param>
    /// <param name="html">The HTML of the block, without inner blocks.</param>
    /// <param name="value">HTML for a text, else an attribute value without entities.</param>
    public static string? Set(string block, string name, string html, string value) =>
        (block, name) switch
        {
            ("image", "id") when value.All(char.IsAsciiDigit) => Regex.Replace(
                html,
                @"\bwp-image-[0-9]+",
                $"wp-image-{value}",
                RegexOptions.CultureInvariant
            ),
            ("image", "url") => Attribute(html, "src", value, "img"),
            ("image", "alt" or "title") => Attribute(html, name, value, "img"),
            ("button", "url") => Attribute(html, "href", value, "a"),
            ("button", "text") => Inside(html, value, "a", "button"),
            (_, "content") => Inside(
                html,
                value,
                block switch
                {
                    "heading" => Headings,
                    "list-item" => ["li"],
                    "verse" or "preformatted" => ["pre"],
                    "code" => ["code"],
                    _ => ["p"],
                }
            ),
            ("details", "summary") => Inside(html, value, "summary"),
            // If the block has no place for the value, WordPress does not show it.
            (_, "caption") => Inside(html, value, "figcaption") ?? html,
            (_, "citation") => Inside(html, value, "cite"),
            _ => null,
        };

    private static string? Inside(string html, string value, params string[] names)
    {
        if (Find(html, names) is not var (start, end, name))
            return null;
        var close = html.LastIndexOf("</" + name, StringComparison.OrdinalIgnoreCase);
        return $"{html[..end]}{value}{(close >= end ? html[close..] : $"</{name}>")}";
    }

    private static string? Attribute(string html, string attribute, string value, string element)
    {
        if (Find(html, element) is not var (start, end, _))
            return null;
        var written = $" {attribute}=\"{WebUtility.HtmlEncode(value)}\"";
        var place = Regex.Match(
            html[start..end],
            $"""\s{attribute}\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        );
        return place.Success
            ? $"{html[..(start + place.Index)]}{written}{html[(start + place.Index + place.Length)..]}"
            : html.Insert(start + 1 + element.Length, written);
    }

    private static (int Start, int End, string Name)? Find(string html, params string[] names)
    {
        var last = html.LastIndexOf('>');
        for (var from = 0; HtmlTags.FindStart(html, from, last) is >= 0 and var start; )
        {
            from = HtmlTags.FindEnd(html, start);
            if (HtmlTags.Name(html, start) is (var name, false) && names.Contains(name, StringComparer.OrdinalIgnoreCase))
                return (start, from, name);
        }
        return null;
    }
}
