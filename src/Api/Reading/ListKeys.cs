using Api.Http.Tags;

namespace Api.Reading;

/// <summary>Chooses the cache keys of lists by their filters.</summary>
internal static class ListKeys
{
    // One group of values is enough to tell which items may be in a list. The kinds are in this order because the first ones usually match
    // the fewest items.
    private static readonly string[] Leading = ["experts", "sources", "topics", "article-types"];

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
    public static void Name(AnswerKeys keys, FilterKeys filter, string listed, bool foundNothing, bool isTitled, bool isByMore)
    {
        var values = filter.Values;
        // Lists of given slugs, and exclusions, depend on the items at these addresses.
        foreach (var slug in values.ExcludedSlugs.Concat(values.Slugs ?? []))
            keys.Address(listed, slug);
        foreach (var value in values.Excluded.Where(value => CacheKey.CollectionOf(value.Kind) is not null))
            keys.List(PlaceOf(value, listed));
        var leading = Lead(values.Groups);
        if (values.Slugs is null)
        {
            foreach (var place in leading.Count == 0 ? [listed] : leading.Select(value => PlaceOf(value, listed)))
            {
                if (isByMore)
                    keys.Whole(place);
                else
                    keys.List(place);
            }
        }
        NameValues(
            keys,
            filter,
            values.Groups.Where(group => group != leading || values.Slugs is not null),
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
            // Outlets, languages and roles exist as long as an item has them.
            if (value.Kind == "source")
                keys.List(PlaceOf(value, listed));
            else
                keys.List(CacheKey.CollectionOf(value.Kind) ?? listed);
        }
    }

    private static string PlaceOf(FilterValue value, string listed) =>
        $"{CacheKey.Address(CacheKey.CollectionOf(value.Kind)!, value.Slug)}/{listed}";

    private static IReadOnlyList<FilterValue> Lead(IReadOnlyList<IReadOnlyList<FilterValue>> groups) =>
        Leading
            .Select(collection => groups.FirstOrDefault(group => CacheKey.CollectionOf(group[0].Kind) == collection))
            .FirstOrDefault(group => group is not null)
        ?? [];
}
