using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Api.Contracts;

namespace Api.Http.Caching;

/// <summary>
/// The grammar of the keys that cached answers bear and that changes name (docs/caching.md): printable ASCII in lower case, without space, comma and colon. Pure.
/// </summary>
internal static class CacheKey
{
    /// <summary>On every answer; named when it is not known, or too much, what is old.</summary>
    public const string All = "all";

    /// <summary>On answers that any change may make old; named by every change.</summary>
    public const string Content = "content";

    private const int LongestSlug = 80;
    private const int IdDigits = 12;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    // Beside the resources: kinds of filters, and what has no items of its own.
    private static readonly FrozenDictionary<string, string> Collections = Catalogue.Resources.Select(resource => (resource.Name, resource.Collection))
        .Concat([("type", "article-types"), ("expertRole", "experts"), (Catalogue.Redirect, "redirects"), ("source", "sources")])
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>What the items of a resource, or the values of a kind of filter, are called together; null for what has no address, such as a language.</summary>
    public static string? CollectionOf(string resource) => Collections.GetValueOrDefault(resource);

    /// <summary>What is asked at an address or below it: <c>articles/a-longer-view</c>.</summary>
    public static string Address(string collection, string slug) => $"{collection}/{Slug(slug)}";

    /// <summary>What shows an item: the last twelve hexadecimal digits of its id.</summary>
    /// <param name="urn">A UUID as URN (RFC 9562 §4).</param>
    public static string Item(string urn) => urn[^IdDigits..];

    /// <inheritdoc cref="Item(string)"/>
    public static string Item(Guid id) => Item(id.ToString());

    /// <summary>Lists of what is under an address: membership and order. The place without this ending stands for anything about what is there.</summary>
    /// <param name="place">A collection, or one below an address: <c>topics/china/articles</c>.</param>
    public static string List(string place) => place + ".list";

    /// <summary>A slug as it stands in keys: itself when it has at most 80 letters, digits, <c>_</c> and <c>-</c> of ASCII; else <c>~</c> and 16 hexadecimal digits of its SHA-256.</summary>
    public static string Slug(string slug) => slug.Length <= LongestSlug && !slug.AsSpan().ContainsAnyExcept(Plain)
        ? slug
        : "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(slug)).AsSpan(0, 8));
}
