using Api.Http.Caching;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Reading;

/// <summary>A value that a list is to be filtered by, as the request names it.</summary>
/// <param name="Parameter">The parameter it came with.</param>
/// <param name="Kind">
/// Its kind of key: type, topic, expert, expertRole, role, source, language, mode, status, featured; or topicKind, expertKind, which are
/// looked up alike but are no keys.
/// </param>
/// <param name="Slug">What the request says.</param>
/// <param name="Role">The role of an expertRole.</param>
/// <param name="ItemId">The item that has to be meant; 0 for whichever has the slug.</param>
internal sealed record FilterValue(Parameter Parameter, string Kind, string Slug, string Role = "", int ItemId = 0)
{
    /// <summary>What the slug is a slug of; the kind itself for what is no resource.</summary>
    public string Resource => Kind switch { "type" => "articleType", "expertRole" => "expert", _ => Kind };
}

/// <summary>A key of the read model: what an item can be found under.</summary>
/// <param name="Id">Its number; 0 for a key that no item has.</param>
/// <param name="Articles">How many visible articles have it.</param>
/// <param name="Events">How many visible events have it.</param>
/// <param name="ItemId">The item or outlet it stands for; 0 where it stands for none.</param>
internal readonly record struct Key(int Id, int Articles, int Events, int ItemId)
{
    /// <summary>Finds nothing.</summary>
    public static Key Nothing => default;
}

/// <summary>What a list is filtered by, before its values are known to exist.</summary>
internal sealed class FilterValues
{
    /// <summary>Groups of values: an item matches when it matches any value of each group.</summary>
    public List<IReadOnlyList<FilterValue>> Groups { get; } = [];

    /// <summary>An item that matches any of these is left out.</summary>
    public List<FilterValue> Excluded { get; } = [];

    /// <summary>Slugs of items of the list itself, in the order given; those that do not exist are skipped. Null for no such filter.</summary>
    public IReadOnlyList<string>? Slugs { get; set; }

    /// <summary>Slugs of items to leave out; those that do not exist are skipped.</summary>
    public IReadOnlyList<string> ExcludedSlugs { get; set; } = [];

    /// <summary>True when there is nothing to look up.</summary>
    public bool IsEmpty => Groups.Count == 0 && Excluded.Count == 0 && Slugs is null && ExcludedSlugs.Count == 0;

    /// <summary>The same with other values in the places of these.</summary>
    public FilterValues With(Func<FilterValue, FilterValue> other)
    {
        var changed = new FilterValues { Slugs = Slugs, ExcludedSlugs = ExcludedSlugs };
        changed.Groups.AddRange(Groups.Select(group => (IReadOnlyList<FilterValue>)[.. group.Select(other).Distinct()]));
        changed.Excluded.AddRange(Excluded.Select(other).Distinct());
        return changed;
    }

    /// <summary>Any of the values of a parameter.</summary>
    public void AnyOf(Query query, Parameter parameter, string kind)
    {
        if (query.Has(parameter)) Groups.Add([.. query.Values(parameter).Select(slug => new FilterValue(parameter, kind, slug))]);
    }

    /// <summary>All of the values of a parameter.</summary>
    public void AllOf(Query query, Parameter parameter, string kind)
    {
        foreach (var slug in query.Values(parameter)) Groups.Add([new FilterValue(parameter, kind, slug)]);
    }

    /// <summary>None of the values of a parameter.</summary>
    public void NoneOf(Query query, Parameter parameter, string kind) =>
        Excluded.AddRange(query.Values(parameter).Select(slug => new FilterValue(parameter, kind, slug)));

    /// <summary>Experts any of or all of, in any of some roles; the roles alone mean any expert in one of them.</summary>
    public void Experts(Query query, Parameter any, Parameter? all, Parameter role)
    {
        var roles = query.Values(role);
        if (query.Has(any)) Groups.Add([.. query.Values(any).SelectMany(slug => InRoles(any, slug, roles))]);
        if (all is not null)
            foreach (var slug in query.Values(all)) Groups.Add([.. InRoles(all, slug, roles)]);
        // Beside expert filters it narrows nothing, but its values are checked.
        AnyOf(query, role, "role");
    }

    private static IEnumerable<FilterValue> InRoles(Parameter parameter, string slug, IReadOnlyList<string> roles) => roles.Count == 0
        ? [new FilterValue(parameter, "expert", slug)]
        : roles.Select(role => new FilterValue(parameter, "expertRole", slug, role));
}

/// <summary>What a list is filtered by, as keys of the read model.</summary>
/// <param name="Groups">An item matches when it has any key of each group.</param>
/// <param name="Excluded">An item with any of these is left out.</param>
/// <param name="ItemIds">The items to choose from, in the order given, 0 in the place of one that does not exist, so that the others keep theirs; null for all.</param>
/// <param name="ExcludedItemIds">Items to leave out.</param>
internal sealed record FilterKeys(IReadOnlyList<IReadOnlyList<Key>> Groups, int[] Excluded, int[]? ItemIds, int[] ExcludedItemIds)
{
    /// <summary>The values that were old slugs of what they stand for.</summary>
    public IReadOnlyList<FilterValue> Followed { get; init; } = [];

    /// <summary>The values that <see cref="Groups"/> stand for, and those that are left out, with the slugs of now.</summary>
    public FilterValues Values { get; init; } = new();

    /// <summary>The name of the parameter that each of <see cref="Groups"/> came with.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Finds everything.</summary>
    public static readonly FilterKeys Everything = new([], [], null, []);

    /// <summary>What the values of a parameter stand for, which <paramref name="values"/> has once and as "any of".</summary>
    public IReadOnlyList<Key> Of(FilterValues values, Parameter parameter) =>
        Groups[values.Groups.FindIndex(group => group[0].Parameter == parameter)];

    /// <summary>Says that an answer lists the articles of this filter.</summary>
    public void TagArticles(AnswerTags tags)
    {
        tags.Articles(Narrowest(key => key.Articles));
        TagValues(tags);
    }

    /// <summary>Says that an answer lists the events of this filter.</summary>
    public void TagEvents(AnswerTags tags)
    {
        tags.Events(Narrowest(key => key.Events));
        TagValues(tags);
    }

    // An item that comes or goes has a key of every group, so one group tells; without any it may be any item.
    private IEnumerable<int> Narrowest(Func<Key, int> count) =>
        Groups.Count == 0 ? [AnswerTags.Any] : Groups.MinBy(group => group.Sum(count))!.Select(key => key.Id);

    // A value may get another slug or go; of those that are left out only the keys are known, of what has no key nothing, and an old slug may become another's.
    private void TagValues(AnswerTags tags)
    {
        tags.Items(Groups.SelectMany(group => group).Select(key => key.ItemId));
        if (Followed.Count > 0 || Excluded.Length > 0 || ItemIds is not null || ExcludedItemIds.Length > 0 || Groups.Any(group => group.Any(key => key.Id == 0))) tags.Everything();
    }
}
