using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Requests;

namespace Api.Reading;

/// <summary>Answers for the slug of an item that is not visible under it.</summary>
internal sealed class Withdrawals(DeliveryDatabase delivery)
{
    private const string FindSql = """
        select d.successor_slug, d.reason
        from   delivery.withdrawals d
        where  d.resource = @resource and d.slug = @slug
        order  by d.successor_slug nulls last, d.withdrawn_at desc nulls last, d.id
        limit  1
        """;

    /// <summary>301 to where the item is now, 410 when it was withdrawn, otherwise 404: the same for what is hidden and what never was.</summary>
    public async Task<IResult> Answer(HttpContext http, Query query, string resource, string slug, CancellationToken cancel)
    {
        var departure = await delivery.QueryFirst<Departure>(FindSql, new { resource, slug }, cancel);
        return departure switch
        {
            null => Problems.NotFound(resource, slug),
            { SuccessorSlug: { } current } => ItemAnswer.Moved(http, query, current),
            _ => Problems.Gone(resource, slug, departure.Reason ?? "unpublished"),
        };
    }

    private sealed record Departure
    {
        public string? SuccessorSlug { get; init; }
        public string? Reason { get; init; }
    }
}
