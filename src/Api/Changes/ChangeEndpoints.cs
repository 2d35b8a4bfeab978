using Api.Contracts.Lists;
using Api.Http.Answers;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading;

namespace Api.Changes;

internal static class ChangeEndpoints
{
    private const string Stream = "/v1/changes/stream";

    public static void AddChanges(this IServiceCollection services) => services.AddSingleton<ChangeRepository>();

    public static void MapChanges(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/changes", List)
            .WithName("ListChanges")
            .WithTag("Syndication", "What a copy of the content follows: changes, and a snapshot to begin with.")
            .MayWait(ChangeFilter.KnownTo)
            .WithMetadata(new StreamAt(Stream))
            .WithParameters([.. ChangeFilter.Parameters, ListParameters.Limit, ListParameters.Wait]);

    /// <summary>Changes since a token.</summary>
    /// <remarks>
    /// The newest change of each item that has changed since the token. A copy that upserts and deletes items accordingly, starting from
    /// <c>since=0</c>, has exactly the content of the lists. <c>page.next</c> is the token for the next request; <c>page.more</c> says
    /// whether to send that request at once.
    /// </remarks>
    private static async Task<Answer<ChangePage>> List(
        ApiRequest request,
        FilterKeyReader keys,
        ChangeRepository changes,
        AnswerCache cache,
        ChangeCheck check,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var filter = await ChangeFilter.Read(query, keys, cancel);
        if (query.Problem is { } problem)
            return problem;
        request.Tags.Everything();
        var links = request.Links;
        var snapshot = links.Api("/v1/snapshot");
        var found = await changes.Find(filter, links, cancel);
        if (found is null && filter.From.Sequence > cache.Now.Sequence)
        {
            // Another node may know later changes than this one, and another database server than the one that answered.
            var isThere = await check.Run(cancel);
            found = await changes.Find(filter, links, cancel);
            if (found is null && !isThere)
                return Problems.ServiceUnavailable();
        }
        if (found is null)
            return Problems.ResyncRequired(ChangeFilter.Since, snapshot);
        var self = links.Api(query.Path) + query.QueryString;
        var next = links.Api(query.Path) + query.With(ChangeFilter.Since, found.Next.ToString());
        return PlainAnswer.Of(
            new ChangePage(
                found.Changes,
                new ChangePageInfo
                {
                    Limit = filter.Limit,
                    Next = found.Next.ToString(),
                    More = found.More,
                    Sequence = found.Sequence,
                },
                new ChangeLinks
                {
                    Self = self,
                    Next = next,
                    Snapshot = snapshot,
                }
            ),
            LinkHeader.Write([("next", next), ("self", self)])
        );
    }
}
