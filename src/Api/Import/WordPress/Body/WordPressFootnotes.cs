using System.Globalization;
using System.Text;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Footnotes that are written inside the sentences of a text, between shortcodes. They move to the end of the text, and their numbers link
/// there and back.
/// </summary>
internal sealed class WordPressFootnotes
{
    /// <summary>The link back to the number, as WordPress shows it.</summary>
    public const string Back = "↩︎";

    private readonly List<string> notes = [];

    /// <summary>Adds a note.</summary>
    /// <param name="html">The text of the note.</param>
    /// <returns>The number that replaces it.</returns>
    public string Add(string html)
    {
        notes.Add(html.Contains("\n\n", StringComparison.Ordinal) ? Paragraphs.Of(html) : html.Trim());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<sup><a href=\"#footnote-{notes.Count}\" id=\"footnote-{notes.Count}-link\">{notes.Count}</a></sup>"
        );
    }

    /// <summary>The notes in order; empty without any.</summary>
    public string List()
    {
        if (notes.Count == 0)
            return "";
        var list = new StringBuilder("<ol>");
        for (var n = 1; n <= notes.Count; n++)
            list.Append(
                CultureInfo.InvariantCulture,
                $"\n<li id=\"footnote-{n}\">{notes[n - 1]} <a href=\"#footnote-{n}-link\">{Back}</a></li>"
            );
        return list.Append("\n</ol>").ToString();
    }
}
