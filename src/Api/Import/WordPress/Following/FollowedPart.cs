using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Following;

/// <summary>A stored user, term or item of a site: a row of <c>content.followed_parts</c>.</summary>
/// <param name="Collection">Name of its collection.</param>
/// <param name="Number">The WordPress number.</param>
/// <param name="Mark">Hash of the fields that show whether it has changed.</param>
/// <param name="Head">JSON of a page with this entry only, without long texts.</param>
/// <param name="Content">The text of an item; null if it is in the head.</param>
/// <param name="Excerpt">As <paramref name="Content"/>.</param>
internal sealed record FollowedPart(string Collection, int Number, long Mark, string Head, string? Content, string? Excerpt)
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true, IgnoreReadOnlyProperties = true };

    /// <summary>A page with one entry, made from the site's JSON.</summary>
    /// <param name="collection">The collection of the entry; its names are <see cref="LiveNames.Open"/>.</param>
    /// <param name="json">The entry.</param>
    /// <returns>Null for a text that is not valid Unicode.</returns>
    public static LivePage? Page(LiveCollection collection, JsonElement json)
    {
        var page = new LivePage { Count = 1 };
        try
        {
            collection.Add(page, json);
            return page;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The part of a page with one entry.</summary>
    /// <param name="collection">Name of the entry's collection.</param>
    /// <param name="number">See <see cref="Number"/>.</param>
    /// <param name="mark">See <see cref="Mark"/>.</param>
    /// <param name="page">The page.</param>
    public static FollowedPart Of(string collection, int number, long mark, LivePage page)
    {
        string? content = null,
            excerpt = null;
        if (page.Items is [{ Title.Length: > 0 } item] && !IsNeededWhole(item.PostType))
        {
            (content, excerpt) = (item.Content, item.Excerpt);
            (item.Content, item.Excerpt) = ("", "");
        }
        return new(collection, number, mark, JsonSerializer.Serialize(page, Json), content, excerpt);
    }

    /// <summary>The hash of an entry, or of the fields that show whether it has changed, as the site sends them.</summary>
    public static long MarkOf(JsonElement json) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(json.GetRawText())));

    /// <summary>The page with this entry only; with its texts if the row was read with them.</summary>
    public static LivePage Read(string head, string? content, string? excerpt)
    {
        var page = JsonSerializer.Deserialize<LivePage>(head, Json)!;
        if (page.Items is [var item] && content is not null)
            (item.Content, item.Excerpt) = (content, excerpt ?? "");
        return page;
    }

    // Items that others show, or whose caption they use, are read before the texts.
    private static bool IsNeededWhole(string type) =>
        type is "attachment" or "nav_menu_item" or PostTypes.ReusableBlock or PostTypes.Navigation;
}
