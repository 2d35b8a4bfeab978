using Api.Reading;
using Dapper;

namespace Api.Articles;

/// <summary>What a filter asks of a row of <c>delivery.listing l</c>, as constant fragments with their parameters. Pure.</summary>
internal sealed class ArticleConditions(ArticleFilter filter)
{
    /// <summary>The group of keys that the fewest articles have; null without keys.</summary>
    public IReadOnlyList<Key>? Driver { get; } = filter.Keys.Groups.OrderBy(group => group.Sum(key => key.Articles)).FirstOrDefault();

    /// <summary>How many articles have a key of <see cref="Driver"/>, at most; all there could be without keys.</summary>
    public int DriverCount => Driver?.Sum(key => key.Articles) ?? int.MaxValue;

    /// <summary>Whether publication is bounded.</summary>
    public bool BoundsPublication => filter.From is not null || filter.Before is not null;

    /// <summary>Whether the last change is bounded.</summary>
    public bool BoundsChange => filter.ChangedFrom is not null;

    /// <summary>Whether more is asked than a key of the driver and times.</summary>
    public bool AsksMoreThanDriver =>
        filter.Keys.Groups.Count > 1 || filter.Keys.Excluded.Length > 0 || filter.Keys.ItemIds is not null || filter.Keys.ExcludedItemIds.Length > 0;

    /// <summary>How many groups of keys are any-of.</summary>
    public int AnyOfGroups => AnyOf().Count();

    /// <summary>Whether there are keys that an article must all have.</summary>
    public bool AsksAllOf => filter.Keys.Groups.Any(group => group.Count == 1);

    /// <summary>Whether keys are excluded.</summary>
    public bool ExcludesKeys => filter.Keys.Excluded.Length > 0;

    /// <summary>Whether articles are excluded by name.</summary>
    public bool ExcludesItems => filter.Keys.ExcludedItemIds.Length > 0;

    /// <summary>Whether the articles are named.</summary>
    public bool IsCurated => filter.Keys.ItemIds is not null;

    /// <summary>Everything that is asked.</summary>
    public string All => string.Join(" and ", [.. Keys(), .. Items(), .. Times()]);

    /// <summary>What is asked of keys and items.</summary>
    public string WithoutTimes => string.Join(" and ", [.. Keys(), .. Items()]);

    /// <summary>What is asked of keys.</summary>
    public string OnlyKeys => string.Join(" and ", Keys());

    /// <summary>What is asked of the times; a condition of its own where the keys alone are to choose the index.</summary>
    public string OnlyTimes => string.Join(" and ", ["true", .. Times()]);

    /// <summary>The lower bound of a column, null when it has none.</summary>
    public string? From(string column) => column switch
    {
        "published_at" when filter.From is not null => "@from",
        "updated_at" when filter.ChangedFrom is not null => "@changedFrom",
        _ => null,
    };

    /// <summary>The upper bound of a column, excluded; null when it has none.</summary>
    public string? Before(string column) => column == "published_at" && filter.Before is not null ? "@before" : null;

    /// <summary>The bounds as values, to be compared with a cursor.</summary>
    public (DateTime? From, DateTime? Before) Instants(string column) => column switch
    {
        "published_at" => (filter.From, filter.Before),
        "updated_at" => (filter.ChangedFrom, null),
        _ => default,
    };

    /// <summary>Adds the parameters of all fragments.</summary>
    public void AddTo(DynamicParameters parameters)
    {
        parameters.AddDynamicParams(new
        {
            driver = Driver?.Select(key => key.Id).ToArray() ?? [],
            all = filter.Keys.Groups.Where(group => group.Count == 1).Select(group => group[0].Id).ToArray(),
            none = filter.Keys.Excluded,
            items = filter.Keys.ItemIds ?? [],
            noItems = filter.Keys.ExcludedItemIds,
            from = filter.From,
            before = filter.Before,
            changedFrom = filter.ChangedFrom,
        });
        foreach (var (n, group) in AnyOf())
            parameters.Add($"any{n}", group.Select(key => key.Id).ToArray());
    }

    private IEnumerable<(int, IReadOnlyList<Key>)> AnyOf() => filter.Keys.Groups.Where(group => group.Count > 1).Index();

    private IEnumerable<string> Keys()
    {
        yield return "true";
        if (AsksAllOf) yield return "l.keys @> @all";
        foreach (var (n, _) in AnyOf()) yield return $"l.keys && @any{n}";
        if (ExcludesKeys) yield return "not l.keys && @none";
    }

    private IEnumerable<string> Items()
    {
        if (IsCurated) yield return "l.item_id = any(@items)";
        if (ExcludesItems) yield return "l.item_id <> all(@noItems)";
    }

    private IEnumerable<string> Times()
    {
        foreach (var column in new[] { "published_at", "updated_at" })
        {
            if (From(column) is { } from) yield return $"l.{column} >= {from}";
            if (Before(column) is { } before) yield return $"l.{column} < {before}";
        }
    }
}
