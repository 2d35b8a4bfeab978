using System.Data;
using Api.Collation;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Listing;
using Api.Words.Languages;
using Dapper;

namespace Api.Preview;

/// <summary>Reads the lists of previews from the views of schema <c>preview</c>.</summary>
internal sealed class PreviewReader(
    DeliveryDatabase database,
    SiteCalendar calendar,
    TitleOrder order,
    TimeProvider clock,
    KnownLanguages languages
)
{
    private const int TimeoutSeconds = 30;

    private const string Rows = "x.item_id, x.id, x.first, x.second, x.title, x.keys";

    // What differs from the lists with all drafts: items that are left out, and items with other keys.
    private const string SpanSql =
        "select h.sequence from preview.head h; select s.since, s.until, l.has_lost_names from preview.span s cross join preview.has_lost_names l";

    private const string DifferenceSql = """
        select k.key, k.kind, k.resource, k.slug, k.role, k.item_id, k.name from preview.index_keys k;
        select i.item_id from preview.left_out i
        """;

    private const string OthersSql = $"""
        select {Rows} from preview.article_index x where x.item_id in (select o.item_id from preview.found_otherwise o);
        select {Rows}, x.day from preview.event_index x where x.item_id in (select o.item_id from preview.found_otherwise o)
        """;

    private const string FormerKeysSql = """
        select x.item_id, x.keys from preview.article_index x where x.item_id = any(@numbers);
        select x.item_id, x.keys from preview.event_index x where x.item_id = any(@numbers)
        """;

    private readonly ListReader drafts = new(database, calendar, order, clock, languages, "preview", PreviewView.DraftsSql);

    /// <summary>The lists with all drafts, scheduled and embargoed items.</summary>
    public Task<ListState> Drafts(CancellationToken cancel) => drafts.Whole(cancel);

    /// <summary>The lists of a view; null when something was saved since <paramref name="all"/> was read.</summary>
    /// <param name="all">The lists with all drafts.</param>
    /// <param name="view">The view.</param>
    /// <param name="cancel">Cancels the queries.</param>
    public Task<PreviewState?> Of(ListState all, PreviewView view, CancellationToken cancel) =>
        database.InSnapshot<PreviewState?>(
            async connection =>
            {
                await connection.ExecuteAsync(Command("set local statement_timeout = '29s'", null, cancel));
                await connection.ExecuteAsync(Command(view.Sql, view.With(null), cancel));
                // What has expired since they were read; a draft does so without a commit.
                all = all.At(clock.GetTimestamp());
                SpanRow span;
                await using (var results = await connection.QueryMultipleAsync(Command(SpanSql, null, cancel)))
                {
                    if (await results.ReadSingleAsync<long>() != all.Sequence)
                        return null;
                    span = await results.ReadSingleAsync<SpanRow>();
                }
                // Nothing differs.
                if (view == PreviewView.Drafts && !span.HasLostNames)
                    return new PreviewState(view, all, span.Since, span.Until);
                KeyTable keys;
                List<int> left;
                await using (var results = await connection.QueryMultipleAsync(Command(DifferenceSql, null, cancel)))
                {
                    keys = new KeyTable(await results.ReadAsync<KeyRow>());
                    left = (await results.ReadAsync<int>()).AsList();
                }
                List<ListRow> articles;
                List<ListRow> events;
                await using (var results = await connection.QueryMultipleAsync(Command(OthersSql, null, cancel)))
                    (articles, events) = ((await results.ReadAsync<ListRow>()).AsList(), (await results.ReadAsync<ListRow>()).AsList());
                int[] numbers = [.. left, .. articles.Concat(events).Select(row => row.ItemId)];
                if (numbers.Length == 0)
                    return new PreviewState(view, all with { Keys = keys }, span.Since, span.Until);
                await connection.ExecuteAsync(Command(PreviewView.DraftsSql, null, cancel));
                await using var former = await connection.QueryMultipleAsync(Command(FormerKeysSql, new { numbers }, cancel));
                return new PreviewState(
                    view,
                    all with
                    {
                        Articles = all.Articles.After(Delta(articles, (await former.ReadAsync<FormerRow>()).AsList())),
                        Events = all.Events.After(Delta(events, (await former.ReadAsync<FormerRow>()).AsList())),
                        Keys = keys,
                    },
                    span.Since,
                    span.Until
                );
            },
            cancel
        );

    private ItemListDelta Delta(IReadOnlyList<ListRow> present, IReadOnlyList<FormerRow> former) =>
        new()
        {
            Present = [.. present.Select(row => row.ToItem(calendar, order))],
            Left = [.. former.Select(row => (row.ItemId, (IReadOnlyList<int>)row.Keys))],
        };

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancel) =>
        new(sql, parameters, commandTimeout: TimeoutSeconds, cancellationToken: cancel);

    private sealed record SpanRow
    {
        public DateTime? Since { get; init; }
        public DateTime? Until { get; init; }
        public bool HasLostNames { get; init; }
    }

    private sealed record FormerRow
    {
        public int ItemId { get; init; }
        public int[] Keys { get; init; } = [];
    }
}

/// <summary>The lists of a view at the moments at which they are the same.</summary>
/// <param name="View">The view.</param>
/// <param name="Lists">The lists.</param>
/// <param name="Since">The first of these moments (UTC); null for all before.</param>
/// <param name="Until">The first moment after them (UTC); null for all after.</param>
internal sealed record PreviewState(PreviewView View, ListState Lists, DateTime? Since, DateTime? Until)
{
    /// <summary>Whether they are the lists of a view at a moment (UTC).</summary>
    public bool Holds(PreviewView view, DateTime moment) => View.IsLike(view) && !(moment < Since) && !(moment >= Until);
}
