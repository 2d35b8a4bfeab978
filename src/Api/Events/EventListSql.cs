using System.Globalization;
using Api.Http;
using Api.Reading;
using Dapper;

namespace Api.Events;

/// <summary>The statements of an event list, composed of constant fragments; every value is a parameter. Pure.</summary>
/// <remarks>There are tens of thousands of events at most, so either index, on keys or on the start, does.</remarks>
internal sealed class EventListSql(EventFilter filter, PageWindow window)
{
    private bool Given => window.Sort == "given";

    private bool Descending => window.Sort.StartsWith('-') != window.Backward;

    private string Direction => Descending ? "desc" : "asc";

    private string SortValue => Given ? "array_position(@items, l.item_id)" : "l.starts_at";

    /// <summary>Parameters of both statements.</summary>
    public DynamicParameters Parameters()
    {
        var parameters = new DynamicParameters(new
        {
            none = filter.Keys.Excluded,
            items = filter.Keys.ItemIds ?? [],
            noItems = filter.Keys.ExcludedItemIds,
            modes = filter.Modes.ToArray(),
            statuses = filter.Statuses.ToArray(),
            endsAfter = filter.EndsAfter,
            endedAt = filter.EndedAt,
            from = filter.From,
            before = filter.Before,
            firstDay = DayText(filter.FirstDay),
            lastDay = DayText(filter.LastDay),
            atPlace = window.At?.Count,
            atInstant = window.At?.Instant,
            atId = window.At?.Id,
            offset = window.Offset,
            take = window.Take,
        });
        if (filter.Search is { } search) TextSearch.AddTo(parameters, search);
        foreach (var (n, group) in filter.Keys.Groups.Index())
            parameters.Add($"any{n}", group.Select(key => key.Id).ToArray());
        return parameters;
    }

    /// <summary>The rows of the page, in the direction of the walk, with the state of the names they refer to.</summary>
    public string Page(string columns) => $"""
        {With}
        select {columns}, {(Given ? "r.at" : "0")} as place, (select reference_sequence from delivery.head) as reference_sequence
        from   (select l.item_id, {SortValue} as at, l.id
                from   delivery.event_listing l
                where  {Conditions()} {After()}
                order  by at {Direction}, l.id {Direction}
                offset @offset
                limit  @take) r
        join   delivery.events e on e.item_id = r.item_id
        order  by r.at {Direction}, r.id {Direction}
        """;

    /// <summary>One number: how many match, or 10,001 when that is more than is to be counted.</summary>
    public string Total() => $"""
        {With}
        select count(*)::integer
        from   (select from delivery.event_listing l where {Conditions()} {(window.Count == CountKind.Exact ? "" : "limit 10001")}) c
        """;

    private string With => filter.Search is null ? "" : "with " + TextSearch.Asked;

    private string Conditions()
    {
        var conditions = new List<string> { "true" };
        if (filter.Keys.ItemIds is not null) conditions.Add("l.item_id = any(@items)");
        conditions.AddRange(filter.Keys.Groups.Select((_, n) => $"l.keys && @any{n}"));
        if (filter.Keys.Excluded.Length > 0) conditions.Add("not l.keys && @none");
        if (filter.Keys.ExcludedItemIds.Length > 0) conditions.Add("l.item_id <> all(@noItems)");
        if (filter.Modes.Count > 0) conditions.Add(OneOf("mode", "@modes"));
        if (filter.Statuses.Count > 0) conditions.Add(OneOf("status", "@statuses"));
        if (filter.EndsAfter is not null) conditions.Add("coalesce(l.ends_at, l.starts_at) > @endsAfter");
        if (filter.EndedAt is not null) conditions.Add("coalesce(l.ends_at, l.starts_at) <= @endedAt");
        if (filter.From is not null) conditions.Add(filter.FirstDay is null ? "l.starts_at >= @from" : OfWholeDays("l.starts_on >= cast(@firstDay as date)", "l.starts_at >= @from"));
        if (filter.Before is not null) conditions.Add(filter.LastDay is null ? "l.starts_at < @before" : OfWholeDays("l.starts_on <= cast(@lastDay as date)", "l.starts_at < @before"));
        if (filter.Search is not null)
            conditions.Add($"l.item_id in (select t.item_id from delivery.named_texts t where t.resource = 'event' and t.whole @@ {TextSearch.Wanted})");
        return string.Join(" and ", conditions);
    }

    private static string? DayText(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

    // Events of whole days are found by their day, which begins at another moment than the site's.
    private static string OfWholeDays(string byDay, string byInstant) => $"case when l.starts_on is null then {byInstant} else {byDay} end";

    // A mode that no event has yet is no mistake: it has no key, and finds nothing.
    private static string OneOf(string kind, string values) =>
        $"l.keys && array(select k.key from delivery.label_keys k where k.kind = '{kind}' and k.label = any({values}))";

    private string After() => window.At is null
        ? ""
        : $"and ({SortValue}, l.id) {(Descending ? "<" : ">")} ({(Given ? "@atPlace" : "@atInstant")}, @atId)";
}
