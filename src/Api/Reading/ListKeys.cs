using Api.Http.Tags;

namespace Api.Reading;

/// <summary>Chooses the cache keys of lists by their filters.</summary>
internal static class ListKeys
{
    private const int MostPairs = 12;

    // One or two groups of values tell which items may be in a list. The kinds are in this order because the first ones usually match the
    // fewest items.
    private static readonly string[] Leading =
    [
        "experts",
        "sources",
        "topics",
        "article-types",
        "languages",
        "roles",
        "modes",
        "statuses",
        "featured",
    ];

    // These values exist as long as an item has them.
    private static readonly string[] Unnamed = ["source", "language", "role", "mode", "status", "featured"];

    /// <summary>
    /// Adds the keys of the lists of articles or events that a response depends on, and the keys of filter values whose change alters the
    /// response although no item in it changes.
    /// </summary>
    /// <param name="keys">The keys of the answer.</param>
    /// <param name="filter">The filter of the list.</param>
    /// <param name="listed"><c>articles</c> or <c>events</c>.</param>
    /// <param name="foundNothing">Whether the response shows no item.</param>
    /// <param name="isTitled">Whether the response describes its filter in words.</param>
    /// <param name="isByMore">
    /// Whether the response depends on more than membership and the default order: on titles, or on when items last changed.
    /// </param>
    /// <param name="year">The year of publication that the response is limited to; null for none.</param>
    public static void Name(
        AnswerKeys keys,
        FilterKeys filter,
        string listed,
        bool foundNothing,
        bool isTitled,
        bool isByMore,
        int? year = null
    )
    {
        var values = filter.Values;
        // Lists of given slugs, and exclusions, depend on the items at these addresses.
        foreach (var slug in values.ExcludedSlugs.Concat(values.Slugs ?? []))
            keys.Address(listed, slug);
        foreach (var value in values.Excluded.Where(value => CacheKey.CollectionOf(value.Kind) is not null))
            keys.List(PlaceOf(value, listed));
        var groups = Lead(filter);
        var leading = groups.Count == 0 ? [] : groups[0].Values;
        var isPaired = groups.Count > 1 && values.Slugs is null && !isByMore && NamePairs(keys, groups[0], groups[1], listed);
        if (values.Slugs is null && leading.Count == 0 && year is { } only && !isByMore)
            keys.Year(only);
        else if (values.Slugs is null && !isPaired)
        {
            foreach (var place in leading.Count == 0 ? [listed] : leading.Select(value => PlaceOf(value, listed)))
            {
                // The key of one value does not say that another one changed.
                if (isByMore || groups.Count > 1)
                    keys.Whole(place);
                else
                    keys.List(place);
            }
        }
        foreach (var role in leading.Where(value => foundNothing && value.Kind == "role"))
            NameRole(keys, role);
        NameValues(
            keys,
            filter,
            values.Groups.Where(group => group != leading || isPaired || values.Slugs is not null),
            listed,
            foundNothing || isTitled
        );
    }

    /// <summary>Adds the keys of a list of topics or experts by name; the caller adds what depends on articles.</summary>
    /// <param name="keys">The keys of the answer.</param>
    /// <param name="filter">The filter of the list.</param>
    /// <param name="listed"><c>topics</c> or <c>experts</c>.</param>
    /// <param name="foundNothing">Whether the response shows no item.</param>
    public static void NameNamed(AnswerKeys keys, FilterKeys filter, string listed, bool foundNothing)
    {
        keys.List(listed);
        NameValues(keys, filter, filter.Values.Groups, listed, foundNothing);
    }

    // When a value disappears, the list becomes an error; when it is renamed, the title changes. For a group with one value, every item in
    // the response shows that the value exists.
    private static void NameValues(
        AnswerKeys keys,
        FilterKeys filter,
        IEnumerable<IReadOnlyList<FilterValue>> groups,
        string listed,
        bool inAnyCase
    )
    {
        // An old slug can be reassigned to another item.
        if (filter.Followed.Count > 0)
            keys.Content();
        foreach (var value in groups.Where(group => inAnyCase || group.Count > 1).SelectMany(group => group))
        {
            if (value.Kind == "role")
                NameRole(keys, value);
            else if (Unnamed.Contains(value.Kind))
                keys.List(PlaceOf(value, listed));
            else
                keys.List(CacheKey.CollectionOf(value.Kind) ?? listed);
        }
    }

    // Articles and events share the roles.
    private static void NameRole(AnswerKeys keys, FilterValue value)
    {
        keys.List(PlaceOf(value, "articles"));
        keys.List(PlaceOf(value, "events"));
    }

    private static string PlaceOf(FilterValue value, string listed) =>
        CacheKey.Place(value.Kind, value.Kind == "language" ? value.Slug.ToLowerInvariant() : value.Slug, listed);

    // False when a value has no number, because no item has it, or when there would be too many pairs.
    private static bool NamePairs(AnswerKeys keys, Group one, Group other, string listed)
    {
        if (one.Keys.Count * other.Keys.Count > MostPairs || one.Keys.Concat(other.Keys).Any(key => key.Id == 0))
            return false;
        foreach (var first in one.Keys)
        foreach (var second in other.Keys)
            keys.Pair(listed, first.Id, second.Id, PlaceOf(one.Values[0], listed));
        return true;
    }

    // The groups by which keys can be chosen, the best first.
    private static IReadOnlyList<Group> Lead(FilterKeys filter) =>
        [
            .. filter
                .Values.Groups.Zip(filter.Groups, (values, keys) => new Group(values, keys))
                .Select(group => (Group: group, Rank: Array.IndexOf(Leading, CacheKey.CollectionOf(group.Values[0].Kind))))
                .Where(group => group.Rank >= 0)
                .OrderBy(group => group.Rank)
                .Select(group => group.Group),
        ];

    private sealed record Group(IReadOnlyList<FilterValue> Values, IReadOnlyList<Key> Keys);
}
