using Api.Http;
using Api.Reading;
using Dapper;

namespace Api.Articles;

/// <summary>The statements of an article list, composed of constant fragments; every value is a parameter. Pure.</summary>
/// <remarks>
/// A list climbs a ladder. First an index that is in the list's order is walked (the postings of the rarest key, or the listing),
/// at most <see cref="Cap"/> rows, testing the other conditions. Only when that does not fill the page, all matches are fetched through
/// the index on keys, and sorted: there can be few of them, else the walk would have met enough. The rungs are one statement, so
/// that they see one snapshot. Order and limit stay outside the fetch, or the planner would walk the date index for it.
/// </remarks>
internal sealed class ArticleListSql(ArticleFilter filter, PageWindow window)
{
    private const int Cap = 2000;

    // Fewer rows than this are fetched and sorted at once where no index has them in order.
    private const int Few = 5000;

    private readonly IReadOnlyList<Key>? driver = filter.Keys.Groups.OrderBy(group => group.Sum(key => key.Articles)).FirstOrDefault();

    private bool Descending => window.Sort.StartsWith('-') != window.Backward;

    private string SortColumn => window.Sort.TrimStart('-') switch { "updatedAt" => "updated_at", "title" => "title_sort", _ => "published_at" };

    private bool ByPublication => SortColumn == "published_at";

    private bool ByText => SortColumn == "title_sort";

    private string Direction => Descending ? "desc" : "asc";

    private string Order => $"r.at {Direction}, r.id {Direction}";

    private int DriverCount => driver?.Sum(key => key.Articles) ?? int.MaxValue;

    // Many keys in one group make many ranges to merge; from ten on the listing itself is the better range.
    private bool WalksPostings => ByPublication && driver is { Count: <= 10 };

    /// <summary>Parameters of both statements.</summary>
    public DynamicParameters Parameters()
    {
        var parameters = new DynamicParameters(new
        {
            driver = driver?.Select(key => key.Id).ToArray() ?? [],
            all = filter.Keys.Groups.Where(group => group.Count == 1).Select(group => group[0].Id).ToArray(),
            none = filter.Keys.Excluded,
            items = filter.Keys.ItemIds ?? [],
            noItems = filter.Keys.ExcludedItemIds,
            from = filter.From,
            before = filter.Before,
            changedFrom = filter.ChangedFrom,
            atInstant = window.At?.Instant,
            atPlace = window.At?.Count,
            atText = window.At?.Text ?? "",
            atId = window.At?.Id,
            offset = window.Offset,
            take = window.Take,
            rows = window.Offset + window.Take,
        });
        foreach (var (n, group) in filter.Keys.Groups.Where(group => group.Count > 1).Index())
            parameters.Add($"any{n}", group.Select(key => key.Id).ToArray());
        return parameters;
    }

    /// <summary>The rows of the page, in the direction of the walk, with their sort value and the state of the names they refer to.</summary>
    public string Page(string columns) => $"""
        with {Rows()}
        select {columns}, {(ByText ? "r.at as sort_text" : "r.at as sort_at")},
               (select reference_sequence from delivery.head) as reference_sequence
        from   (select r.item_id, r.at, r.id from rows r order by {Order} offset @offset limit @take) r
        join   delivery.articles a on a.item_id = r.item_id
        order  by {Order}
        limit  101
        """;

    /// <summary>The rows of a curated page, in the order of its slugs.</summary>
    public string GivenPage(string columns) => $"""
        select {columns}, r.place, (select reference_sequence from delivery.head) as reference_sequence
        from   (select l.item_id, array_position(@items, l.item_id) as place from delivery.listing l
                where {Conditions(bounds: true)} {(window.At is null ? "" : $"and array_position(@items, l.item_id) {(Descending ? "<" : ">")} @atPlace")}
                order by place {Direction} offset @offset limit @take) r
        join   delivery.articles a on a.item_id = r.item_id
        order  by r.place {Direction}
        limit  101
        """;

    /// <summary>One number: how many match, or 10,001 when that is more than is to be counted.</summary>
    public string Total(bool exact)
    {
        var limit = exact ? "" : "limit 10001";
        if (filter.Keys is { Groups: [], Excluded: [], ItemIds: null, ExcludedItemIds: [] } && !Bounded)
            return "select articles from delivery.label_keys where kind = 'all'";
        if (driver is [var key] && !Tested && !Bounded)
            return "select articles from delivery.key_counts where key = any(@driver)";
        if (driver is [_] && !Tested)
            return $"select count(*)::integer from (select from delivery.postings p where p.key = (@driver)[1] {Bounds("p.published_at")} {limit}) c";
        var all = $"select count(*)::integer from (select from {Matches()} {limit}) c";
        // A full sample of one in a hundred puts the total far beyond what is counted: at 10,000 it would hold some 100 of the 200.
        return exact || driver is null || DriverCount < 2 * 10_000 ? all : $"""
            select case when (select count(*) from (select from delivery.listing l where l.item_id % 100 = 0 and {Conditions(bounds: true)} limit 200) s) = 200
                        then 10001 else ({all}) end
            """;
    }

    private bool Bounded => filter.From is not null || filter.Before is not null;

    // Whether a row of the driver can fail another condition.
    private bool Tested =>
        filter.Keys.Groups.Count > 1 || filter.Keys.Excluded.Length > 0 || filter.Keys.ItemIds is not null
        || filter.Keys.ExcludedItemIds.Length > 0 || filter.ChangedFrom is not null;

    private string Rows()
    {
        if (filter.Keys.ItemIds is not null)
            return $"rows as (select l.item_id, l.{SortColumn} as at, l.id from delivery.listing l where {Conditions(bounds: true)} {After("l." + SortColumn, "l.id")})";
        if (!ByPublication && DriverCount <= Few)
            return $"rows as ({Fetched("true")})";
        if (WalksPostings && !Tested)
            return $"rows as ({Range("@rows")})";
        if (!WalksPostings && driver is null && !Tested && (ByPublication || !Bounded))
            return $"rows as ({Range("@rows")})";
        return $"""
            walk as materialized (
                select r.item_id, r.at, r.id
                from  ({Range(Cap + " + @offset")}) r
                join   delivery.listing l on l.item_id = r.item_id
                where  {Conditions(bounds: !WalksPostings)}
                order  by {Order}
                limit  @rows),
            complete as materialized (
                select (select count(*) from walk) >= @rows
                       or not exists (select from ({Range(Cap + " + @offset + 1")}) r offset {Cap} + @offset) as yes),
            rows as (
                select item_id, at, id from walk where (select yes from complete)
                union all
                {Fetched("not (select yes from complete)")})
            """;
    }

    // An ordered stretch of the index that leads the walk: item_id, at, id.
    private string Range(string limit)
    {
        if (!WalksPostings)
            return $"""
                select l.item_id, l.{SortColumn} as at, l.id from delivery.listing l
                where true {(ByPublication ? Ahead("l.published_at") : "")} {After("l." + SortColumn, "l.id")}
                order by l.{SortColumn} {Direction}, l.id {Direction} limit {limit}
                """;
        var one = $"""
            select p.item_id, p.published_at as at, p.id from delivery.postings p
            where p.key = {(driver is [_] ? "(@driver)[1]" : "k.key")} {Ahead("p.published_at")} {After("p.published_at", "p.id")}
            order by p.published_at {Direction}, p.id {Direction} limit {limit}
            """;
        return driver is [_] ? one : $"""
            select distinct on (p.at, p.id) p.item_id, p.at, p.id
            from unnest(@driver) k (key) cross join lateral ({one}) p
            order by p.at {Direction}, p.id {Direction} limit {limit}
            """;
    }

    // All matches; where there are keys they alone choose the index, so bounds are tested outside.
    private string Fetched(string condition) => $"""
        select * from (
            with hits as materialized (
                select l.item_id, l.{SortColumn} as at, l.id, l.published_at from delivery.listing l
                where {condition} and {Conditions(bounds: driver is null)})
            select h.item_id, h.at, h.id from hits h where true {Bounds("h.published_at")} {After("h.at", "h.id")}
            order by h.at {Direction}, h.id {Direction} limit @rows) f
        """;

    private string Matches() => filter.Keys.Groups.Count == 0 || !Bounded
        ? $"delivery.listing l where {Conditions(bounds: true)}"
        : $"(select l.published_at from delivery.listing l where {Conditions(bounds: false)} offset 0) l where true {Bounds("l.published_at")}";

    private string Conditions(bool bounds)
    {
        var conditions = new List<string>();
        if (filter.Keys.ItemIds is not null) conditions.Add("l.item_id = any(@items)");
        if (filter.Keys.Groups.Any(group => group.Count == 1)) conditions.Add("l.keys @> @all");
        for (var n = 0; n < filter.Keys.Groups.Count(group => group.Count > 1); n++) conditions.Add($"l.keys && @any{n}");
        if (filter.Keys.Excluded.Length > 0) conditions.Add("not l.keys && @none");
        if (filter.Keys.ExcludedItemIds.Length > 0) conditions.Add("l.item_id <> all(@noItems)");
        if (filter.ChangedFrom is not null) conditions.Add("l.updated_at >= @changedFrom");
        if (conditions.Count == 0) conditions.Add("true");
        return string.Join(" and ", conditions) + (bounds ? Bounds("l.published_at") : "");
    }

    // An index walk must start at the tighter of a cursor and the bound behind it: given both, it may start at the other one and
    // read all rows between. So only the tighter one is asked for. A cursor beyond the bound is a forged one.
    private string Ahead(string column) => window.At is null || IsCursorBeyondBound
        ? Bounds(column)
        : Descending
            ? (filter.From is null ? "" : $" and {column} >= @from")
            : (filter.Before is null ? "" : $" and {column} < @before");

    private bool IsCursorBeyondBound => ByPublication && window.At is { } at
        && (Descending ? at.Instant >= filter.Before : at.Instant < filter.From);

    private string Bounds(string column) =>
        (filter.From is null ? "" : $" and {column} >= @from") + (filter.Before is null ? "" : $" and {column} < @before");

    private string After(string column, string id) => window.At is null || IsCursorBeyondBound
        ? ""
        : $" and ({column}, {id}) {(Descending ? "<" : ">")} ({(ByText ? "@atText" : "@atInstant")}, @atId)";
}
