using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Parameters;
using Dapper;

namespace Api.Reading.Named;

/// <summary>A row of a list of resources that have a name and articles.</summary>
internal interface INamedRow
{
    /// <summary>The immutable id, which breaks ties.</summary>
    Guid Id { get; }

    /// <summary>Its number in the database.</summary>
    int ItemId { get; }

    /// <summary>The number of its visible articles.</summary>
    int ArticleCount { get; }

    /// <summary>The last change of a name before the row was read.</summary>
    long ReferenceSequence { get; }

    /// <summary>When the newest of these articles was published (UTC); null when there is none.</summary>
    DateTime? LatestAt { get; }
}

/// <summary>
/// A list of experts or topics, sorted by name, number of articles or newest article. Its statements are composed of constant fragments;
/// every value is a parameter.
/// </summary>
/// <param name="window">The page to read.</param>
/// <param name="resource">The resource; its view has the columns of <see cref="INamedRow"/>.</param>
/// <param name="orders">The orders of names.</param>
/// <param name="conditions">The conditions on rows <c>x</c> of the view; empty for all rows.</param>
/// <param name="found">The numbers of the rows with the words of a search; null without one.</param>
/// <param name="isRare">
/// Whether few rows match and an index finds them: all are then fetched and sorted instead of walking the list's order.
/// </param>
/// <remarks>
/// The database does not know the order of names, so <see cref="NameOrders"/> has it; statements read the numbers of the rows that match,
/// and the rows of the page. Indexes contain the experts in the other orders, so a page is a short walk. Only within a large group of equal
/// values, such as experts without articles, are rows sorted by id: 100 ms for 36,000 of them. Counting costs more than such a
/// page: 40 ms for 10,001 of 100,000 experts, 200 ms where only a tenth of them match.
/// </remarks>
internal sealed class NamedList(
    PageWindow window,
    NamedResource resource,
    NameOrders orders,
    IReadOnlyList<string> conditions,
    int[]? found,
    bool isRare = false
)
{
    // Names may change between the statements.
    private const int MostAttempts = 3;

    /// <summary>The sort orders of the list.</summary>
    public static readonly Parameter Sort = ListParameters.Sort("name", "-name", "-articleCount", "articleCount", "-latestAt", "latestAt");

    /// <summary>Whether the list is sorted by articles, so that a change of any article may change the order.</summary>
    public static bool IsByCounts(PageWindow window) => window.Sort is not ("name" or "-name");

    private Dictionary<int, Position> places = [];

    private bool SortsDown => window.Sort.StartsWith('-');

    private bool Descending => SortsDown != window.Backward;

    private string Column => window.Sort.TrimStart('-');

    private string Direction => Descending ? "desc" : "asc";

    // Rows without articles sort last in both directions. They have a value instead of null, because a cursor cannot hold null; it is
    // constant, as in the indexes.
    private string Value =>
        Column switch
        {
            "articleCount" => "x.article_count",
            "latestAt" => SortsDown ? "coalesce(x.latest_at, '-infinity')" : "coalesce(x.latest_at, 'infinity')",
            _ => throw new InvalidOperationException($"The database does not sort by {Column}."),
        };

    // Only the first half of the condition can use an index.
    private string After => window.At is null ? "" : $"where f.at {Comparison}= {At} and (f.at, f.id) {Comparison} ({At}, @atId)";

    private string At =>
        Column switch
        {
            "articleCount" => "@atCount",
            _ => "@atInstant",
        };

    private string Comparison => Descending ? "<" : ">";

    /// <summary>
    /// The rows of the page in the direction of the walk, and the total. One round trip; two by name with conditions, and for
    /// a page without rows; two more when names have changed.
    /// </summary>
    /// <param name="delivery">The database.</param>
    /// <param name="columns">The columns to read, from <c>x</c> and the joins in <paramref name="also"/>.</param>
    /// <param name="also">Additional joins for each row of the page; may be empty.</param>
    /// <param name="values">The parameters of the conditions.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<(IReadOnlyList<TRow> Rows, Total Total)> Read<TRow>(
        IQueries delivery,
        string columns,
        string also,
        object values,
        CancellationToken cancel
    )
        where TRow : INamedRow
    {
        var parameters = Parameters(values);
        if (!IsByCounts(window))
            return await ReadByName<TRow>(delivery, columns, also, parameters, cancel);
        if (window.Count == CountKind.None)
            return (await delivery.Query<TRow>(PageSql(columns, also), parameters, cancel), Total.None);
        return await delivery.QueryMultiple(
            $"{PageSql(columns, also)};\n{TotalSql}",
            parameters,
            async results =>
                ((IReadOnlyList<TRow>)[.. await results.ReadAsync<TRow>()], Total.Of(await results.ReadSingleAsync<int>(), window.Count)),
            cancel
        );
    }

    /// <summary>The position of a row in the list.</summary>
    public Position PositionOf(INamedRow row) =>
        Column switch
        {
            "articleCount" => new Position(row.ArticleCount, null, row.Id),
            // The ends of the range of long are converted back into the infinities.
            "latestAt" => row.LatestAt is { } at
                ? Position.At(at, row.Id)
                : new Position(SortsDown ? long.MinValue : long.MaxValue, null, row.Id),
            _ => places[row.ItemId],
        };

    private async Task<(IReadOnlyList<TRow> Rows, Total Total)> ReadByName<TRow>(
        IQueries delivery,
        string columns,
        string also,
        DynamicParameters parameters,
        CancellationToken cancel
    )
        where TRow : INamedRow
    {
        NameOrder? outdated = null;
        for (var attempt = 1; ; attempt++)
        {
            var known = attempt == MostAttempts ? await orders.Read(resource, cancel) : await orders.Get(resource, outdated, cancel);
            var (page, count, sequence) = await PageOf(known.Rows, delivery, parameters, cancel);
            places = page.ToDictionary(row => row.ItemId, row => row.Position);
            var numbers = page.Select(row => row.ItemId).ToArray();
            var rows = numbers.Length == 0 ? [] : await delivery.Query<TRow>(RowsSql(columns, also), new { numbers }, cancel);
            if (rows.Count > 0)
                sequence = rows[0].ReferenceSequence;
            sequence ??= await delivery.QueryFirst<long>("select reference_sequence from delivery.head", null, cancel);
            // A preview has just read the order, and its sequence moves with each commit of anything.
            var isCurrent = rows.Count == numbers.Length && (sequence == known.Sequence || !orders.Keeps);
            if (isCurrent || attempt == MostAttempts)
                return (rows, Total.Of(count, window.Count));
            outdated = known;
        }
    }

    // The sequence is that of the matching numbers; null when none were read.
    private async Task<(IReadOnlyList<KeyedRow> Rows, int Count, long? Sequence)> PageOf(
        KeyedOrder names,
        IQueries delivery,
        DynamicParameters parameters,
        CancellationToken cancel
    )
    {
        if (conditions.Count == 0)
        {
            if (found is null)
                return (names.Page(window), names.Count, null);
            var (some, count) = names.Page(window, found);
            return (some, count, null);
        }
        return await delivery.QueryMultiple(
            MatchingSql,
            parameters,
            async results =>
            {
                long? sequence = await results.ReadSingleAsync<long>();
                var (rows, count) = names.Page(window, await results.ReadAsync<int>());
                return (rows, count, sequence);
            },
            cancel
        );
    }

    private string Matches => string.Join(" and ", ["true", .. conditions, .. found is null ? [] : (string[])["x.item_id = any(@found)"]]);

    private string MatchingSql => $"select reference_sequence from delivery.head;\nselect x.item_id from {resource.View} x where {Matches}";

    private string RowsSql(string columns, string also) =>
        $"""
            select d.*, (select reference_sequence from delivery.head) as reference_sequence
            from   unnest(@numbers) with ordinality r (item_id, place)
            cross join lateral (select {columns} from {resource.View} x {also} where x.item_id = r.item_id offset 0) d
            order  by r.place
            """;

    // The offset keeps the planner from joining the whole view with the page.
    private string PageSql(string columns, string also) =>
        $"""
            select d.*, (select reference_sequence from delivery.head) as reference_sequence
            from   (select f.item_id, f.at, f.id
                    from  (select x.item_id, {Value} as at, x.id from {resource.View} x where {Matches} {(
                isRare || found is not null ? "offset 0" : ""
            )}) f
                    {After}
                    order by f.at {Direction}, f.id {Direction} offset @offset limit @take) r
            cross join lateral (select {columns} from {resource.View} x {also} where x.item_id = r.item_id offset 0) d
            order  by r.at {Direction}, r.id {Direction}
            """;

    private string TotalSql => $"select count(*)::integer from (select from {resource.View} x where {Matches} {Limit}) c";

    private string Limit => window.Count == CountKind.Exact ? "" : "limit 10001";

    private DynamicParameters Parameters(object values)
    {
        var parameters = new DynamicParameters(values);
        parameters.AddDynamicParams(
            new
            {
                found,
                offset = window.Offset,
                take = window.Take,
                atCount = window.At?.Count ?? 0,
                atInstant = window.At?.Instant,
                atId = window.At?.Id,
            }
        );
        return parameters;
    }
}
