using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Requests;

namespace Api.Reading;

/// <summary>Answers a request for a slug under which no item is visible.</summary>
internal sealed class Withdrawals(IQueries delivery)
{
    private const string FindSql = """
        select d.successor_slug, d.reason
        from   delivery.withdrawals d
        where  d.resource = @resource and d.slug = @slug
        order  by d.successor_slug nulls last, d.withdrawn_at desc nulls last, d.id
        limit  1
        """;

    /// <summary>
    /// 301 to the current address of the item, 410 when it was withdrawn, otherwise 404. Hidden items get the same answer as items that
    /// never existed.
    /// </summary>
    public async Task<Answer<T>> Answer<T>(ApiRequest request, string resource, string slug, CancellationToken cancel)
    {
        var departure = await delivery.QueryFirst<Departure>(FindSql, new { resource, slug }, cancel);
        return departure switch
        {
            null => Problems.NotFound(resource, slug),
            { SuccessorSlug: { } current } => ItemAnswer.Moved<T>(request, current),
            _ => Problems.Gone(resource, slug, departure.Reason ?? "unpublished"),
        };
    }

    private sealed record Departure
    {
        public string? SuccessorSlug { get; init; }
        public string? Reason { get; init; }
    }
}
