using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Api.Import.WordPress.Live;

namespace Api.Import.WordPress.Following;

/// <summary>A user, a term or an item of a site as it is kept: a row of <c>content.followed_parts</c>.</summary>
/// <param name="Collection">Name of its collection.</param>
/// <param name="Number">The number WordPress gives it.</param>
/// <param name="Mark">Hash of what shows that it has changed.</param>
/// <param name="Head">JSON of a page with it alone, without long texts.</param>
/// <param name="Content">The text of an item; null where it stayed in the head.</param>
/// <param name="Excerpt">As <paramref name="Content"/>.</param>
internal sealed record FollowedPart(string Collection, int Number, long Mark, string Head, string? Content, string? Excerpt)
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true, IgnoreReadOnlyProperties = true };

    /// <summary>The page with a thing as the site shows it.</summary>
    /// <param name="collection">What it is one of; its names are <see cref="LiveNames.Open"/>.</param>
    /// <param name="json">The thing.</param>
    /// <returns>Null for a text that is no Unicode.</returns>
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

    /// <summary>The part for a page with one thing.</summary>
    /// <param name="collection">Name of what it is one of.</param>
    /// <param name="number">See <see cref="Number"/>.</param>
    /// <param name="mark">See <see cref="Mark"/>.</param>
    /// <param name="page">The page.</param>
    public static FollowedPart Of(string collection, int number, long mark, LivePage page)
    {
        string? content = null, excerpt = null;
        if (page.Items is [{ Title.Length: > 0 } item] && !IsNeededWhole(item.PostType))
        {
            (content, excerpt) = (item.Content, item.Excerpt);
            (item.Content, item.Excerpt) = ("", "");
        }
        return new(collection, number, mark, JsonSerializer.Serialize(page, Json), content, excerpt);
    }

    /// <summary>The hash of a thing, or of its marks, as the site shows them.</summary>
    public static long MarkOf(JsonElement json) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(json.GetRawText())));

    /// <summary>The page with this thing alone; the texts only as far as the row was read with them.</summary>
    public static LivePage Read(string head, string? content, string? excerpt)
    {
        var page = JsonSerializer.Deserialize<LivePage>(head, Json)!;
        if (page.Items is [var item] && content is not null)
            (item.Content, item.Excerpt) = (content, excerpt ?? "");
        return page;
    }

    // What others show, or name a caption of, is read before the texts are.
    private static bool IsNeededWhole(string type) => type is "attachment" or "nav_menu_item" or WordPressReusableBlocks.PostType or WordPressNavigation.PostType;
}
