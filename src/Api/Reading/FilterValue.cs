using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Tags;

namespace Api.Reading;

/// <summary>A filter value as the request names it.</summary>
/// <param name="Parameter">The parameter of the value.</param>
/// <param name="Kind">
/// The kind of its key: type, topic, expert, expertRole, role, source, language, mode, status, featured; or topicKind, expertKind, which
/// are resolved in the same way but are not keys.
/// </param>
/// <param name="Slug">The text of the request.</param>
/// <param name="Role">The role of an expertRole.</param>
/// <param name="ItemId">The item that the slug must belong to; 0 for any item.</param>
internal sealed record FilterValue(Parameter Parameter, string Kind, string Slug, string Role = "", int ItemId = 0)
{
    /// <summary>The resource of the slug; the kind itself where it is not a resource.</summary>
    public string Resource =>
        Kind switch
        {
            "type" => "articleType",
            "expertRole" => "expert",
            _ => Kind,
        };
}

/// <summary>A key of the read model, under which items can be found.</summary>
/// <param name="Id">Its number; 0 for a key that no item has.</param>
/// <param name="Articles">How many visible articles have it.</param>
/// <param name="Events">How many visible events have it.</param>
/// <param name="ItemId">The item or outlet it stands for; 0 where it stands for none.</param>
internal readonly record struct Key(int Id, int Articles, int Events, int ItemId)
{
    /// <summary>The key that matches nothing.</summary>
    public static Key Nothing => default;
}

/// <summary>The values of a filter before they are resolved.</summary>
internal sealed class FilterValues
{
    /// <summary>Groups of values: an item matches when it has at least one value of each group.</summary>
    public List<IReadOnlyList<FilterValue>> Groups { get; } = [];

    /// <summary>Items that have any of these values are excluded.</summary>
    public List<FilterValue> Excluded { get; } = [];

    /// <summary>Slugs of the items to list, in the order of the request; unknown slugs are skipped. Null for no such filter.</summary>
    public IReadOnlyList<string>? Slugs { get; set; }

    /// <summary>Slugs of items to exclude; unknown slugs are skipped.</summary>
    public IReadOnlyList<string> ExcludedSlugs { get; set; } = [];

    /// <summary>Whether there is nothing to resolve.</summary>
    public bool IsEmpty => Groups.Count == 0 && Excluded.Count == 0 && Slugs is null && ExcludedSlugs.Count == 0;

    /// <summary>The filter with each value replaced.</summary>
    public FilterValues With(Func<FilterValue, FilterValue> other)
    {
        var changed = new FilterValues { Slugs = Slugs, ExcludedSlugs = ExcludedSlugs };
        changed.Groups.AddRange(Groups.Select(group => (IReadOnlyList<FilterValue>)[.. group.Select(other).Distinct()]));
        changed.Excluded.AddRange(Excluded.Select(other).Distinct());
        return changed;
    }

    /// <summary>Requires any value of a parameter.</summary>
    public void AnyOf(Query query, Parameter parameter, string kind)
    {
        if (query.Has(parameter))
            Groups.Add([.. query.Values(parameter).Select(slug => new FilterValue(parameter, kind, slug))]);
    }

    /// <summary>Requires all values of a parameter.</summary>
    public void AllOf(Query query, Parameter parameter, string kind)
    {
        foreach (var slug in query.Values(parameter))
            Groups.Add([new FilterValue(parameter, kind, slug)]);
    }

    /// <summary>Excludes the values of a parameter.</summary>
    public void NoneOf(Query query, Parameter parameter, string kind) =>
        Excluded.AddRange(query.Values(parameter).Select(slug => new FilterValue(parameter, kind, slug)));

    /// <summary>Requires any or all of the experts in any of the roles; without experts, any expert in one of the roles.</summary>
    public void Experts(Query query, Parameter any, Parameter? all, Parameter role)
    {
        var roles = query.Values(role);
        if (query.Has(any))
            Groups.Add([.. query.Values(any).SelectMany(slug => InRoles(any, slug, roles))]);
        if (all is not null)
            foreach (var slug in query.Values(all))
                Groups.Add([.. InRoles(all, slug, roles)]);
        // Beside expert filters the roles restrict nothing further, but their values are checked.
        AnyOf(query, role, "role");
    }

    private static IEnumerable<FilterValue> InRoles(Parameter parameter, string slug, IReadOnlyList<string> roles) =>
        roles.Count == 0
            ? [new FilterValue(parameter, "expert", slug)]
            : roles.Select(role => new FilterValue(parameter, "expertRole", slug, role));
}

/// <summary>A filter as keys of the read model.</summary>
/// <param name="Groups">An item matches when it has at least one key of each group.</param>
/// <param name="Excluded">Items that have any of these keys are excluded.</param>
/// <param name="ItemIds">
/// The items to choose from, in the order of the request; 0 for an unknown one, so that the others keep their positions; null for all
/// items.
/// </param>
/// <param name="ExcludedItemIds">Items to exclude.</param>
internal sealed record FilterKeys(IReadOnlyList<IReadOnlyList<Key>> Groups, int[] Excluded, int[]? ItemIds, int[] ExcludedItemIds)
{
    /// <summary>The values that were old slugs of their items.</summary>
    public IReadOnlyList<FilterValue> Followed { get; init; } = [];

    /// <summary>The values of <see cref="Groups"/> and the excluded values, with current slugs.</summary>
    public FilterValues Values { get; init; } = new();

    /// <summary>The name of the parameter of each of <see cref="Groups"/>.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The filter that matches all items.</summary>
    public static readonly FilterKeys Everything = new([], [], null, []);

    /// <summary>The keys of the values of a parameter, which <paramref name="values"/> contains once and as "any of".</summary>
    public IReadOnlyList<Key> Of(FilterValues values, Parameter parameter) =>
        Groups[values.Groups.FindIndex(group => group[0].Parameter == parameter)];

    /// <summary>Tags a response as a list of the articles of this filter.</summary>
    public void TagArticles(AnswerTags tags)
    {
        tags.Articles(Narrowest(key => key.Articles));
        TagValues(tags);
    }

    /// <summary>Tags a response as a list of the events of this filter.</summary>
    public void TagEvents(AnswerTags tags)
    {
        tags.Events(Narrowest(key => key.Events));
        TagValues(tags);
    }

    // An item that enters or leaves the list has a key of every group, so one group is enough; without groups it may be any item.
    private IEnumerable<int> Narrowest(Func<Key, int> count) =>
        Groups.Count == 0 ? [AnswerTags.Any] : Groups.MinBy(group => group.Sum(count))!.Select(key => key.Id);

    // A value can get another slug or disappear. Of excluded values only the keys are known; a value without a key leaves no trace; and an
    // old slug can be reassigned.
    private void TagValues(AnswerTags tags)
    {
        tags.Items(Groups.SelectMany(group => group).Select(key => key.ItemId));
        if (
            Followed.Count > 0
            || Excluded.Length > 0
            || ItemIds is not null
            || ExcludedItemIds.Length > 0
            || Groups.Any(group => group.Any(key => key.Id == 0))
        )
            tags.Everything();
    }
}
