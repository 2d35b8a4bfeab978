using UUIDNext;

namespace Api.Import.WordPress.Values;

/// <summary>
/// Identifiers that are equal in all exports of a site: UUIDv5 (RFC 9562) of the site's address and the WordPress number or slug, in the
/// URL namespace. Scheme, "www." and a trailing slash are ignored, so a move to https keeps the ids.
/// </summary>
internal sealed class WordPressIds
{
    // RFC 9562 §6.6, NameSpace_URL.
    private static readonly Guid UrlNamespace = new("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private readonly string site;

    public WordPressIds(string siteUrl)
    {
        var address = siteUrl.Trim().TrimEnd('/').ToLowerInvariant();
        foreach (var start in (string[])["https://", "http://", "www."])
            if (address.StartsWith(start, StringComparison.Ordinal))
                address = address[start.Length..];
        site = address;
    }

    /// <summary>The id of a post or page.</summary>
    /// <param name="postId">Its number within the site.</param>
    /// <param name="more">Additional distinction if the export repeats the number: its guid, its slug.</param>
    public Guid Post(string postId, string more = "") => Of("post", more.Length > 0 ? $"{postId} {more}" : postId);

    /// <summary>The id of a category, tag or other term. By slug, because old exports have no numbers.</summary>
    public Guid Term(string taxonomy, string slug) => Of("term", $"{taxonomy} {slug}");

    /// <summary>The id of an author, by login.</summary>
    public Guid Author(string login) => Of("author", login.ToLowerInvariant());

    /// <summary>The id of a menu.</summary>
    public Guid Menu(string slug) => Of("menu", slug);

    private Guid Of(string what, string name) => Uuid.NewNameBased(UrlNamespace, $"wordpress:{site}#{what} {name}");
}
