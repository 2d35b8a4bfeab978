using Api.Contracts.Cards;
using Api.Http.Requests;
using Api.Http.Tags;
using Api.Related;

namespace Api.Topics;

/// <summary>Reads the content shown beside a topic.</summary>
internal sealed class RelatedToTopic(RelatedCards cards, RelatedNames names)
{
    private const int Most = 6;

    /// <summary>The values of the <c>include</c> parameter of a topic.</summary>
    public static IReadOnlyList<string> Includable { get; } = ["articles", "events", "experts", "children", "menus"];

    /// <summary>The requested content; null when nothing is requested.</summary>
    public async Task<TopicIncluded?> Include(ApiRequest request, FoundTopic found, CancellationToken cancel)
    {
        if (!request.Query.IncludesRelated)
            return null;
        var place = CacheKey.Address("topics", found.Topic.Slug);
        return new TopicIncluded
        {
            Articles = await cards.Articles(
                request,
                "articles",
                [$"{place}/articles"],
                state => Under.Newest(state, state.Articles.Items, "topic", found.ItemId, Most),
                cancel
            ),
            Events = await cards.Events(
                request,
                "events",
                [$"{place}/events"],
                state => Under.Newest(state, state.Events.Items, "topic", found.ItemId, Most),
                cancel
            ),
            // The list of articles on the topic changes also when the experts of one of them change.
            Experts = RelatedCards.IsAsked(request, "experts", [$"{place}/articles", "experts"])
                ? RelatedCards.Show(request, await names.Experts(found.ItemId, request.Links, cancel))
                : null,
            // The JSON of the topic lists its children, so the topic changes with them.
            Children = RelatedCards.IsAsked(request, "children", [])
                ? RelatedCards.Show(request, await names.Children(found.Topic, request.Links, cancel))
                : null,
            Menus = await cards.Menus(request, cancel),
        };
    }
}
