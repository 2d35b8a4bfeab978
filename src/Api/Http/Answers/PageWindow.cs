using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Http.Answers;

/// <summary>The part of a list that a request asks for.</summary>
internal sealed record PageWindow
{
    /// <summary>Items a page holds at most, 0 to 100.</summary>
    public required int Limit { get; init; }

    /// <summary>Number of the page, from 1; null when the client gave none.</summary>
    public required int? Page { get; init; }

    /// <summary>The client's cursor; null when it gave none.</summary>
    public required Cursor? Cursor { get; init; }

    /// <summary>The count the client asks for.</summary>
    public required CountKind Count { get; init; }

    /// <summary>The order, one of the endpoint's sorts, such as <c>-publishedAt</c>.</summary>
    public required string Sort { get; init; }

    /// <summary>
    /// The instant (UTC) that a relative filter such as "upcoming" is measured from; a cursor keeps that of the first page. It comes from
    /// the client, so it must never decide what is visible.
    /// </summary>
    public required DateTime Now { get; init; }

    /// <summary>How many items of the list paging can reach; <see cref="int.MaxValue"/> for all.</summary>
    public int Reach { get; init; } = int.MaxValue;

    /// <summary>The last row that a page number reaches.</summary>
    public long Deepest { get; init; } = ListParameters.DeepestRow;

    /// <summary>Rows to skip; 0 with a cursor.</summary>
    public long Offset => Page is { } page ? (page - 1L) * Limit : 0;

    /// <summary>Rows to read: one more than the page holds, to find out whether there are more.</summary>
    public int Take => Limit + 1;

    /// <summary>True when paging towards the start: the rows before <see cref="At"/>, nearest first.</summary>
    public bool Backward => Cursor?.Backward ?? false;

    /// <summary>The row to continue from, not part of the page; null on the first page and with a page number.</summary>
    public Position? At => Cursor?.Position;

    /// <summary>Reads paging and sort. On a problem it is recorded in <paramref name="query"/>, and the window is the first page.</summary>
    /// <param name="query">The query.</param>
    /// <param name="sort">The endpoint's sort parameter.</param>
    /// <param name="fallback">The sort when the client gives none; null for the parameter's default.</param>
    /// <param name="reachesAll">Whether page numbers reach every row; in a search they never do.</param>
    /// <param name="isRelative">Whether a filter is measured from <see cref="Now"/>. If not, Now is constant, so that all clients get the
    /// same cursors.</param>
    public static PageWindow From(Query query, Parameter sort, string? fallback = null, bool reachesAll = false, bool isRelative = false)
    {
        var order = query.Has(sort) ? query.Choice(sort)! : fallback ?? sort.Default!;
        var limit = query.Number(ListParameters.Limit) ?? 20;
        var page = query.Number(ListParameters.Page);
        var deepest = reachesAll && !query.Has(ListParameters.Search) ? long.MaxValue : ListParameters.DeepestRow;
        Cursor? cursor = null;
        if (query.Has(ListParameters.Page) && query.Has(ListParameters.Cursor))
            query.Fail(QueryProblems.ConflictingParameters("page", "cursor", "Follow the links of one walk, or count pages: not both."));
        else if ((long)(page ?? 1) * limit > deepest && page is not null)
            query.Fail(QueryProblems.PageTooDeep(limit));
        else if (limit == 0 && !query.Has(ListParameters.Facets))
            query.Fail(QueryProblems.MissingParameter(ListParameters.Facets));
        else if (query.Text(ListParameters.Cursor) is { } text)
            cursor = ReadCursor(query, text, order);
        return new PageWindow
        {
            Limit = limit,
            Page = query.Problem is null ? page : null,
            Cursor = cursor,
            Sort = order,
            Deepest = deepest,
            Count = query.Choice(ListParameters.Count) switch
            {
                "exact" => CountKind.Exact,
                "none" => CountKind.None,
                _ => CountKind.Auto,
            },
            Now = cursor?.Now ?? (isRelative ? query.Now : DateTime.UnixEpoch),
        };
    }

    private static Cursor? ReadCursor(Query query, string text, string order)
    {
        if (!Parameters.Cursor.TryRead(text, out var cursor, out var binding))
            query.Fail(QueryProblems.InvalidCursor());
        else if (!binding.AsSpan().SequenceEqual(Parameters.Cursor.Bind(query.Canonical, order, query.TextOrder)))
            query.Fail(QueryProblems.ForeignCursor());
        else
            return cursor;
        return null;
    }
}
