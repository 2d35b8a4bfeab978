using Api.Contracts;
using Api.Http.Requests;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Api.Http.Caching;

/// <summary>
/// The keys under which proxies and front ends can drop the answer of a request. A handler of a list says which lists it depends on; what is asked for by a slug, and the items
/// that show, are known without. An answer of which nothing is known has <see cref="CacheKey.Content"/>.
/// </summary>
internal sealed class AnswerKeys
{
    // Each with what stands in its place when there is no room: the place that covers it, and the collection.
    private readonly List<Name> names = [];
    private readonly List<string> items = [];
    private bool dependsOnAny;

    /// <summary>The keys of a request's answer.</summary>
    public static AnswerKeys Of(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(AnswerKeys), out var known)) return (AnswerKeys)known!;
        var made = new AnswerKeys();
        // Its own address, which there is always room for.
        if (AddressOf(http) is var (collection, slug) && CacheKey.Address(collection, slug) is var own) made.names.Add(new Name(own, own, own));
        http.Items[typeof(AnswerKeys)] = made;
        return made;
    }

    /// <summary>It depends on what is at an address, or becomes of it.</summary>
    public void Address(string collection, string slug)
    {
        var key = CacheKey.Address(collection, slug);
        names.Add(new Name(key, key, collection));
    }

    /// <summary>It depends on which items are in a place, and on their order.</summary>
    /// <param name="place">A collection, or one below an address: <c>topics/china/articles</c>.</param>
    public void List(string place) => names.Add(new Name(CacheKey.List(place), place, CollectionIn(place)));

    /// <summary>It depends on anything about the items that are in a place, as an order by title does.</summary>
    public void Whole(string place) => names.Add(new Name(place, place, CollectionIn(place)));

    /// <summary>It shows these items, whole or in short.</summary>
    public void Show<T>(IEnumerable<T> shown)
    {
        foreach (var one in shown)
        {
            if (one is IIdentified item) items.Add(CacheKey.Item(item.Id));
            else if (one is TopicTree tree)
            {
                items.Add(CacheKey.Item(tree.Topic.Id));
                Show(tree.Topics);
            }
        }
    }

    /// <summary>Any change may make it old.</summary>
    public void Content() => dependsOnAny = true;

    /// <summary>
    /// The keys as a header has them, at most <see cref="KeyHeader.MostBytes"/>: where there is no room for the items, the places they are in stand for them; where there is
    /// none for these either, the collections.
    /// </summary>
    public string Write(char separator)
    {
        var any = dependsOnAny || names.Count == 0;
        string[] always = any ? [CacheKey.All, CacheKey.Content] : [CacheKey.All];
        var whole = Join([.. always, .. names.Select(name => name.Key), .. items]);
        if (whole.Length <= KeyHeader.MostBytes) return whole;
        // Any change drops it, whatever else it has.
        if (any) return Join(always);
        var places = Join([.. always, .. names.Select(name => name.Place)]);
        return places.Length <= KeyHeader.MostBytes ? places : Join([.. always, .. names.Select(name => name.Collection)]);

        string Join(IEnumerable<string> keys) => string.Join(separator, keys.Distinct(StringComparer.Ordinal));
    }

    /// <summary>The keys of what is elsewhere, gone or not there: those of the address, if it is one of the API; for a value of a filter that is gone, of any change.</summary>
    public static string OfNothing(HttpContext http, char separator) =>
        AddressOf(http) is var (collection, slug) ? $"{CacheKey.All}{separator}{CacheKey.Address(collection, slug)}"
        : http.GetEndpoint()?.Metadata.GetMetadata<AnswerShape>() is not null ? OfAnything(separator)
        : CacheKey.All;

    /// <summary>The keys of what any change makes old.</summary>
    public static string OfAnything(char separator) => $"{CacheKey.All}{separator}{CacheKey.Content}";

    private static string CollectionIn(string place) => place[(place.LastIndexOf('/') + 1)..];

    private static (string Collection, string Slug)? AddressOf(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint { RoutePattern.PathSegments: [_, { Parts: [RoutePatternLiteralPart collection] }, ..] } && http.GetRouteValue("slug")?.ToString() is { } slug
            ? (collection.Content, slug)
            : null;

    private sealed record Name(string Key, string Place, string Collection);
}
