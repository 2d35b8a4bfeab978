using Api.Data.Delivery;
using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;
using Dapper;

namespace Api.Reading.Search;

/// <summary>
/// Searches the database for the items of the lists in memory that contain words. docs/decisions/0009 describes matching, and the
/// thresholds above which only part of the content is examined.
/// </summary>
internal sealed class WordSearch(DeliveryDatabase delivery, SearchReach reach)
{
    // Whether an article meets the other conditions of the list.
    private const string IsAmong = "case when t.item_id < 8 * length(@bits) then get_bit(@bits, t.item_id) = 1 else false end";

    private const string EventsSql = $"""
        with {TextSearch.Asked}
        select array(select t.item_id from delivery.named_texts t where t.resource = 'event' and t.whole @@ {TextSearch.Wanted}) as numbers, 1 as step
        """;

    private const string WalkSql = $"""
        with {TextSearch.Asked}
        select array(
            select c.item_id
            from   unnest(@walked) with ordinality c (item_id, n)
            cross join lateral (select from delivery.article_texts t where t.item_id = c.item_id and t.whole @@ {TextSearch.Wanted} offset 0) t
            order  by c.n
            limit  @rows) as numbers, 1 as step
        """;

    /// <summary>The events with the words, without any other condition; one round trip.</summary>
    public Task<WordHits> Events(ListState state, SearchText search, CancellationToken cancel) =>
        Ask(state, "event", EventsSql, Parameters(search), cancel);

    /// <summary>The articles with the words, unordered; one round trip.</summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="among">The articles that meet the other conditions.</param>
    /// <param name="search">The words.</param>
    /// <param name="most">
    /// Returns at most this many and one more, and no numbers when a phrase consists of common words. Null returns all, however long that
    /// takes.
    /// </param>
    /// <param name="cancel">Cancels the query.</param>
    public Task<WordHits> Articles(ListState state, Matches among, SearchText search, int? most, CancellationToken cancel) =>
        Ask(
            state,
            "article",
            $"""
            with {TextSearch.Asked}, {TextSearch.Common}
            select case when {IsTested(among, search)} then {Tested}
                        {(
                most is null
                    ? $"else {LookedUp(among, "")}"
                    : $"when not @sequences or not (select yes from common) then {LookedUp(among, "limit @most + 1")}"
            )} end as numbers,
                   1 as step
            """,
            Parameters(search, among, most),
            cancel
        );

    /// <summary>
    /// The articles to count facets of: all articles with the words, or one in <see cref="WordHits.Step"/> where the words are common and
    /// the sample is large enough. One round trip.
    /// </summary>
    public Task<WordHits> Sample(ListState state, Matches among, SearchText search, CancellationToken cancel) =>
        Ask(
            state,
            "article",
            $"""
            with {TextSearch.Asked}, {TextSearch.Common},
            many as materialized (select (select yes from common) and not {IsTested(among, search)} as yes),
            sample as materialized (
                select t.item_id from delivery.article_texts t
                where  (select yes from many) and t.whole @@ {TextSearch.Wanted} and {TextSearch.InSample} and {Beside(among)}),
            sampled as materialized (select (select yes from many) and count(*) >= @sampled as yes from sample)
            select case when {IsTested(among, search)} then {Tested}
                        when (select yes from sampled) then array(select item_id from sample)
                        else {LookedUp(among, "")} end as numbers,
                   case when (select yes from sampled) then {TextSearch.SampleStep} else 1 end as step
            """,
            Parameters(search, among),
            cancel
        );

    /// <summary>The first articles with the words in a given order; one round trip.</summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="search">The words.</param>
    /// <param name="walked">The articles to test, in this order.</param>
    /// <param name="rows">The most articles to return.</param>
    /// <param name="cancel">Cancels the query.</param>
    public Task<WordHits> Walk(ListState state, SearchText search, int[] walked, long rows, CancellationToken cancel)
    {
        var parameters = Parameters(search);
        parameters.AddDynamicParams(new { walked, rows });
        return Ask(state, "article", WalkSql, parameters, cancel);
    }

    /// <summary>
    /// The articles with the words that rank highest, with their scores; at least a thousand if there are as many. One round trip.
    /// </summary>
    public async Task<(WordHits Hits, IReadOnlyList<(int Number, long Score)> Ranked)> Ranked(
        ListState state,
        Matches among,
        SearchText search,
        CancellationToken cancel
    )
    {
        var sql = $"""
            with {TextSearch.Asked}, {TextSearch.Common}, {TextSearch.Picked(Beside(among), Newest(among))}
            select r.item_id as number, r.score from ({TextSearch.RankedArticles}) r;
            {ChangedSql("article")}
            """;
        var (ranked, changed) = await delivery.QueryMultiple(
            sql,
            With(Parameters(search, among), state),
            async results => ((await results.ReadAsync<ScoreRow>()).AsList(), await results.ReadSingleAsync<int[]?>()),
            cancel
        );
        return (new WordHits([.. ranked.Select(row => row.Number)], 1, changed), ranked.ConvertAll(row => (row.Number, row.Score)));
    }

    /// <summary>
    /// The number of articles with the words; null when a phrase consists of words so common that counting would take too long. One round
    /// trip.
    /// </summary>
    public Task<int?> Count(Matches among, SearchText search, CancellationToken cancel) =>
        delivery.QueryFirst<int?>(
            $"with {TextSearch.Asked}, {TextSearch.Common} select {TextSearch.Count(Beside(among), search.HasSequences, "")}",
            Parameters(search, among),
            cancel
        );

    private async Task<WordHits> Ask(ListState state, string resource, string sql, DynamicParameters parameters, CancellationToken cancel)
    {
        // The changes are read last, so that they include every change that the search may already show.
        var (row, changed) = await delivery.QueryMultiple(
            $"{sql};\n{ChangedSql(resource)}",
            With(parameters, state),
            async results => (await results.ReadSingleAsync<HitsRow>(), await results.ReadSingleAsync<int[]?>()),
            cancel
        );
        return new WordHits(row.Numbers, row.Step, changed);
    }

    // Null when the database server does not have all changes of the state yet.
    private static string ChangedSql(string resource) =>
        $"""
            select case when h.sequence >= @sequence then
                       array(select distinct c.item_id from delivery.changes c where c.sequence > @sequence and c.resource = '{resource}' limit {WordHits.MostChanged
                + 1}) end
            from   delivery.head h
            """;

    // Whether the candidates are few enough to be tested one by one when the words are common.
    private string IsTested(Matches among, SearchText search) =>
        among.Count <= reach.NewestFor(search) ? "(select yes from common)" : "false";

    private const string Tested = $"""
        array(select t.item_id
                           from   unnest(@these) n (item_id)
                           cross join lateral (select t.item_id from delivery.article_texts t where t.item_id = n.item_id and t.whole @@ {TextSearch.Wanted} offset 0) t)
        """;

    private static string LookedUp(Matches among, string more) =>
        $"array(select t.item_id from delivery.article_texts t where t.whole @@ {TextSearch.Wanted} and {Beside(among)} {more})";

    private static string Beside(Matches among) => among.IsEverything ? "true" : IsAmong;

    private static string Newest(Matches among) =>
        among.IsEverything ? TextSearch.Newest : "select n.item_id from unnest(@these) n (item_id)";

    private DynamicParameters Parameters(SearchText search, Matches? among = null, int? most = null)
    {
        var parameters = new DynamicParameters(new { most, sampled = reach.Sampled });
        TextSearch.AddTo(parameters, search, reach);
        if (among is null)
            return parameters;
        var newest = reach.NewestFor(search);
        parameters.AddDynamicParams(
            new
            {
                bits = among.IsEverything ? [] : among.ToBits(),
                these = among.IsEverything && among.Count > newest
                    ? []
                    : among.Page(SortBy.First, descending: true, after: null, 0, newest),
            }
        );
        return parameters;
    }

    private static DynamicParameters With(DynamicParameters parameters, ListState state)
    {
        parameters.AddDynamicParams(new { sequence = state.Sequence });
        return parameters;
    }

    private sealed record HitsRow
    {
        public int[]? Numbers { get; init; }
        public int Step { get; init; }
    }

    private sealed record ScoreRow
    {
        public int Number { get; init; }
        public long Score { get; init; }
    }
}

/// <summary>The items that contain words, as found in the database.</summary>
/// <param name="Numbers">Their numbers; null when they cannot be determined in time, because a phrase consists of common words.</param>
/// <param name="Step">One in how many items was examined.</param>
/// <param name="Changed">
/// The items that changed between the state of the lists and the search; null when the search ran on an earlier state.
/// </param>
internal sealed record WordHits(int[]? Numbers, int Step, int[]? Changed)
{
    /// <summary>More changes than this count as changes of all items.</summary>
    public const int MostChanged = 10_000;

    /// <summary>The hits of a search without words.</summary>
    public static readonly WordHits None = new([], 1, []);

    /// <summary>The hits of a search that was not executed.</summary>
    public static readonly WordHits Unknown = new(null, 1, []);

    /// <summary>The hits as a set.</summary>
    public KeySet Set => KeySet.Of([.. (Numbers ?? []).Order().Distinct()]);

    /// <summary>Whether one of some items may have changed since the words were found in it.</summary>
    public bool HasChanged(IEnumerable<int> numbers) =>
        Changed is not [] && (Changed is null || Changed.Length > MostChanged || numbers.Any(Changed.Contains));
}
