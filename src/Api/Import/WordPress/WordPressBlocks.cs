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
        while (Next(text, at) is { } mark)
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
            if (names.Count == 0 || names.Peek() is "freeform" or "core/freeform")
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

    /// <summary>The next comment that begins or ends a block; null when there is none.</summary>
    /// <param name="text">Content with blocks.</param>
    /// <param name="from">Where to look from.</param>
    // What WordPress writes into one never holds "--".
    public static Mark? Next(string text, int from)
    {
        while (text.IndexOf("<!--", from, StringComparison.Ordinal) is >= 0 and var start && text.IndexOf("-->", start + 4, StringComparison.Ordinal) is >= 0 and var end)
        {
            var inside = text.AsSpan(start + 4, end - start - 4).Trim();
            from = end + 3;
            var isEnd = inside.StartsWith("/wp:");
            if (!isEnd && !inside.StartsWith("wp:"))
                continue;
            var isEmpty = inside.EndsWith("/");
            var name = inside[(isEnd ? 4 : 3)..].TrimEnd('/');
            var length = name.IndexOfAny(" \t\n{");
            return new Mark(start, from, (length < 0 ? name : name[..length]).ToString(), length < 0 ? "" : name[length..].Trim().ToString(), isEnd, isEmpty);
        }
        return null;
    }

    // The figure around it is dropped: what is shown brings its own.
    private static string Embed(Match embed) =>
        WordPressMedia.Block(WebUtility.HtmlDecode(embed.Groups[1].Value)) + (embed.Groups[2].Value is { Length: > 0 } caption ? $"<p>{caption}</p>" : "");

    [GeneratedRegex("""<figure\b[^>]*>\s*<div class="wp-block-embed__wrapper">\s*(https?://[^\s<>"']+)\s*</div>\s*(?:<figcaption[^>]*>(.{0,4000}?)</figcaption>\s*)?</figure>""", RegexOptions.Singleline)]
    private static partial Regex Embeds();

    /// <summary>A comment that begins or ends a block.</summary>
    /// <param name="Start">Where it begins in the text.</param>
    /// <param name="End">The place after it.</param>
    /// <param name="Name">Without the namespace where it is WordPress's own, mostly.</param>
    /// <param name="Attributes">JSON as written; empty when there are none.</param>
    /// <param name="IsEnd">True for one that ends a block.</param>
    /// <param name="IsEmpty">True for a block that is nothing but this comment.</param>
    public sealed record Mark(int Start, int End, string Name, string Attributes, bool IsEnd, bool IsEmpty);
}
