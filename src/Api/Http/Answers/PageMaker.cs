using System.Globalization;
using Api.Contracts.Lists;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Http.Answers;

/// <summary>Computes the number of a page, its links, and the cursors of the pages before and after it. Pure.</summary>
internal static class PageMaker
{
    /// <summary>Makes the page with its envelope; <paramref name="address"/> is the absolute URL of the list without its query.</summary>
    public static Page<T> Make<T>(Found<T> found, PageWindow window, Query query, string address)
    {
        var binding = Cursor.Bind(query.Canonical, window.Sort, query.TextOrder);
        var hasNext = window.Backward || found.More;
        var hasPrevious = window.Backward ? found.More : window.At is not null || window.Page > 1;
        var next = hasNext ? Write(found.Last, backward: false) : null;
        var previous = hasPrevious ? Write(found.First, backward: true) : null;
        var isByCursor = window.Cursor is not null;
        var totalPages =
            !isByCursor && found.Total is { Kind: TotalKind.Exact, Count: { } count }
                ? PagesOf(Math.Min(count, window.Reach), window.Limit)
                : (int?)null;
        return new Page<T>(
            found.Items,
            new PageInfo
            {
                Limit = window.Limit,
                Number = isByCursor ? null : window.Page ?? 1,
                Total = found.Total.Count,
                TotalKind = found.Total.Kind switch
                {
                    TotalKind.Exact => "exact",
                    TotalKind.AtLeast => "atLeast",
                    _ => "none",
                },
                TotalPages = totalPages,
                Next = next,
                Previous = previous,
            },
            new PageLinks
            {
                Self = address + query.QueryString,
                First = address + (window.Page is null ? query.With() : PageLink(1)),
                Previous =
                    window.Page is null ? CursorLink(previous)
                    : PreviousPage(window.Page.Value, totalPages) is { } number ? address + PageLink(number)
                    : null,
                Next = NextLink(),
                Last = totalPages is { } last && Reachable(Math.Max(last, 1)) ? address + PageLink(Math.Max(last, 1)) : null,
            }
        );

        string? Write(Position? position, bool backward) => position is { } at ? new Cursor(at, backward, window.Now).Write(binding) : null;

        string? CursorLink(string? cursor) => cursor is null ? null : address + query.With(("cursor", cursor));

        string PageLink(int number) => query.With(("page", number.ToString(CultureInfo.InvariantCulture)));

        bool Reachable(int number) => (long)number * window.Limit <= window.Deepest;

        string? NextLink() => window.Page is { } page && hasNext && Reachable(page + 1) ? address + PageLink(page + 1) : CursorLink(next);
    }

    private static int PagesOf(int count, int limit) => limit == 0 ? 0 : (count + limit - 1) / limit;

    // The page before one beyond the end is the last page, not another empty page.
    private static int? PreviousPage(int page, int? totalPages) =>
        page == 1 ? null : Math.Max(1, Math.Min(page - 1, totalPages ?? int.MaxValue));
}
