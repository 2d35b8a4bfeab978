using System.Text;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress;

/// <summary>
/// Takes out of a text, as a site shows it, what is no part of it: lists of other posts, forms, what repeats the item's own members, and what plugins put below each text. They are
/// told by the classes that WordPress gives its blocks.
/// </summary>
internal static partial class RenderedBlocks
{
    /// <summary>Name of the block that such a text stands in here.</summary>
    public const string Name = "import/rendered";

    private const string Prefix = "wp-block-";

    // Buttons to share a post and lists of related ones: Jetpack, AddToAny, YARPP.
    private static readonly HashSet<string> Additions = new(StringComparer.Ordinal) { "sharedaddy", "jp-relatedposts", "addtoany_share_save_container", "yarpp-related" };

    /// <summary>The HTML without them.</summary>
    /// <param name="html">As the site shows it.</param>
    /// <param name="notes">Counts them; null where they are counted elsewhere.</param>
    public static string Cut(string html, WordPressNotes? notes)
    {
        StringBuilder? kept = null;
        var (at, from) = (0, 0);
        var last = html.LastIndexOf('>');
        while (HtmlTags.FindStart(html, from, last) is >= 0 and var start)
        {
            from = HtmlTags.FindEnd(html, start);
            var (name, isEnd) = HtmlTags.Name(html, start);
            if (!isEnd && HtmlTags.IsRaw(name))
                from = HtmlTags.FindElementEnd(html, from, name);
            else if (!isEnd && Classes().Match(html, start, from - start) is { Success: true } classes && classes.Groups[1].Value.Split(' ').FirstOrDefault(IsLeftOut) is { } found)
            {
                from = HtmlTags.FindEndOf(html, from, last, name);
                notes?.Count($"block '{(found.StartsWith(Prefix, StringComparison.Ordinal) ? found[Prefix.Length..] : found)}' left out: it shows other items, or a form");
                (kept ??= new StringBuilder(html.Length)).Append(html, at, start - at);
                at = from;
            }
        }
        return kept is null ? html : kept.Append(html, at, html.Length - at).ToString();
    }

    private static bool IsLeftOut(string name) => Additions.Contains(name)
        || name.StartsWith(Prefix, StringComparison.Ordinal) && name != "wp-block-post-content"
            && CoreBlocks.Of(name[Prefix.Length..]) is BlockWords.OfOthers or BlockWords.OfTheItem;

    [GeneratedRegex("""\sclass\s*=\s*["']([^"']*)["']""", RegexOptions.IgnoreCase)]
    private static partial Regex Classes();
}
