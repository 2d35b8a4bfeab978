using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Markup;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Texts of the classic editor are stored without paragraphs: blank lines separate them, and WordPress adds the tags when it shows the
/// page. This class does the same in one pass over the tags. Wrong nesting is left to the HTML parser that reads the result.
/// </summary>
internal sealed partial class Paragraphs
{
    // How text directly inside an element is treated.
    private enum Inside
    {
        /// <summary>Blank lines separate paragraphs; all text is in a paragraph.</summary>
        Flow,

        /// <summary>Text becomes paragraphs only if it contains a blank line.</summary>
        Item,

        /// <summary>Line ends become line breaks.</summary>
        Line,

        /// <summary>Text stays unchanged.</summary>
        Structure,
    }

    private static readonly Dictionary<string, Inside> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["div"] = Inside.Flow,
        ["blockquote"] = Inside.Flow,
        ["section"] = Inside.Flow,
        ["article"] = Inside.Flow,
        ["aside"] = Inside.Flow,
        ["main"] = Inside.Flow,
        ["header"] = Inside.Flow,
        ["footer"] = Inside.Flow,
        ["nav"] = Inside.Flow,
        ["center"] = Inside.Flow,
        ["form"] = Inside.Flow,
        ["fieldset"] = Inside.Flow,
        ["details"] = Inside.Flow,
        ["li"] = Inside.Item,
        ["dd"] = Inside.Item,
        ["td"] = Inside.Item,
        ["th"] = Inside.Item,
        ["figcaption"] = Inside.Item,
        ["p"] = Inside.Line,
        ["h1"] = Inside.Line,
        ["h2"] = Inside.Line,
        ["h3"] = Inside.Line,
        ["h4"] = Inside.Line,
        ["h5"] = Inside.Line,
        ["h6"] = Inside.Line,
        ["dt"] = Inside.Line,
        ["address"] = Inside.Line,
        ["summary"] = Inside.Line,
        ["legend"] = Inside.Line,
        ["caption"] = Inside.Line,
        ["ul"] = Inside.Structure,
        ["ol"] = Inside.Structure,
        ["dl"] = Inside.Structure,
        ["menu"] = Inside.Structure,
        ["figure"] = Inside.Structure,
        ["table"] = Inside.Structure,
        ["thead"] = Inside.Structure,
        ["tbody"] = Inside.Structure,
        ["tfoot"] = Inside.Structure,
        ["tr"] = Inside.Structure,
        ["colgroup"] = Inside.Structure,
        ["hgroup"] = Inside.Structure,
    };

    private static readonly HashSet<string> Verbatim = new(StringComparer.OrdinalIgnoreCase)
    {
        "pre",
        "script",
        "style",
        "textarea",
        "svg",
        "math",
        "select",
        "object",
        "iframe",
    };

    private static readonly HashSet<string> VerbatimBlocks = new(StringComparer.OrdinalIgnoreCase) { "pre", "script", "style" };

    private readonly StringBuilder html = new();
    private readonly StringBuilder run = new();
    private readonly List<(string Name, Inside Inside, bool Divided)> opened = [];

    /// <summary>The text as HTML with paragraphs and line breaks.</summary>
    /// <param name="text">HTML in which blank lines are significant; line ends as <c>\n</c>.</param>
    public static string Of(string text)
    {
        var paragraphs = new Paragraphs();
        paragraphs.Read(text);
        paragraphs.Flush();
        return paragraphs.html.ToString().Trim();
    }

    private void Read(string text)
    {
        var at = 0;
        var last = text.LastIndexOf('>');
        while (at < text.Length)
        {
            var start = HtmlTags.FindStart(text, at, last);
            AddText(text.AsSpan(at, (start < 0 ? text.Length : start) - at));
            if (start < 0)
                return;
            var end = HtmlTags.FindEnd(text, start);
            var (name, isEnd) = HtmlTags.Name(text, start);
            if (!isEnd && Verbatim.Contains(name))
            {
                end = HtmlTags.FindElementEnd(text, end, name);
                AddVerbatim(name, text.AsSpan(start, end - start));
            }
            else
                AddTag(name, isEnd, text[start..end]);
            at = end;
        }
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        var pieces = BlankLines().Split(text.ToString());
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i > 0)
                Divide();
            run.Append(pieces[i]);
        }
    }

    private void Divide()
    {
        if (Now is Inside.Line or Inside.Structure)
            run.Append('\n');
        else if (!string.IsNullOrWhiteSpace(run.ToString()))
        {
            if (Now == Inside.Item)
                opened[^1] = opened[^1] with { Divided = true };
            Flush();
        }
    }

    private void AddVerbatim(string name, ReadOnlySpan<char> element)
    {
        if (VerbatimBlocks.Contains(name))
        {
            Flush();
            html.Append(element).Append('\n');
        }
        else
            // Line ends inside inline verbatim elements do not become line breaks.
            run.Append(element.ToString().Replace('\n', ' '));
    }

    private void AddTag(string name, bool isEnd, string tag)
    {
        if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
            run.Append("<br>");
        else if (name.Equals("hr", StringComparison.OrdinalIgnoreCase))
        {
            Flush();
            html.Append(tag).Append('\n');
        }
        else if (!Blocks.TryGetValue(name, out var inside))
            run.Append(tag.Replace('\n', ' '));
        else if (isEnd)
            Close(name, tag);
        else
        {
            Flush();
            if (opened.Count > 0 && opened[^1].Name == "p")
                opened.RemoveAt(opened.Count - 1);
            html.Append(tag);
            opened.Add((name.ToLowerInvariant(), inside, false));
        }
    }

    private void Close(string name, string tag)
    {
        Flush();
        var at = opened.FindLastIndex(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
            // An end tag without a start tag is dropped; the end of a paragraph would create an empty one.
            return;
        opened.RemoveRange(at, opened.Count - at);
        html.Append(tag).Append('\n');
    }

    private Inside Now => opened.Count > 0 ? opened[^1].Inside : Inside.Flow;

    private void Flush()
    {
        var text = run.ToString().Trim();
        run.Clear();
        if (text.Length == 0)
            return;
        if (Now == Inside.Structure)
            html.Append(text);
        else if (Now == Inside.Flow && BareAddress().IsMatch(text))
            html.Append(WordPressMedia.Block(WebUtility.HtmlDecode(text))).Append('\n');
        else if (Now == Inside.Flow || (Now == Inside.Item && opened[^1].Divided))
            html.Append("<p>").Append(Lines(text)).Append("</p>\n");
        else
            html.Append(Lines(text));
    }

    private static string Lines(string text)
    {
        var lines = text.Split('\n').Select(line => BareAddress().Replace(line.Trim(), """<a href="$0">$0</a>""")).ToArray();
        return string.Concat(
            lines.Select(
                (line, i) =>
                    i == lines.Length - 1 ? line
                    : line.EndsWith("<br>", StringComparison.Ordinal) ? line + "\n"
                    : line + "<br>\n"
            )
        );
    }

    [GeneratedRegex(@"\n[^\S\n]*(?:\n[^\S\n]*)+")]
    private static partial Regex BlankLines();

    // A line that consists of a URL: WordPress embeds its content.
    [GeneratedRegex("""^https?://[^\s<>"']+$""")]
    private static partial Regex BareAddress();
}
