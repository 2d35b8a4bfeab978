using System.Globalization;
using System.Text;

namespace Api.Import.WordPress;

/// <summary>The notes that stand in the sentences of one text, between shortcodes. They come to its end, and their numbers lead there and back.</summary>
internal sealed class WordPressFootnotes
{
    /// <summary>Back to the number, as WordPress shows it.</summary>
    public const string Back = "↩︎";

    private readonly List<string> _notes = [];

    /// <summary>Keeps a note.</summary>
    /// <param name="html">Its text.</param>
    /// <returns>The number that stands in its place.</returns>
    public string Add(string html)
    {
        _notes.Add(html.Contains("\n\n", StringComparison.Ordinal) ? Paragraphs.Of(html) : html.Trim());
        return string.Create(CultureInfo.InvariantCulture, $"<sup><a href=\"#footnote-{_notes.Count}\" id=\"footnote-{_notes.Count}-link\">{_notes.Count}</a></sup>");
    }

    /// <summary>The notes in their order; empty without any.</summary>
    public string List()
    {
        if (_notes.Count == 0)
            return "";
        var list = new StringBuilder("<ol>");
        for (var n = 1; n <= _notes.Count; n++)
            list.Append(CultureInfo.InvariantCulture, $"\n<li id=\"footnote-{n}\">{_notes[n - 1]} <a href=\"#footnote-{n}-link\">{Back}</a></li>");
        return list.Append("\n</ol>").ToString();
    }
}
