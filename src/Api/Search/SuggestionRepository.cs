using Api.Contracts.Lists;
using Api.Data.Delivery;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Indexing;
using Api.Listing;
using Api.Words;
using Api.Words.Texts;

namespace Api.Search;

/// <summary>Suggests items while a reader types.</summary>
internal sealed class SuggestionRepository(IQueries delivery)
{
    private const int Most = 10;

    private const string HeadSql = """
        select h.sequence, h.reference_sequence,
               exists (select from delivery.changes c where c.sequence > @sequence and c.item_id = any(@items)) as is_changed
        from   delivery.head h
        """;

    private const string LabelsSql = """
        select 'expert' as resource, x.item_id, x.slug, x.name as label from delivery.experts x where x.item_id = any(@items)
        union all
        select 'topic', x.item_id, x.slug, x.name from delivery.topics x where x.item_id = any(@items)
        union all
        select 'event', x.item_id, x.slug, x.title from delivery.events x where x.item_id = any(@items)
        union all
        select 'article', x.item_id, x.slug, x.title from delivery.articles x where x.item_id = any(@items)
        """;

    /// <summary>At most ten suggestions; null when one has changed since the state of the lists. One round trip.</summary>
    public async Task<IReadOnlyList<Suggestion>?> Find(ListState state, SearchText typed, Links links, CancellationToken cancel)
    {
        if (typed.Terms == 0)
            return [];
        var search = new TitleSearch(state.Words);
        var items = Items(state, search, typed.Plain);
        if (items.Length == 0 && search.Correct(typed.Plain) is { } corrected)
            items = Items(state, search, corrected);
        if (items.Length == 0)
            return [];
        var read = await delivery.QueryMultiple(
            $"{HeadSql};\n{LabelsSql}",
            new { items, sequence = state.Sequence },
            async results =>
                (await results.ReadSingleAsync<AsOfHead>()).Is(state)
                    ? (await results.ReadAsync<Row>()).ToDictionary(row => row.ItemId)
                    : null,
            cancel
        );
        return read is null
            ? null
            :
            [
                .. items
                    .Where(read.ContainsKey)
                    .Select(item => read[item])
                    .Select(row => new Suggestion(
                        row.Resource,
                        row.Slug,
                        row.Label,
                        links.PageUrl(row.Resource, row.Slug),
                        links.PagePath(row.Resource, row.Slug)
                    )),
            ];
    }

    // Experts and topics come first, then events and articles, the newest of them; of the experts and topics exact names, then names that
    // begin with the text.
    private static int[] Items(ListState state, TitleSearch search, string typed)
    {
        var words = state.Words;
        using var named = search.Find(words.Named, typed);
        var all = named.ToSet();
        var name = NameTable.Normal(typed);
        var experts = KeySet.Or(words.Of("expert"), words.Of("topic"));
        var first = KeySet
            .And(all, experts)
            .ToArray()
            .Select(item => (Item: item, Place: PlaceOf(words.Names.Of(item), name)))
            .OrderByDescending(one => one.Place)
            .ThenBy(one => words.Ids[one.Item])
            .Take(Most)
            .Select(one => one.Item);
        var events = state.Events.Items.Find(IndexQuery.Everything).Among(all).Page(SortBy.First, descending: true, null, 0, Most);
        var articles = words
            .Articles.Values.SelectMany(part =>
            {
                using var titled = search.Find(part, typed);
                return state
                    .Articles.Items.Find(IndexQuery.Everything)
                    .Among(titled.ToSet())
                    .Page(SortBy.First, descending: true, null, 0, Most);
            })
            .OrderByDescending(state.Articles.Items.Places.First)
            .ThenByDescending(state.Articles.Items.Places.Id);
        return [.. first.Concat(events).Concat(articles).Take(Most)];
    }

    private static int PlaceOf(IReadOnlyList<string> names, string typed) =>
        names.Contains(typed) ? 3
        : names.Any(name => name.StartsWith(typed, StringComparison.Ordinal)) ? 2
        : 1;

    private sealed record Row
    {
        public string Resource { get; init; } = "";
        public int ItemId { get; init; }
        public string Slug { get; init; } = "";
        public string Label { get; init; } = "";
    }
}
