using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Reading.Search;
using Dapper;

namespace Api.Reading;

/// <summary>A row of a list of things that have a name and articles.</summary>
internal interface INamedRow
{
    /// <summary>The immutable id, which breaks ties.</summary>
    Guid Id { get; }

    /// <summary>What it is sorted by as a name.</summary>
    string NameSort { get; }

    /// <summary>Its visible articles.</summary>
    int ArticleCount { get; }

    /// <summary>When the newest of these was published (UTC); null when there is none.</summary>
    DateTime? LatestAt { get; }
}

/// <summary>
/// A list of experts or topics by name, number of articles or newest article. Its statements are composed of constant fragments; every
/// value is a parameter.
/// </summary>
/// <param name="window">The part asked for.</param>
/// <param name="view">The view, with the columns of <see cref="INamedRow"/> and <c>item_id</c>.</param>
/// <param name="conditions">Which rows <c>x</c> of the view match; empty for all.</param>
/// <param name="resource">What the rows are.</param>
/// <param name="search">What they are searched for; null for no search.</param>
/// <param name="isRare">Few rows match and an index finds them: all are fetched and sorted, instead of walked to in the list's order.</param>
/// <remarks>
/// Indexes have experts in each of the orders, so that a page is a short walk: 3 ms among 100,000 experts, where sorting took 150. Only
/// within a large group of equals, such as those without any article, are the equals sorted by id: 100 ms for 36,000 of them. Counting
/// costs more than the page: 40 ms for 10,001 of 100,000 experts, 200 ms where only a tenth of these match.
/// </remarks>
internal sealed class NamedList(PageWindow window, string view, IReadOnlyList<string> conditions, string resource, SearchText? search, bool isRare = false)
{
    /// <summary>The orders of such a list.</summary>
    public static readonly Parameter Sort = ListParameters.Sort("name", "-name", "-articleCount", "articleCount", "-latestAt", "latestAt");

    /// <summary>Whether the order is by articles, so that any of them may change it.</summary>
    public static bool IsByCounts(PageWindow window) => !window.Sort.EndsWith("name", StringComparison.Ordinal);

    private bool SortsDown => window.Sort.StartsWith('-');

    private bool Descending => SortsDown != window.Backward;

    private string Column => window.Sort.TrimStart('-');

    private string Direction => Descending ? "desc" : "asc";

    // Whoever has no article comes last in both directions: a null would have no place that a cursor can hold. Constants, as indexes have them.
    private string Value => Column switch
    {
        "articleCount" => "x.article_count",
        "latestAt" => SortsDown ? "coalesce(x.latest_at, '-infinity')" : "coalesce(x.latest_at, 'infinity')",
        _ => "x.name_sort",
    };

    // The first half alone can be walked to by an index.
    private string After => window.At is null ? "" : $"where f.at {Comparison}= {At} and (f.at, f.id) {Comparison} ({At}, @atId)";

    private string At => Column switch { "articleCount" => "@atCount", "latestAt" => "@atInstant", _ => "@atText" };

    private string Comparison => Descending ? "<" : ">";

    /// <summary>The rows of the page, in the direction of the walk, and how many match; one round trip.</summary>
    /// <param name="delivery">The database.</param>
    /// <param name="columns">The columns of a row, from <c>x</c> and what <paramref name="also"/> joins.</param>
    /// <param name="also">Joins what belongs to each row of the page; may be empty.</param>
    /// <param name="values">What the conditions compare with.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<(IReadOnlyList<TRow> Rows, Total Total)> Read<TRow>(
        DeliveryDatabase delivery, string columns, string also, object values, CancellationToken cancel)
        where TRow : INamedRow
    {
        var parameters = Parameters(values);
        if (window.Count == CountKind.None) return (await delivery.Query<TRow>(PageSql(columns, also), parameters, cancel), Total.None);
        return await delivery.QueryMultiple($"{PageSql(columns, also)};\n{TotalSql}", parameters, async results =>
            ((IReadOnlyList<TRow>)[.. await results.ReadAsync<TRow>()], Total.Of(await results.ReadSingleAsync<int>(), window.Count)), cancel);
    }

    /// <summary>Where a row stands in the list.</summary>
    public Position PositionOf(INamedRow row) => Column switch
    {
        "articleCount" => new Position(row.ArticleCount, null, row.Id),
        // The ends of the range are read back as the infinities.
        "latestAt" => row.LatestAt is { } at ? Position.At(at, row.Id) : new Position(SortsDown ? long.MinValue : long.MaxValue, null, row.Id),
        _ => Position.At(row.NameSort, row.Id),
    };

    private string Matches => string.Join(" and ", ["true", .. conditions, .. search is null ? [] : (string[])[Words]]);

    private string Words => $"x.item_id in (select t.item_id from delivery.named_texts t where t.resource = '{resource}' and t.whole @@ {TextSearch.Wanted})";

    private string With => search is null ? "" : "with " + TextSearch.Asked;

    // offset keeps the planner from joining the whole view with the page.
    private string PageSql(string columns, string also) => $"""
        {With}
        select d.*, (select reference_sequence from delivery.head) as reference_sequence
        from   (select f.item_id, f.at, f.id
                from  (select x.item_id, {Value} as at, x.id from {view} x where {Matches} {(isRare || search is not null ? "offset 0" : "")}) f
                {After}
                order by f.at {Direction}, f.id {Direction} offset @offset limit @take) r
        cross join lateral (select {columns} from {view} x {also} where x.item_id = r.item_id offset 0) d
        order  by r.at {Direction}, r.id {Direction}
        """;

    private string TotalSql =>
        $"{With} select count(*)::integer from (select from {view} x where {Matches} {(window.Count == CountKind.Exact ? "" : "limit 10001")}) c";

    private DynamicParameters Parameters(object values)
    {
        var parameters = new DynamicParameters(values);
        if (search is not null) TextSearch.AddTo(parameters, search);
        parameters.AddDynamicParams(new
        {
            offset = window.Offset,
            take = window.Take,
            atCount = window.At?.Count ?? 0,
            atInstant = window.At?.Instant,
            atText = window.At?.Text ?? "",
            atId = window.At?.Id,
        });
        return parameters;
    }
}
