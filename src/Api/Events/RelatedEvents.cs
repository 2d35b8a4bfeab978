using Api.Contracts;
using Api.Contracts.Cards;
using Api.Http.Requests;
using Api.Http.Tags;
using Api.Related;

namespace Api.Events;

/// <summary>Reads the content shown beside an event.</summary>
internal sealed class RelatedEvents(RelatedCards cards)
{
    private const int Most = 6;
    private const int MostOnTopic = 3;

    /// <summary>The values of the <c>include</c> parameter of an event.</summary>
    public static IReadOnlyList<string> Includable { get; } = ["related", "topicEvents", "menus"];

    /// <summary>The requested content; null when nothing is requested.</summary>
    public async Task<EventIncluded?> Include(ApiRequest request, FoundEvent found, CancellationToken cancel) =>
        request.Query.IncludesRelated
            ? new EventIncluded
            {
                Related = await cards.Events(
                    request,
                    "related",
                    Places(found.Event),
                    state =>
                        Closest.To(state, state.Events.Items, found.ItemId, found.Event.StartsAt, found.TopicIds, found.ExpertIds, Most),
                    cancel
                ),
                TopicEvents = await cards.Events(
                    request,
                    "topicEvents",
                    found.Event.Topics is [var first, ..] ? [PlaceOf(first)] : [],
                    state => Under.Newest(state, state.Events.Items, "topic", FirstTopic(found), MostOnTopic, found.ItemId),
                    cancel
                ),
                Menus = await cards.Menus(request, cancel),
            }
            : null;

    private static int? FirstTopic(FoundEvent found) => found.TopicIds is [var topic, ..] ? topic : null;

    private static IEnumerable<string> Places(Event one) =>
        one.Topics.Select(PlaceOf).Concat(one.Experts.Select(expert => $"{CacheKey.Address("experts", expert.Slug)}/events"));

    private static string PlaceOf(TopicRef topic) => $"{CacheKey.Address("topics", topic.Slug)}/events";
}
