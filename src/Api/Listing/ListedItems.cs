using Api.Contracts;
using Api.Contracts.Lists;
using Api.Http.Answers;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Http.Tags;

namespace Api.Listing;

/// <summary>
/// The items of a page of a list in memory. Items that are not in memory are read by number in one round trip, and shown only if they have
/// not changed since the state of the list.
/// </summary>
internal sealed class ListedItems(ItemStore items, SiteSettings site)
{
    private readonly Links links = new(site, "");

    /// <summary>The response with a page of a list; null when an item has changed since the state was read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="window">The page to show.</param>
    /// <param name="state">The state of the lists.</param>
    /// <param name="page">Which items the page holds.</param>
    /// <param name="envelope">Wraps the page in its response type.</param>
    /// <param name="read">Reads the items that are not in memory.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Answer<TEnvelope>?> Answer<T, TEnvelope>(
        ApiRequest request,
        PageWindow window,
        ListState state,
        ListPage page,
        Func<Page<T>, TEnvelope> envelope,
        ReadAsOf<T> read,
        CancellationToken cancel
    )
        where T : IIdentified
    {
        var (query, tags) = (request.Query, request.Tags);
        var card = request.FormatOf<CardFormat<T>>()?.Write;
        if (card is not null || (!query.WantsBody && request.Format == Format.Json))
            return await Ready(state, page, window, tags, read, card, cancel) is { } ready
                ? PageAnswer.Ready(request, window, ready, envelope)
                : null;
        return await Whole(state, page, window, query.WantsBody, request.Links, tags, read, cancel) is { } whole
            ? PageAnswer.Of(request, window, whole, envelope)
            : null;
    }

    /// <summary>
    /// The cards of some items, in the given order; null when one of them has changed since the state was read. At most one round trip.
    /// </summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="numbers">The numbers of the items.</param>
    /// <param name="read">Reads the items whose cards are not in memory.</param>
    /// <param name="card">Writes a card.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<IReadOnlyList<ReadyItem>?> Cards<T>(
        ListState state,
        int[] numbers,
        ReadAsOf<T> read,
        Func<T, byte[]> card,
        CancellationToken cancel
    )
        where T : IIdentified =>
        await Ready(state, numbers, read, card, cancel) is { } ready ? [.. numbers.Select(number => ready[number])] : null;

    /// <summary>Some items, by number; null when one of them has changed since the state was read.</summary>
    public static async Task<IReadOnlyDictionary<int, ItemAsOf<T>>?> Read<T>(
        ListState state,
        int[] numbers,
        bool withBody,
        Links links,
        ReadAsOf<T> read,
        CancellationToken cancel
    )
        where T : IIdentified =>
        numbers.Length == 0
            ? new Dictionary<int, ItemAsOf<T>>()
            : (await read(state, numbers, withBody, links, cancel))?.Items.ToDictionary(item => item.Number);

    private async Task<Found<ReadyItem>?> Ready<T>(
        ListState state,
        ListPage page,
        PageWindow window,
        AnswerTags tags,
        ReadAsOf<T> read,
        Func<T, byte[]>? card,
        CancellationToken cancel
    )
        where T : IIdentified
    {
        // The extra row only tells whether there is a next page; its item is not shown.
        if (await Ready(state, page.Rows.Take(window.Limit).Select(row => row.Number), read, card, cancel) is not { } shown)
            return null;
        foreach (var item in shown.Values)
        {
            tags.Items(item.Shown);
            if (item.HasTranslations)
                tags.Everything();
        }
        return Found<ReadyItem>.From(page.Rows, window, row => row.Position, row => shown[row.Number], page.Total);
    }

    private async Task<Dictionary<int, ReadyItem>?> Ready<T>(
        ListState state,
        IEnumerable<int> numbers,
        ReadAsOf<T> read,
        Func<T, byte[]>? card,
        CancellationToken cancel
    )
        where T : IIdentified
    {
        var ready = new Dictionary<int, ReadyItem>();
        List<int> missing = [];
        foreach (var number in numbers)
        {
            if (items.Find(number, card is not null, state.Sequence) is { } known)
                ready.Add(number, known);
            else
                missing.Add(number);
        }
        if (missing.Count == 0)
            return ready;
        if (await read(state, [.. missing], withBody: false, links, cancel) is not { } asOf)
            return null;
        var made = asOf.Items.Select(item => Make(item, state.Sequence, card)).ToList();
        items.Keep(made, asOf.Sequence);
        foreach (var item in made)
            ready.Add(item.Number, item);
        return ready;
    }

    // A card shows no translations.
    private static ReadyItem Make<T>(ItemAsOf<T> item, long from, Func<T, byte[]>? card)
        where T : IIdentified =>
        card is null
            ? new ReadyItem(item.Number, item.Item.Id, from, ApiJson.Write(item.Item), item.Self)
            {
                Shown = item.Shown,
                HasTranslations = item.HasTranslations,
            }
            : ReadyItem.OfCard(item.Number, item.Item.Id, from, card(item.Item), item.Shown);

    private static async Task<Found<T>?> Whole<T>(
        ListState state,
        ListPage page,
        PageWindow window,
        bool withBody,
        Links links,
        AnswerTags tags,
        ReadAsOf<T> read,
        CancellationToken cancel
    )
        where T : IIdentified
    {
        if (await Read(state, [.. page.Rows.Take(window.Limit).Select(row => row.Number)], withBody, links, read, cancel) is not { } items)
            return null;
        tags.Items(items.Values.SelectMany(item => item.Shown));
        if (items.Values.Any(item => item.HasTranslations))
            tags.Everything();
        return Found<T>.From(page.Rows, window, row => row.Position, row => items[row.Number].Item, page.Total);
    }
}

/// <summary>
/// Reads items by number as they are in a state of the lists, in any order; null when an item or a name has changed since.
/// </summary>
internal delegate Task<ItemsAsOf<T>?> ReadAsOf<T>(ListState state, int[] numbers, bool withBody, Links links, CancellationToken cancel);

/// <summary>Items that are the same in the state of a list and at a later sequence.</summary>
/// <param name="Sequence">The later sequence, at which they were read.</param>
/// <param name="Items">The items, in any order.</param>
internal sealed record ItemsAsOf<T>(long Sequence, IReadOnlyList<ItemAsOf<T>> Items);

/// <summary>An item as it was read.</summary>
/// <param name="Number">Its number in the database.</param>
/// <param name="Item">The item.</param>
/// <param name="Self">Its own address, on the base of the links it was made with.</param>
/// <param name="Shown">The numbers of the other items that it shows.</param>
/// <param name="HasTranslations">Whether it shows translations.</param>
internal sealed record ItemAsOf<T>(int Number, T Item, string Self, int[] Shown, bool HasTranslations);
