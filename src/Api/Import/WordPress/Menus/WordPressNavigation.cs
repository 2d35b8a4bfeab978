using System.Globalization;
using System.Text.Json;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Menus;

/// <summary>The menus of block themes: items of a separate post type whose entries are blocks.</summary>
internal static class WordPressNavigation
{
    /// <summary>The entries of a menu, in order; the number of an entry is its position in the text.</summary>
    public static IEnumerable<WordPressMenuEntry> Entries(WxrItem item, string siteUrl, HiddenRules rules, WordPressNotes notes)
    {
        var above = new Stack<string>();
        var order = 0;
        var hidden = new HiddenParts();
        var marks = new BlockMarks(HiddenBlocks.Cut(item.Content, rules, hidden));
        if (hidden.Describe() is { } sentence)
            notes.Add(item.Number, item.Line, sentence);
        while (marks.Next() is { } mark)
        {
            if (mark.Name is not ("navigation-link" or "navigation-submenu" or "home-link"))
            {
                if (!mark.IsEnd)
                    notes.Add(
                        item.Number,
                        item.Line,
                        $"the block '{mark.Name}' of the menu '{item.Title}' is left out: WordPress fills it only when it shows the page"
                    );
                continue;
            }
            if (mark.IsEnd)
            {
                above.TryPop(out _);
                continue;
            }
            var id = string.Create(CultureInfo.InvariantCulture, $"{item.Field("post_id")}.{++order}");
            yield return Entry(item, mark, siteUrl, id, above.TryPeek(out var parent) ? parent : "", order);
            if (!mark.IsEmpty)
                above.Push(id);
        }
    }

    private static WordPressMenuEntry Entry(WxrItem item, BlockMark mark, string siteUrl, string id, string parent, int order)
    {
        var (label, kind, objectId, url) = Read(mark.Attributes);
        if (mark.Name == "home-link")
            (label, url) = (label.Length > 0 ? label : "Home", siteUrl);
        var type = kind is "post-type" or "taxonomy" && objectId.Length > 0 ? kind.Replace('-', '_') : "custom";
        return new WordPressMenuEntry(item.Number, item.Line, id, parent, order, PlainText.Of(label, 500), type, objectId, url);
    }

    // {"label":"About us","type":"page","id":31,"url":"https://…","kind":"post-type"}
    private static (string Label, string Kind, string Id, string Url) Read(string attributes)
    {
        try
        {
            using var json = JsonDocument.Parse(attributes.Length > 0 ? attributes : "{}");
            return (Text("label"), Text("kind"), Text("id"), Text("url"));

            string Text(string name) =>
                json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value)
                    ? value.ValueKind switch
                    {
                        JsonValueKind.String => value.GetString()!,
                        JsonValueKind.Number => value.GetRawText(),
                        _ => "",
                    }
                    : "";
        }
        catch (JsonException)
        {
            return ("", "", "", "");
        }
    }
}
