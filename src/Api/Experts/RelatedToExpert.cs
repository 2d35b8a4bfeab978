using Api.Contracts;
using Api.Contracts.Cards;
using Api.Http.Requests;
using Api.Http.Tags;
using Api.Related;

namespace Api.Experts;

/// <summary>Reads the content shown beside an expert.</summary>
internal sealed class RelatedToExpert(RelatedCards cards)
{
    private const int Most = 6;

    /// <summary>The values of the <c>include</c> parameter of an expert.</summary>
    public static IReadOnlyList<string> Includable { get; } = ["articles", "events", "menus"];

    /// <summary>The requested content; null when nothing is requested.</summary>
    public async Task<ExpertIncluded?> Include(ApiRequest request, FoundExpert found, CancellationToken cancel) =>
        request.Query.IncludesRelated
            ? new ExpertIncluded
            {
                Articles = await cards.Articles(
                    request,
                    "articles",
                    [Place(found.Expert, "articles")],
                    state => Under.Newest(state, state.Articles.Items, "expert", found.ItemId, Most),
                    cancel
                ),
                Events = await cards.Events(
                    request,
                    "events",
                    [Place(found.Expert, "events")],
                    state => Under.Newest(state, state.Events.Items, "expert", found.ItemId, Most),
                    cancel
                ),
                Menus = await cards.Menus(request, cancel),
            }
            : null;

    private static string Place(Expert expert, string listed) => $"{CacheKey.Address("experts", expert.Slug)}/{listed}";
}
