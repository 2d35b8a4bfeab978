using Api.Contracts.Cards;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Indexing;
using Api.Listing;

namespace Api.Related;

/// <summary>Reads what a page that shows a list has beside it. Filters of the list do not matter.</summary>
internal sealed class RelatedLists(RelatedCards cards)
{
    private const int MostFeatured = 6;
    private const int MostEvents = 3;

    /// <summary>The requested content; null when <c>include</c> asks for none.</summary>
    public async Task<ListIncluded?> Of(ApiRequest request, CancellationToken cancel) =>
        request.Query.IncludesRelated
            ? new ListIncluded
            {
                Featured = await cards.Articles(request, "featured", ["featured/articles"], Featured, cancel),
                Events = await cards.Events(request, "events", ["events"], state => NextEnds(state, request), cancel),
                Menus = await cards.Menus(request, cancel),
            }
            : null;

    private static int[] Featured(ListState state) =>
        state.Keys.Find("featured", "featured", "", "") is { } key
            ? state.Articles.Items.Find(Under.Query(key)).Page(SortBy.First, descending: true, after: null, 0, MostFeatured)
            : [];

    // The answer stays the same until the first of these events ends.
    private static int[] NextEnds(ListState state, ApiRequest request)
    {
        var events = state.Events.Items;
        var now = Position.Microseconds(request.Query.Now);
        var numbers = events
            .Find(new IndexQuery { Second = new Bounds(now + 1, long.MaxValue) })
            .Page(SortBy.Second, descending: false, after: null, 0, MostEvents);
        request.Tags.ChangesAt(numbers.Length == 0 ? null : new Position(events.Places.Second(numbers[0]), null, default).Instant);
        return numbers;
    }
}
