using Api.Http.Caching;

namespace Api.Reading;

/// <summary>Says under which keys lists can be dropped: by what they are filtered by.</summary>
internal static class ListKeys
{
    // One group of values tells which items may be in a list. In this order, as the first are about the fewest.
    private static readonly string[] Leading = ["experts", "sources", "topics", "article-types"];

    /// <summary>Names the lists of articles or events that an answer depends on, and what of its filter may be another thing after a change though no item in it is.</summary>
    /// <param name="keys">The keys of the answer.</param>
    /// <param name="filter">What the list is filtered by.</param>
    /// <param name="listed"><c>articles</c> or <c>events</c>.</param>
    /// <param name="foundNothing">Whether the answer shows no item.</param>
    /// <param name="isTitled">Whether it says in words what it is filtered by.</param>
    /// <param name="isByMore">Whether more than membership and the usual order decides what is shown, and where: titles, or when items last changed.</param>
    public static void Name(AnswerKeys keys, FilterKeys filter, string listed, bool foundNothing, bool isTitled, bool isByMore)
    {
        var values = filter.Values;
        // Curated lists and exceptions are about what is at some addresses.
        foreach (var slug in values.ExcludedSlugs.Concat(values.Slugs ?? [])) keys.Address(listed, slug);
        foreach (var value in values.Excluded.Where(value => CacheKey.CollectionOf(value.Kind) is not null)) keys.List(PlaceOf(value, listed));
        var leading = Lead(values.Groups);
        if (values.Slugs is null)
        {
            foreach (var place in leading.Count == 0 ? [listed] : leading.Select(value => PlaceOf(value, listed)))
            {
                if (isByMore) keys.Whole(place);
                else keys.List(place);
            }
        }
        NameValues(keys, filter, values.Groups.Where(group => group != leading || values.Slugs is not null), listed, foundNothing || isTitled);
    }

    /// <summary>Names what a list of topics or experts by name depends on; what articles decide is for the caller to say.</summary>
    /// <param name="keys">The keys of the answer.</param>
    /// <param name="filter">What the list is filtered by.</param>
    /// <param name="listed"><c>topics</c> or <c>experts</c>.</param>
    /// <param name="foundNothing">Whether the answer shows no item.</param>
    public static void NameNamed(AnswerKeys keys, FilterKeys filter, string listed, bool foundNothing)
    {
        keys.List(listed);
        NameValues(keys, filter, filter.Values.Groups, listed, foundNothing);
    }

    // A value that goes makes a problem of the list, and one that is called otherwise another title. Of a group of one value each item shown tells that it is there.
    private static void NameValues(AnswerKeys keys, FilterKeys filter, IEnumerable<IReadOnlyList<FilterValue>> groups, string listed, bool inAnyCase)
    {
        // An old slug may become another's.
        if (filter.Followed.Count > 0) keys.Content();
        foreach (var value in groups.Where(group => inAnyCase || group.Count > 1).SelectMany(group => group))
        {
            // An outlet, a language or a role is there as long as an item has it.
            if (value.Kind == "source") keys.List(PlaceOf(value, listed));
            else keys.List(CacheKey.CollectionOf(value.Kind) ?? listed);
        }
    }

    private static string PlaceOf(FilterValue value, string listed) => $"{CacheKey.Address(CacheKey.CollectionOf(value.Kind)!, value.Slug)}/{listed}";

    private static IReadOnlyList<FilterValue> Lead(IReadOnlyList<IReadOnlyList<FilterValue>> groups) => Leading
        .Select(collection => groups.FirstOrDefault(group => CacheKey.CollectionOf(group[0].Kind) == collection))
        .FirstOrDefault(group => group is not null) ?? [];
}
