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
        if (!query.WantsBody && request.Format == Format.Json)
            return await Ready(state, page, window, tags, read, cancel) is { } ready
                ? PageAnswer.Ready(request, window, ready, envelope)
                : null;
        return await Whole(state, page, window, query.WantsBody, request.Links, tags, read, cancel) is { } whole
            ? PageAnswer.Of(request, window, whole, envelope)
            : null;
    }

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
        CancellationToken cancel
    )
        where T : IIdentified
    {
        // The extra row only tells whether there is a next page; its item is not shown.
        var shown = new Dictionary<int, ReadyItem>(window.Limit);
        List<int> missing = [];
        foreach (var (number, _) in page.Rows.Take(window.Limit))
        {
            if (items.Find(number, state.Sequence) is { } known)
                shown.Add(number, known);
            else
                missing.Add(number);
        }
        if (missing.Count > 0)
        {
            if (await read(state, [.. missing], withBody: false, links, cancel) is not { } asOf)
                return null;
            var made = asOf
                .Items.Select(item => new ReadyItem(item.Number, item.Item.Id, state.Sequence, ApiJson.Write(item.Item), item.Self)
                {
                    Shown = item.Shown,
                    HasTranslations = item.HasTranslations,
                })
                .ToList();
            items.Keep(made, asOf.Sequence);
            foreach (var item in made)
                shown.Add(item.Number, item);
        }
        foreach (var item in shown.Values)
        {
            tags.Items(item.Shown);
            if (item.HasTranslations)
                tags.Everything();
        }
        return Found<ReadyItem>.From(page.Rows, window, row => row.Position, row => shown[row.Number], page.Total);
    }

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
