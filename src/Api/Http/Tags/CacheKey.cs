using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Api.Contracts;

namespace Api.Http.Tags;

/// <summary>
/// The grammar of cache keys (docs/caching.md), which cached answers have and changes name: printable lower-case ASCII without space, comma
/// and colon. Pure.
/// </summary>
internal static class CacheKey
{
    /// <summary>On every answer. Named when the affected keys are unknown or too many.</summary>
    public const string All = "all";

    /// <summary>On answers that any change can affect. Named by every change.</summary>
    public const string Content = "content";

    private const int LongestSlug = 80;
    private const int IdDigits = 12;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    // Beside the resources: kinds of filters, and what has no items of its own.
    private static readonly FrozenDictionary<string, string> Collections = Catalogue
        .Resources.Select(resource => (resource.Name, resource.Collection))
        .Concat([("type", "article-types"), ("expertRole", "experts"), (Catalogue.Redirect, "redirects"), ("source", "sources")])
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>
    /// The collection of a resource, or of the values of a kind of filter; null for what has no address, such as a language.
    /// </summary>
    public static string? CollectionOf(string resource) => Collections.GetValueOrDefault(resource);

    /// <summary>The key of answers at an address or below it: <c>articles/a-longer-view</c>.</summary>
    public static string Address(string collection, string slug) => $"{collection}/{Slug(slug)}";

    /// <summary>The key of answers that show an item: the last twelve hexadecimal digits of its id.</summary>
    /// <param name="urn">A UUID as URN (RFC 9562 §4).</param>
    public static string Item(string urn) => urn[^IdDigits..];

    /// <inheritdoc cref="Item(string)"/>
    public static string Item(Guid id) => Item(id.ToString());

    /// <summary>
    /// The key for the membership and order of a list. The place without this ending is the key for any change of its items.
    /// </summary>
    /// <param name="place">A collection, or one below an address: <c>topics/china/articles</c>.</param>
    public static string List(string place) => place + ".list";

    /// <summary>
    /// A slug as part of a key: unchanged when it has at most 80 characters, all ASCII letters, digits, <c>_</c> or <c>-</c>; otherwise
    /// <c>~</c> and 16 hexadecimal digits of its SHA-256.
    /// </summary>
    public static string Slug(string slug) =>
        slug.Length <= LongestSlug && !slug.AsSpan().ContainsAnyExcept(Plain)
            ? slug
            : "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(slug)).AsSpan(0, 8));
}
