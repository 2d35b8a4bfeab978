using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;

namespace Api.Import.WordPress.Body;

/// <summary>The block editor's format: HTML between comments such as <c>&lt;!-- wp:paragraph {…} --&gt;</c>.</summary>
internal static partial class WordPressBlocks
{
    public static bool Has(string text) => text.Contains("<!-- wp:", StringComparison.Ordinal);

    /// <summary>The HTML without the comments.</summary>
    /// <param name="text">Content with blocks, line ends as <c>\n</c>.</param>
    /// <param name="freeform">Renders text outside of blocks, or in a classic block.</param>
    /// <param name="inside">Renders the text of a block.</param>
    /// <param name="pictures">The pictures of a gallery that lists none of its own.</param>
    /// <param name="featured">The featured picture of the item, which a cover block may show.</param>
    /// <param name="notes">Counts blocks that WordPress fills only when it shows the page.</param>
    public static string Render(
        string text,
        Func<string, string> freeform,
        Func<string, string> inside,
        Func<string> pictures,
        Func<string> featured,
        WordPressNotes notes
    )
    {
        var html = new StringBuilder();
        var block = new StringBuilder();
        var names = new Stack<string>();
        var (at, leftOut) = (0, 0);
        var marks = new BlockMarks(text);
        while (marks.Next() is { } mark)
        {
            if (leftOut > 0)
            {
                // Counts only the depth: WordPress ends blocks in this order, whatever their names.
                leftOut +=
                    mark.IsEmpty ? 0
                    : mark.IsEnd ? -1
                    : 1;
                at = mark.End;
                continue;
            }
            Take(text[at..mark.Start]);
            at = mark.End;
            if (!mark.IsEnd)
                Begin(mark);
            if (!mark.IsEnd && CoreBlocks.IsLeftOut(mark.Name))
                leftOut = mark.IsEmpty ? 0 : 1;
            else if (!mark.IsEnd && !mark.IsEmpty)
                names.Push(mark.Name);
            else if (mark.IsEnd)
            {
                // A missing start or overlapping blocks must not hide the rest of the text.
                while (names.Count > 0 && names.Pop() != mark.Name) { }
            }
            if (names.Count == 0)
                Flush();
        }
        if (leftOut == 0)
            Take(text[at..]);
        Flush();
        return html.ToString();

        void Begin(BlockMark mark)
        {
            block.Append(BlockComments.Of(mark) is { } words ? words : Unread(mark));
            if (mark.Name is "cover" or "media-text" && mark.Attributes.Contains("\"useFeaturedImage\":true", StringComparison.Ordinal))
                block.Append(featured());
            if (mark.Name == "gallery" && mark.Attributes.Contains("\"dynamicContent\"", StringComparison.Ordinal))
                block.Append(pictures());
            else if (CoreBlocks.IsLeftOut(mark.Name))
                notes.Count($"block '{mark.Name}' left out: it shows other items, or a form");
            else if (
                mark.IsEmpty
                && !mark.Name.StartsWith("divi/", StringComparison.Ordinal)
                && CoreBlocks.Of(mark.Name) is null or BlockWords.InHtml or BlockWords.OfTheSite
            )
                notes.Count($"block '{mark.Name}' left out: WordPress fills it only when it shows the page");
        }

        string Unread(BlockMark mark)
        {
            notes.Count($"block '{mark.Name}' left out: its settings cannot be read");
            return "";
        }

        void Take(string piece)
        {
            // Page builders wrap text without blocks in one of these.
            if (names.Count == 0 || names.Peek() is "freeform" or "divi/placeholder" or "fl-builder/layout")
            {
                Flush();
                if (!string.IsNullOrWhiteSpace(piece))
                    html.Append(freeform(piece)).Append('\n');
            }
            else
                block.Append(names.Peek() == RenderedBlocks.Name ? RenderedBlocks.Cut(piece, notes) : piece);
        }

        void Flush()
        {
            if (block.Length > 0)
                html.Append(Whole(inside(HtmlTags.WithoutComments(block.ToString()))).Trim()).Append('\n');
            block.Clear();
        }
    }

    private static string Whole(string html) => Downloads().Replace(Embeds().Replace(html, Embed), "</a> <a");

    // The figure is removed: the embedded content has its own.
    private static string Embed(Match embed)
    {
        var media = WordPressMedia.Block(WebUtility.HtmlDecode(embed.Groups[1].Value));
        if (embed.Groups[2].Value is not { Length: > 0 } caption)
            return media;
        const string end = "</figure>";
        return media.EndsWith(end, StringComparison.Ordinal)
            ? $"{media[..^end.Length]}<figcaption>{caption}</figcaption>{end}"
            : $"{media}<p>{caption}</p>";
    }

    [GeneratedRegex(
        """<figure\b[^>]*>\s*<div class="wp-block-embed__wrapper">\s*(https?://[^\s<>"']+)\s*</div>\s*(?:<figcaption[^>]*>(.{0,4000}?)</figcaption>\s*)?</figure>""",
        RegexOptions.Singleline
    )]
    private static partial Regex Embeds();

    // The file name and its button, which are separate on a page.
    [GeneratedRegex("""</a><a(?=\s[^>]{0,2000}wp-block-file__button)""")]
    private static partial Regex Downloads();
}
