using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Listing;
using Api.Reading.Search;
using Api.Related;
using Api.Words;

namespace Api.Search;

internal static class SearchEndpoints
{
    private static readonly Parameter Text = ListParameters.Search with { Required = true };

    private static readonly Parameter Typed = Parameter.Search(
        "q",
        "What somebody has typed so far: names and titles with these words, of which the last one may go on. Mistyped words are corrected when nothing begins so.",
        "mar"
    ) with
    {
        Required = true,
    };

    private static readonly Parameter Resource = Parameter.Choices(
        "resource",
        "Only hits of these resources.",
        ["article", "expert", "topic", "event"]
    );

    private static readonly Parameter Sort = ListParameters.Sort("-score") with
    {
        Description = "The order of the hits: the best first. Ends after 1,000.",
    };

    public static void AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<SearchRepository>();
        services.AddSingleton<SuggestionRepository>();
    }

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/search", Find)
            .WithName("Search")
            .WithTag("Search", "Words in articles, experts, topics and events together.")
            .WithFormats(ListFormats.Hits)
            .WithParameters([
                Text,
                Resource,
                Sort,
                .. ListParameters.Paging.Select(parameter => parameter == ListParameters.Limit ? ListParameters.LimitOrNone : parameter),
                SearchFacets.Parameter,
                ListParameters.IncludeMenus,
                ListParameters.Fields<SearchHit, ListIncluded>("title,snippet"),
            ])
            .MayPreview();
        routes.MapGet("/suggest", Suggest).WithName("Suggest").WithTags("Search").WithParameters(Typed).MayPreview();
    }

    /// <summary>Search everything, the best hits first.</summary>
    /// <remarks>
    /// Articles, experts, topics and events that contain the words of <c>q</c>, each with a snippet and a score. A word that occurs nowhere
    /// is replaced by the nearest one that does; <c>correctedQuery</c> then holds the corrected search. Where nothing has all words, the
    /// hits have most of them, and <c>match</c> is <c>most</c>.
    /// </remarks>
    private static async Task<Answer<FacetedPage<SearchHit>>> Find(
        ApiRequest request,
        ILists lists,
        SearchRepository hits,
        RelatedLists related,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var window = PageWindow.From(query, Sort) with { Reach = WordMatches.MostRanked };
        if (query.Problem is { } problem)
            return problem;
        // Any change of any item can change the hits or their order.
        request.Tags.Everything();
        request.Keys.Content();
        var resources = query.Has(Resource) ? query.Choices(Resource) : Resource.Allowed;
        var included = await related.Of(request, cancel);
        return await lists.Answer<Answer<FacetedPage<SearchHit>>>(
            async state =>
            {
                if (!state.Words.IsComplete)
                    request.Tags.Pass();
                var among = SearchScope.Of(state, resources);
                using var match = SearchMatch.Of(state, query.Search(Text)!, among);
                if (await hits.Page(state, match, among, window, request.Links, cancel) is not { } found)
                    return null;
                var counted = SearchFacets.Of(state, match.Set, resources, query.Choices(SearchFacets.Parameter));
                return PageAnswer.Of(request, window, found, PageAnswer.Faceted<SearchHit>(match.Answered, included, counted));
            },
            cancel
        );
    }

    /// <summary>Suggestions while typing.</summary>
    /// <remarks>Names and titles that begin with the typed text: at most ten, experts and topics first.</remarks>
    private static Task<Answer<Suggestions>> Suggest(
        ApiRequest request,
        ILists lists,
        SuggestionRepository suggestions,
        CancellationToken cancel
    )
    {
        request.Tags.Everything();
        return lists.Answer<Answer<Suggestions>>(
            async state =>
            {
                if (!state.Words.IsComplete)
                    request.Tags.Pass();
                return await suggestions.Find(state, request.Query.Search(Typed)!, request.Links, cancel) is { } found
                    ? PlainAnswer.Of(new Suggestions(found))
                    : null;
            },
            cancel
        );
    }
}
