using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress;

/// <summary>The block editor's format: HTML between comments such as <c>&lt;!-- wp:paragraph {…} --&gt;</c>.</summary>
internal static partial class WordPressBlocks
{
    public static bool Has(string text) => text.Contains("<!-- wp:", StringComparison.Ordinal);

    /// <summary>The HTML without the comments.</summary>
    /// <param name="text">Content with blocks, line ends as <c>\n</c>.</param>
    /// <param name="freeform">Renders what stands outside any block, or in a classic block.</param>
    /// <param name="inside">Renders what stands in a block.</param>
    /// <param name="notes">Counts blocks that WordPress fills only when it shows the page.</param>
    public static string Render(string text, Func<string, string> freeform, Func<string, string> inside, WordPressNotes notes)
    {
        var html = new StringBuilder();
        var block = new StringBuilder();
        var names = new Stack<string>();
        var at = 0;
        var marks = new BlockMarks(text);
        while (marks.Next() is { } mark)
        {
            Take(text[at..mark.Start]);
            at = mark.End;
            if (mark.IsEmpty)
                notes.Count($"block '{mark.Name}' left out: WordPress fills it only when it shows the page");
            else if (!mark.IsEnd)
                names.Push(mark.Name);
            else
            {
                // An end without its beginning, or blocks that overlap, must not swallow the rest.
                while (names.Count > 0 && names.Pop() != mark.Name)
                {
                }
                if (names.Count == 0)
                    Flush();
            }
        }
        Take(text[at..]);
        Flush();
        return html.ToString();

        void Take(string piece)
        {
            if (names.Count == 0 || names.Peek() is "freeform")
            {
                Flush();
                if (!string.IsNullOrWhiteSpace(piece))
                    html.Append(freeform(piece)).Append('\n');
            }
            else
                block.Append(piece);
        }

        void Flush()
        {
            if (block.Length > 0)
                html.Append(Embeds().Replace(inside(HtmlTags.WithoutComments(block.ToString())), Embed).Trim()).Append('\n');
            block.Clear();
        }
    }

    // The figure around it is dropped: what is shown brings its own.
    private static string Embed(Match embed)
    {
        var media = WordPressMedia.Block(WebUtility.HtmlDecode(embed.Groups[1].Value));
        if (embed.Groups[2].Value is not { Length: > 0 } caption)
            return media;
        const string end = "</figure>";
        return media.EndsWith(end, StringComparison.Ordinal) ? $"{media[..^end.Length]}<figcaption>{caption}</figcaption>{end}" : $"{media}<p>{caption}</p>";
    }

    [GeneratedRegex("""<figure\b[^>]*>\s*<div class="wp-block-embed__wrapper">\s*(https?://[^\s<>"']+)\s*</div>\s*(?:<figcaption[^>]*>(.{0,4000}?)</figcaption>\s*)?</figure>""", RegexOptions.Singleline)]
    private static partial Regex Embeds();
}
