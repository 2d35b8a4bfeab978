using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Api.Contracts;
using Api.Http.Keys;

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
    private const string OfCard = ".c";

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    // Beside the resources: kinds of filters, and what has no items of its own.
    private static readonly FrozenDictionary<string, string> Collections = Catalogue
        .Resources.Select(resource => (resource.Name, resource.Collection))
        .Concat([("type", "article-types"), ("expertRole", "experts"), (Catalogue.Redirect, "redirects"), ("source", "sources")])
        .Concat([("language", "languages"), ("role", "roles"), ("mode", "modes"), ("status", "statuses"), ("featured", "featured")])
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>
    /// The collection of a resource, or of the values of a kind of filter; null for kinds that no list takes its key by.
    /// </summary>
    public static string? CollectionOf(string resource) => Collections.GetValueOrDefault(resource);

    /// <summary>The key of answers at an address or below it: <c>articles/a-longer-view</c>.</summary>
    public static string Address(string collection, string slug) => $"{collection}/{Slug(slug)}";

    /// <summary>The key of answers that show an item: the last twelve hexadecimal digits of its id.</summary>
    /// <param name="urn">A UUID as URN (RFC 9562 §4).</param>
    public static string Item(string urn) => urn[^IdDigits..];

    /// <inheritdoc cref="Item(string)"/>
    public static ReadOnlySpan<char> Item(ReadOnlySpan<char> urn) => urn[^IdDigits..];

    /// <inheritdoc cref="Item(string)"/>
    public static string Item(Guid id) => Item(id.ToString());

    /// <summary>
    /// The key of answers that show a card of an item and nothing else of it: the key of the item and <c>.c</c>, short because an answer
    /// can have a hundred.
    /// </summary>
    /// <param name="urn">A UUID as URN (RFC 9562 §4).</param>
    public static string Card(string urn) => Item(urn) + OfCard;

    /// <inheritdoc cref="Card(string)"/>
    public static string Card(Guid id) => Item(id) + OfCard;

    /// <summary>The items of a collection below a value: <c>topics/china/articles</c>, <c>featured/articles</c>.</summary>
    /// <param name="kind">The kind of the value, which has a collection.</param>
    /// <param name="value">The value; empty for a kind that has only one.</param>
    /// <param name="listed">The collection of the items.</param>
    public static string Place(string kind, string value, string listed) =>
        value.Length == 0 ? $"{CollectionOf(kind)}/{listed}" : $"{Address(CollectionOf(kind)!, value)}/{listed}";

    /// <summary>
    /// The key for the membership and order of lists filtered by two values: <c>articles.26-47</c>, with the numbers that the values have
    /// in the read model.
    /// </summary>
    public static string Pair(string listed, int one, int other) =>
        string.Create(CultureInfo.InvariantCulture, $"{listed}.{Math.Min(one, other)}-{Math.Max(one, other)}");

    /// <summary>On every list with a <see cref="Pair"/>. Named when a change concerns many pairs.</summary>
    public static string AnyPair(string listed) => listed + ".pairs";

    /// <summary>The articles of a year. Only <see cref="List"/> of it is a key.</summary>
    public static string Year(string year) => $"years/{year}/articles";

    /// <summary>
    /// The key for the membership and order of a list. The place without this ending is the key for any change of its items.
    /// </summary>
    /// <param name="place">A collection, or one below an address: <c>topics/china/articles</c>.</param>
    public static string List(string place) => place + ".list";

    /// <summary>
    /// A slug as part of a key: unchanged when it has at most 80 characters, all ASCII letters, digits, <c>_</c> or <c>-</c>, and is not an
    /// API key that somebody put into an address; otherwise <c>~</c> and 16 hexadecimal digits of its SHA-256.
    /// </summary>
    public static string Slug(string slug) =>
        slug.Length <= LongestSlug && !slug.AsSpan().ContainsAnyExcept(Plain) && !ApiKey.IsIn(slug)
            ? slug
            : "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(slug)).AsSpan(0, 8));
}
