using System.Globalization;
using System.Text;
using System.Text.Json;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Values of a block that come from elsewhere (block bindings, WordPress 6.5 and later): from a custom field, from the post, or, in a
/// reusable block, from the item that shows it. The stored text has only a placeholder there.
/// </summary>
internal sealed class WordPressBindings(WordPressNotes notes)
{
    private const string Overrides = "core/pattern-overrides";

    /// <summary>The text with the values inserted.</summary>
    /// <param name="text">The content without hidden parts.</param>
    /// <param name="item">The item that shows it.</param>
    /// <param name="own">Values set where the reusable block is shown, by block names; null when there are none.</param>
    public string Fill(string text, WxrItem item, JsonElement? own)
    {
        if (!text.Contains("\"bindings\"", StringComparison.Ordinal))
            return text;
        var filled = new StringBuilder(text.Length);
        var at = 0;
        var marks = new BlockMarks(text);
        for (var mark = marks.Next(); mark is { } begin; )
        {
            var next = marks.Next();
            if (begin is { IsEnd: false, IsEmpty: false } && begin.Attributes.Contains("\"bindings\"", StringComparison.Ordinal))
            {
                filled.Append(text, at, begin.End - at);
                at = next?.Start ?? text.Length;
                // Limits the result: a long text bound to many blocks must not grow without limit.
                filled.Append(
                    filled.Length > WordPressReusableBlocks.MaxCharacters
                        ? text[begin.End..at]
                        : Filled(begin, text[begin.End..at], item, own)
                );
            }
            mark = next;
        }
        return filled.Append(text, at, text.Length - at).ToString();
    }

    private string Filled(BlockMark block, string html, WxrItem item, JsonElement? own)
    {
        try
        {
            using var json = JsonDocument.Parse(block.Attributes);
            if (
                json.RootElement.Get("metadata") is { } metadata
                && metadata.Get("bindings") is { ValueKind: JsonValueKind.Object } bindings
            )
                foreach (var (name, value) in bindings.EnumerateObject().SelectMany(binding => Values(binding, metadata, item, own)))
                    html = Set(block.Name, name, html, HtmlTags.WithoutComments(value));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            notes.Count($"block '{block.Name}' shown as it stands: its settings cannot be read");
        }
        return html;
    }

    private string Set(string block, string name, string html, string value)
    {
        if (BlockValues.Set(block, name, html, value) is { } set)
            return set;
        if (name is not ("id" or "linkTarget" or "rel"))
            notes.Count($"block '{block}' shown without a value for its '{name}'");
        return html;
    }

    private IEnumerable<(string Name, string Value)> Values(JsonProperty binding, JsonElement metadata, WxrItem item, JsonElement? own)
    {
        var key = binding.Value.Get("args")?.Get("key")?.Scalar() ?? "";
        switch (binding.Value.Get("source")?.Scalar())
        {
            case Overrides:
                // "__default" stands for all values that the showing item sets.
                return own?.Get(metadata.Get("name")?.Scalar() ?? "") is not { ValueKind: JsonValueKind.Object } texts
                    ? []
                    :
                    [
                        .. texts
                            .EnumerateObject()
                            .Where(text => binding.Name == "__default" || binding.Name == text.Name)
                            .Select(text => (text.Name, text.Value.Scalar())),
                    ];
            case "core/post-meta" when item.HasShownFields && item.Meta.TrueForAll(field => field.Key != key):
                notes.Count("block shown with its stand-in: the site shows its custom field nowhere");
                return [];
            case "core/post-meta" or "acf/field" when key.Length > 0 && key[0] != '_':
                if (item.Meta.TrueForAll(field => field.Key != key))
                    notes.Count("block shown without its text: the custom field that holds it is not there");
                return [(binding.Name, item.MetaValue(key))];
            case "core/post-data" when OfPost(binding.Value.Get("args")?.Get("field")?.Scalar() ?? key, item) is { } value:
                return [(binding.Name, value)];
            case var source:
                notes.Count($"block shown with its stand-in: its text comes from '{source}'");
                return [];
        }
    }

    private static string? OfPost(string field, WxrItem item) =>
        field switch
        {
            "link" => item.Link,
            "date" => Moment(item, "post_date"),
            // Shown only if it is later than the publication date.
            "modified" => string.CompareOrdinal(item.Field("post_modified").Replace(' ', 'T'), item.Field("post_date").Replace(' ', 'T'))
            > 0
                ? Moment(item, "post_modified")
                : "",
            _ => null,
        };

    // "2026-03-01T01:10:00-05:00", the format of PHP's date('c').
    private static string Moment(WxrItem item, string field)
    {
        var local = item.Field(field).Replace(' ', 'T');
        return
            Time(local) is { } here
            && Time(item.Field(field + "_gmt").Replace(' ', 'T')) is { } utc
            && (here - utc).Duration() < TimeSpan.FromHours(15)
            ? new DateTimeOffset(here, TimeSpan.FromMinutes(Math.Round((here - utc).TotalMinutes))).ToString(
                "yyyy-MM-dd'T'HH:mm:sszzz",
                CultureInfo.InvariantCulture
            )
            : local;
    }

    private static DateTime? Time(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;
}
