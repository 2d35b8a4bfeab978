using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading.Search;

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
        services.AddSingleton<SearchFacets>();
        services.AddSingleton<SuggestionRepository>();
    }

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/search", Find)
            .WithName("Search")
            .WithTag("Search", "Words in articles, experts, topics and events together.")
            .WithFormats(ListFormats.Hits)
            .WithParameters([Text, Resource, Sort, .. ListParameters.FacetedPaging, ListParameters.Fields<SearchHit>("title,snippet")]);
        routes.MapGet("/suggest", Suggest).WithName("Suggest").WithTags("Search").WithParameters(Typed);
    }

    /// <summary>Search everything, the best hits first.</summary>
    /// <remarks>
    /// Articles, experts, topics and events that contain the words of <c>q</c>, each with a snippet and a score. A word that occurs nowhere
    /// is replaced by the nearest one that does; <c>correctedQuery</c> then holds the corrected search.
    /// </remarks>
    private static async Task<Answer<FacetedPage<SearchHit>>> Find(
        ApiRequest request,
        SearchRepository hits,
        SearchFacets facets,
        Spelling spelling,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var window = PageWindow.From(query, Sort) with { Reach = TextSearch.MostRanked };
        if (query.Problem is { } problem)
            return problem;
        // Any change of any item can change the hits or their order.
        request.Tags.Everything();
        var resources = query.Has(Resource) ? query.Choices(Resource) : Resource.Allowed;
        var (found, corrected) = await spelling.Find(
            query.Search(Text),
            search => hits.Find(search!, resources, window, request.Links, cancel),
            cancel
        );
        var counted = await facets.Of(corrected ?? query.Search(Text)!, resources, query.Choices(ListParameters.Facets), cancel);
        return PageAnswer.Of(request, window, found, PageAnswer.Faceted<SearchHit>(corrected, counted));
    }

    /// <summary>Suggestions while typing.</summary>
    /// <remarks>Names and titles that begin with the typed text: at most ten, experts and topics first.</remarks>
    private static async Task<Answer<Suggestions>> Suggest(ApiRequest request, SuggestionRepository suggestions, CancellationToken cancel)
    {
        var query = request.Query;
        request.Tags.Everything();
        return PlainAnswer.Of(new Suggestions(await suggestions.Find(query.Search(Typed)!, request.Links, cancel)));
    }
}
