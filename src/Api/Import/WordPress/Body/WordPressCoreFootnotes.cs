using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Body;

/// <summary>
/// The footnotes of the block editor (WordPress 6.3 and later). The text contains their numbers; the notes are in the custom field
/// <c>footnotes</c>, as <c>[{"content": HTML, "id": …}]</c>, and are shown at the block <c>footnotes</c>.
/// </summary>
internal static partial class WordPressCoreFootnotes
{
    public const string Field = "footnotes";

    /// <summary>The text with its notes: at the block, or at the end of a text that never had one.</summary>
    /// <param name="text">The content without hidden parts.</param>
    /// <param name="item">The item with the text.</param>
    /// <param name="parts">Receives the notes whose numbers are hidden.</param>
    /// <param name="notes">Receives a note if the field cannot be read.</param>
    public static string Fill(string text, WxrItem item, HiddenParts parts, WordPressNotes notes)
    {
        if (item.MetaValue(Field) is not { Length: > 2 } json)
            return text;
        if (Read(json) is not { } all)
        {
            notes.Add(item.Number, item.Line, "its footnotes are left out: the field that holds them cannot be read");
            return text;
        }
        var place = Place(text);
        // If the block is hidden, no notes are shown.
        if (place is null && Place(item.Content) is not null)
            return text;
        // In a rendered text the site has filled in the notes already.
        var here = Ids(Places(), text);
        var list = List(all.Where(note => !here.Contains(note.Id)), Ids(Numbers(), text), Ids(Numbers(), item.Content), parts);
        return list.Length == 0 ? text
            : place is { } mark ? $"{text[..mark.Start]}{list}{text[mark.End..]}"
            : $"{text}\n{list}";
    }

    private static BlockMark? Place(string text)
    {
        if (!text.Contains("wp:footnotes", StringComparison.Ordinal) && !text.Contains("wp:core/footnotes", StringComparison.Ordinal))
            return null;
        var marks = new BlockMarks(text);
        while (marks.Next() is { } mark)
            if (mark is { Name: "footnotes", IsEnd: false })
                return mark;
        return null;
    }

    private static string List(IEnumerable<Note> all, HashSet<string> shown, HashSet<string> stored, HiddenParts parts)
    {
        var list = new StringBuilder();
        var (number, last) = (0, 0);
        foreach (var (id, content) in all)
        {
            number++;
            if (!shown.Contains(id) && stored.Contains(id))
            {
                parts.Add("footnote (its number is hidden)", content);
                continue;
            }
            var name = WebUtility.HtmlEncode(id);
            var value = number == last + 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" value=\"{number}\"");
            list.Append(
                CultureInfo.InvariantCulture,
                $"\n<li id=\"{name}\"{value}>{HtmlTags.WithoutComments(content)} <a href=\"#{name}-link\">{WordPressFootnotes.Back}</a></li>"
            );
            last = number;
        }
        return list.Length == 0 ? "" : $"<!-- wp:html -->\n<ol>{list}\n</ol>\n<!-- /wp:html -->";
    }

    private static HashSet<string> Ids(Regex attribute, string text) =>
        attribute.Matches(text).Select(place => place.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    private static List<Note>? Read(string json)
    {
        try
        {
            using var all = JsonDocument.Parse(json);
            return all.RootElement.ValueKind != JsonValueKind.Array
                ? null
                :
                [
                    .. all
                        .RootElement.EnumerateArray()
                        .Where(note => TextOf(note, "id").Length > 0)
                        .Select(note => new Note(TextOf(note, "id"), TextOf(note, "content"))),
                ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not valid Unicode.
            return null;
        }
    }

    private static string TextOf(JsonElement note, string name) =>
        note.ValueKind == JsonValueKind.Object && note.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";

    // The number of a note in the text.
    [GeneratedRegex(""""\sdata-fn="([^"]{1,200})"""")]
    private static partial Regex Numbers();

    [GeneratedRegex(""""\sid="([^"]{1,200})"""")]
    private static partial Regex Places();

    private sealed record Note(string Id, string Content);
}
