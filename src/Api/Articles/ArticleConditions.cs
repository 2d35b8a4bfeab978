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

    /// <summary>Whether words are looked for.</summary>
    public bool Searches => filter.Search is not null;

    /// <summary>Whether words have to stand in a sequence.</summary>
    public bool HasSequences => filter.Search is { HasSequences: true };

    /// <summary>Whether there are few enough articles with a key of <see cref="Driver"/> to look at each.</summary>
    public bool IsRare(Ladder ladder) => DriverCount <= ladder.Few;

    /// <summary>Whether publication is bounded.</summary>
    public bool BoundsPublication => filter.From is not null || filter.Before is not null;

    /// <summary>Whether the last change is bounded.</summary>
    public bool BoundsChange => filter.ChangedFrom is not null;

    /// <summary>Whether more is asked than a key of the driver and times.</summary>
    public bool AsksMoreThanDriver =>
        filter.Keys.Groups.Count > 1 || filter.Keys.Excluded.Length > 0 || filter.Keys.ItemIds is not null || filter.Keys.ExcludedItemIds.Length > 0
        || Searches;

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
    public string All => string.Join(" and ", [.. Keys(), .. Items("l"), .. Times("l"), .. Words()]);

    /// <summary>What is asked of keys, items and words.</summary>
    public string WithoutTimes => string.Join(" and ", [.. Keys(), .. Items("l"), .. Words()]);

    /// <summary>Everything that is asked but words.</summary>
    public string WithoutWords => string.Join(" and ", [.. Keys(), .. Items("l"), .. Times("l")]);

    /// <summary>What joins <c>delivery.article_texts t</c> with the keys that are asked for; may be empty. Follow it with <see cref="BesideWords"/>.</summary>
    public string KeysOfTexts => filter.Keys.Groups.Count > 0 || ExcludesKeys
        ? $"join ({ArticleBitsSql.Matching(this)}) f on f.chunk = t.item_id / 2048 and get_bit(f.bits, t.item_id % 2048) = 1"
        : "";

    /// <summary>What is asked of <c>delivery.article_texts t</c> beside keys and words.</summary>
    public string BesideWords => string.Join(" and ", ["true", .. Items("t"), .. Times("t")]);

    /// <summary>What is asked of keys.</summary>
    public string OnlyKeys => string.Join(" and ", Keys());

    /// <summary>What is asked of the times; a condition of its own where the keys alone are to choose the index.</summary>
    public string OnlyTimes => string.Join(" and ", ["true", .. Times("l")]);

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
    public void AddTo(DynamicParameters parameters, SearchReach reach)
    {
        if (filter.Search is { } search) TextSearch.AddTo(parameters, search, reach);
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

    private IEnumerable<string> Items(string row)
    {
        if (IsCurated) yield return $"{row}.item_id = any(@items)";
        if (ExcludesItems) yield return $"{row}.item_id <> all(@noItems)";
    }

    private IEnumerable<string> Words()
    {
        if (Searches) yield return $"exists (select from delivery.article_texts t where t.item_id = l.item_id and t.whole @@ {TextSearch.Wanted} offset 0)";
    }

    private IEnumerable<string> Times(string row)
    {
        foreach (var column in new[] { "published_at", "updated_at" })
        {
            if (From(column) is { } from) yield return $"{row}.{column} >= {from}";
            if (Before(column) is { } before) yield return $"{row}.{column} < {before}";
        }
    }
}
