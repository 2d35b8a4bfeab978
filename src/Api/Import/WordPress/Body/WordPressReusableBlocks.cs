using System.Text;
using System.Text.Json;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Reusable blocks (now called synced patterns) and menus of block themes: items of separate post types that texts reference by number. As
/// in WordPress, unpublished ones are not shown.
/// </summary>
internal sealed class WordPressReusableBlocks(WordPressNotes notes, HiddenRules rules)
{
    /// <summary>Maximum number of characters kept of all blocks together, 8 MB; also the maximum added to one text.</summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    private const int MaxDepth = 4;
    private const string Menu = "navigation";

    private static readonly string[] Names = ["wp:block ", "wp:core/block ", "wp:navigation ", "wp:core/navigation "];

    private readonly WordPressBindings bindings = new(notes);

    // Null for a block that may not be shown.
    private readonly Dictionary<string, string?> byId = new(StringComparer.Ordinal);
    private int characters;

    /// <summary>Adds a block.</summary>
    public void Add(WxrItem item)
    {
        var isPublished = item.Field("status") == "publish" && item.Field("post_password").Length == 0;
        var fits = item.Content.Length <= MaxCharacters - characters;
        if (
            byId.TryAdd(Key(item.PostType == PostTypes.Navigation, item.Field("post_id")), isPublished && fits ? item.Content : null)
            && isPublished
            && fits
        )
            characters += item.Content.Length;
        else if (isPublished && !fits)
            notes.Add(
                item.Number,
                item.Line,
                $"this reusable block is left out: with those before it, it is longer than {MaxCharacters} characters"
            );
    }

    /// <summary>The text with the contents of reusable blocks inserted, without blocks of either that are not public.</summary>
    /// <param name="item">The item with the content.</param>
    /// <param name="parts">Receives the removed parts.</param>
    public string Fill(WxrItem item, HiddenParts parts)
    {
        // Each text by itself: a hidden block must not end in another text.
        var text = bindings.Fill(HiddenBlocks.Cut(item.Content, rules, parts), item, null);
        if (!Names.Any(name => text.Contains(name, StringComparison.Ordinal)))
            return text;
        var filled = new StringBuilder();
        var room = MaxCharacters;
        Fill(text, filled, [], new Place(item, parts, null), ref room);
        return filled.ToString();
    }

    private void Fill(string text, StringBuilder filled, List<string> within, Place place, ref int room)
    {
        var at = 0;
        var marks = new BlockMarks(text);
        while (marks.Next() is { } mark)
        {
            var isReusable =
                mark is { Name: "block", IsEmpty: true }
                || mark is { Name: Menu, IsEmpty: true } && mark.Attributes.Contains("\"ref\"", StringComparison.Ordinal);
            filled.Append(text, at, (isReusable ? mark.Start : mark.End) - at);
            at = mark.End;
            if (isReusable && Find(mark, within, ref room) is var (id, content, own))
            {
                var inner = place with { Own = own ?? place.Own };
                var shown = bindings.Fill(HiddenBlocks.Cut(content, rules, place.Parts), place.Item, inner.Own);
                room -= Math.Max(0, shown.Length - content.Length);
                Fill(shown, filled, [.. within, id], inner, ref room);
            }
        }
        filled.Append(text, at, text.Length - at);
    }

    private (string Id, string Content, JsonElement? Own)? Find(BlockMark mark, List<string> within, ref int room)
    {
        var (number, own) = Read(mark.Attributes);
        var id = Key(mark.Name == Menu, number);
        var isKnown = byId.TryGetValue(id, out var content);
        var problem =
            !isKnown ? "it is not in the file"
            : content is null ? "it is not published, or too long"
            : within.Contains(id) ? "it would show itself"
            : within.Count == MaxDepth ? $"it stands more than {MaxDepth} levels deep in others"
            : content.Length > room ? "the text has become too long"
            : null;
        if (problem is not null)
        {
            notes.Count($"{(mark.Name == Menu ? "menu" : "reusable block")} left out: {problem}");
            return null;
        }
        room -= content!.Length;
        return (id, content, own);
    }

    private static string Key(bool isMenu, string id) => isMenu ? $"{Menu} {id}" : id;

    // {"ref":123}, or {"ref":123,"content":{"Name of a block":{"content":"A text of this place only"}}}.
    private static (string Id, JsonElement? Own) Read(string attributes)
    {
        try
        {
            using var json = JsonDocument.Parse(attributes);
            return json.RootElement.Get("ref") is { ValueKind: JsonValueKind.Number } id
                ? (id.GetRawText(), json.RootElement.Get("content")?.Clone())
                : ("", null);
        }
        catch (JsonException)
        {
            return ("", null);
        }
    }

    // The item that shows a block, with the values it sets.
    private sealed record Place(WxrItem Item, HiddenParts Parts, JsonElement? Own);
}
