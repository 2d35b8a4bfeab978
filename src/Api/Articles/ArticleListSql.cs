using Api.Http;
using Api.Reading;
using Dapper;

namespace Api.Articles;

/// <summary>The statement of a page of articles, composed of constant fragments; every value is a parameter. Pure.</summary>
/// <remarks>
/// A list climbs a ladder. First an index that is in the list's order is walked (the postings of the rarest key, or the listing),
/// some rows far, testing the other conditions. Only when that does not fill the page, all matches are fetched through
/// the index on keys, and sorted: there can be few of them, else the walk would have met enough. The rungs are one statement, so
/// that they see one snapshot. Order and limit stay outside the fetch, or the planner would walk the date index for it.
/// </remarks>
internal sealed class ArticleListSql(ArticleFilter filter, PageWindow window, Ladder ladder, SearchReach reach)
{
    private readonly ArticleConditions conditions = new(filter);

    private bool Descending => (window.Sort.StartsWith('-') || ByRelevance) != window.Backward;

    private string SortColumn => window.Sort.TrimStart('-') switch { "updatedAt" => "updated_at", "title" => "title_sort", _ => "published_at" };

    private bool ByPublication => SortColumn == "published_at";

    private bool ByRelevance => window.Sort == "relevance";

    private bool ByText => SortColumn == "title_sort";

    private string Direction => Descending ? "desc" : "asc";

    private string Order => $"r.at {Direction}, r.id {Direction}";

    // Many keys in one group make many ranges to merge; from ten on the listing itself is the better range.
    private bool WalksPostings => !ByText && conditions.Driver is { Count: <= 10 };

    // Whether a row of the range that leads the walk can fail another condition.
    private bool Tested =>
        conditions.AsksMoreThanDriver || (conditions.Driver is not null && !WalksPostings)
        || (conditions.BoundsPublication && !ByPublication) || (conditions.BoundsChange && SortColumn != "updated_at");

    /// <summary>Parameters of the page and of its total.</summary>
    public DynamicParameters Parameters()
    {
        var parameters = new DynamicParameters(new
        {
            atInstant = window.At?.Instant,
            atPlace = window.At?.Count,
            atScore = window.At?.Number ?? 0,
            atText = window.At?.Text ?? "",
            atId = window.At?.Id,
            offset = window.Offset,
            take = window.Take,
            rows = window.Offset + window.Take,
        });
        conditions.AddTo(parameters, reach);
        return parameters;
    }

    /// <summary>The rows of the page, in the direction of the walk, with their sort value and the state of the names they refer to.</summary>
    public string Page(string columns) => $"""
        with recursive {(conditions.Searches ? TextSearch.Asked + "," : "")} {Rows()}
        select {columns}, {(ByText ? "r.at as sort_text" : ByRelevance ? "r.at as sort_score" : "r.at as sort_at")},
               (select reference_sequence from delivery.head) as reference_sequence
        from   (select r.item_id, r.at, r.id from rows r order by {Order} offset @offset limit @take) r
        join   delivery.articles a on a.item_id = r.item_id
        order  by {Order}
        limit  101
        """;

    /// <summary>The rows of a curated page, in the order of its slugs.</summary>
    public string GivenPage(string columns) => $"""
        {(conditions.Searches ? "with " + TextSearch.Asked : "")}
        select {columns}, r.place, (select reference_sequence from delivery.head) as reference_sequence
        from   (select l.item_id, array_position(@items, l.item_id) as place from delivery.listing l
                where {conditions.All} {(window.At is null ? "" : $"and array_position(@items, l.item_id) {(Descending ? "<" : ">")} @atPlace")}
                order by place {Direction} offset @offset limit @take) r
        join   delivery.articles a on a.item_id = r.item_id
        order  by r.place {Direction}
        limit  101
        """;

    /// <summary>How many match.</summary>
    public string Total(bool exact) => new ArticleTotalSql(conditions, ladder).Total(exact);

    private string Rows()
    {
        if (ByRelevance) return new ArticleRankingSql(conditions, window, ladder).Rows();
        if (conditions.IsCurated)
            return $"rows as (select l.item_id, l.{SortColumn} as at, l.id from delivery.listing l where {conditions.All} {After("l." + SortColumn)})";
        if (!WalksPostings && conditions.IsRare(ladder))
            return $"rows as ({Fetched("true")})";
        if (!Tested)
            return $"rows as ({Range("@rows")})";
        return $"""
            walk as materialized (
                select r.item_id, r.at, r.id
                from  ({Range($"{ladder.Walk} + @offset")}) r
                {LookUp(conditions.All)}
                order  by {Order}
                limit  @rows),
            complete as materialized (
                select (select count(*) from walk) >= @rows
                       or not exists (select from ({Range($"{ladder.Walk} + @offset + 1")}) r offset {ladder.Walk} + @offset) as yes),
            {(AcrossYears ? Years("not (select yes from complete)") : $"found as ({Fetched("not (select yes from complete)")})")},
            rows as (
                select item_id, at, id from walk where (select yes from complete)
                union all
                select item_id, at, id from found)
            """;
    }

    // A bound on the one time says nothing about where its rows are in the order of the other. A rare key does.
    private bool AcrossYears => !conditions.Searches && conditions.DriverCount > ladder.ByYears && (ByPublication ? conditions.BoundsChange : SortColumn == "updated_at" && conditions.BoundsPublication);

    private string Years(string condition)
    {
        var years = new ArticleYears(ByPublication ? "updated_at" : "published_at", conditions);
        return $"""
            {years.Sql(condition)},
            found as (
                select f.item_id, f.at, f.id
                from   years y
                cross join lateral (
                    select r.item_id, r.at, r.id
                    from  (select l.item_id, l.{SortColumn} as at, l.id from delivery.listing l
                           where {years.InYear} and {conditions.OnlyTimes} {After("l." + SortColumn)}) r
                    {LookUp(conditions.WithoutTimes)}
                    order by {Order} limit @rows) f)
            """;
    }

    // Each row is looked up by its number as the walk meets it: left to itself the planner would collect all that match first.
    private static string LookUp(string asked) => $"cross join lateral (select from delivery.listing l where l.item_id = r.item_id and {asked} offset 0) l";

    // An ordered stretch of the index that leads the walk: item_id, at, id.
    private string Range(string limit)
    {
        if (!WalksPostings)
            return $"""
                select l.item_id, l.{SortColumn} as at, l.id from delivery.listing l
                where true {Ahead("l." + SortColumn)} {After("l." + SortColumn)}
                order by l.{SortColumn} {Direction}, l.id {Direction} limit {limit}
                """;
        var one = $"""
            select l.item_id, l.{SortColumn} as at, l.id from delivery.postings l
            where l.key = {(conditions.Driver is [_] ? "(@driver)[1]" : "k.key")} {Ahead("l." + SortColumn)} {After("l." + SortColumn)}
            order by l.{SortColumn} {Direction}, l.id {Direction} limit {limit}
            """;
        return conditions.Driver is [_] ? one : $"""
            select distinct on (l.at, l.id) l.item_id, l.at, l.id
            from unnest(@driver) k (key) cross join lateral ({one}) l
            order by l.at {Direction}, l.id {Direction} limit {limit}
            """;
    }

    // All matches; where there are keys they alone choose the index, so times are tested outside.
    private string Fetched(string condition) => conditions.Searches && !conditions.IsRare(ladder) ? FetchedByWords(condition) : $"""
        select * from (
            with hits as materialized (
                select l.item_id, l.{SortColumn} as at, l.id, l.published_at, l.updated_at from delivery.listing l
                where {condition} and {(conditions.Driver is null ? conditions.All : conditions.WithoutTimes)})
            select l.item_id, l.at, l.id from hits l where {conditions.OnlyTimes} {After("l.at")}
            order by l.at {Direction}, l.id {Direction} limit @rows) f
        """;

    private string FetchedByWords(string condition) => $"""
        select l.item_id, l.at, l.id
        from   delivery.article_texts t
        cross join lateral (
            select l.item_id, l.{SortColumn} as at, l.id from delivery.listing l
            where l.item_id = t.item_id and {conditions.WithoutWords} {After("l." + SortColumn)} offset 0) l
        where  {condition} and t.whole @@ {TextSearch.Wanted}
        order by l.at {Direction}, l.id {Direction} limit @rows
        """;

    // An index walk must start at the tighter of a cursor and the bound behind it: given both, it may start at the other one and
    // read all rows between. So only the tighter one is asked for. A cursor beyond the bound is a forged one.
    private string Ahead(string column)
    {
        var (from, before) = (conditions.From(SortColumn), conditions.Before(SortColumn));
        var both = window.At is null || IsCursorBeyondBound;
        return (from is null || !(both || Descending) ? "" : $" and {column} >= {from}")
            + (before is null || !(both || !Descending) ? "" : $" and {column} < {before}");
    }

    private bool IsCursorBeyondBound
    {
        get
        {
            var (from, before) = conditions.Instants(SortColumn);
            return window.At is { } at && (Descending ? at.Instant >= before : at.Instant < from);
        }
    }

    private string After(string column) => window.At is null || IsCursorBeyondBound
        ? ""
        : $" and ({column}, l.id) {(Descending ? "<" : ">")} ({(ByText ? "@atText" : "@atInstant")}, @atId)";
}
