using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Site;
using Api.Indexing;
using Api.Listing;
using Api.Reading;
using Api.Reading.Search;
using Api.Reading.Shapes;
using Dapper;

namespace Api.Search;

/// <summary>Reads the hits of searches over all resources.</summary>
internal sealed class SearchRepository(IQueries delivery, References references, SiteCalendar calendar)
{
    private const string HeadSql = """
        select h.sequence, h.reference_sequence,
               exists (select from delivery.changes c where c.sequence > @sequence and c.item_id = any(@items)) as is_changed
        from   delivery.head h
        """;

    /// <summary>
    /// A page of hits, the best first; null when one of them has changed since the state of the lists. One round trip, a second one for
    /// words far behind in a long text.
    /// </summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="match">The items found.</param>
    /// <param name="among">The items of the resources to search.</param>
    /// <param name="window">The page.</param>
    /// <param name="links">Makes links.</param>
    /// <param name="cancel">Cancels the queries.</param>
    public async Task<Found<SearchHit>?> Page(
        ListState state,
        SearchMatch match,
        KeySet among,
        PageWindow window,
        Links links,
        CancellationToken cancel
    )
    {
        var page = ListPage.Ranked(
            window.Limit == 0 ? [] : match.Best(among),
            window,
            item => state.Words.Ids.TryGetValue(item, out var id) ? id : state.Articles.Items.Places.Id(item),
            KeySet.CountAnd(match.Set, among)
        );
        int[] items = [.. page.Rows.Take(window.Limit).Select(row => row.Number)];
        if (items.Length == 0)
            return Found<SearchHit>.From(
                page.Rows,
                window,
                row => row.Position,
                _ => throw new InvalidOperationException("There are no hits."),
                page.Total
            );
        if (await Read(state, items, cancel) is not { } hits)
            return null;
        var names = await references.Get(state.ReferenceSequence, hits.Values.SelectMany(hit => hit.ExpertIds ?? []), cancel);
        var snippets = await Snippets(match, hits, cancel);
        // An expert or topic that expires is gone before the change says so.
        return Found<SearchHit>.From(
            [.. page.Rows.Where((row, n) => n >= items.Length || hits.ContainsKey(row.Number))],
            window,
            row => row.Position,
            row => hits[row.Number].ToHit(row.Position.Id, row.Position.Number, snippets[row.Number], names, calendar, links),
            page.Total
        );
    }

    private Task<Dictionary<int, HitRow>?> Read(ListState state, int[] items, CancellationToken cancel) =>
        delivery.QueryMultiple(
            $"{HeadSql};\n{SearchSql.Beginnings}",
            new { items, sequence = state.Sequence },
            async results =>
            {
                var head = await results.ReadSingleAsync<AsOfHead>();
                var hits = (await results.ReadAsync<HitRow>()).ToDictionary(hit => hit.ItemId);
                return head.Is(state) ? hits : null;
            },
            cancel
        );

    private async Task<IReadOnlyDictionary<int, string>> Snippets(SearchMatch match, Dictionary<int, HitRow> hits, CancellationToken cancel)
    {
        var made = new Dictionary<int, string>();
        List<int> unmarked = [];
        foreach (var hit in hits.Values)
        {
            var (html, hasAll) = Snippet.Of(hit.Text ?? "", match.Marks(hit.ItemId));
            made[hit.ItemId] = html;
            if (!hasAll && hit.IsLong)
                unmarked.Add(hit.ItemId);
        }
        if (unmarked.Count > 0)
        {
            foreach (var hit in await delivery.Query<HitRow>(SearchSql.Wholes, new { items = unmarked.ToArray() }, cancel))
                made[hit.ItemId] = Snippet.Of(hit.Text ?? "", match.Marks(hit.ItemId)).Html;
        }
        return made;
    }

    private sealed record HitRow
    {
        public string Resource { get; init; } = "";
        public int ItemId { get; init; }
        public string Slug { get; init; } = "";
        public string Title { get; init; } = "";
        public string? Text { get; init; }

        // Whether the text goes on.
        public bool IsLong { get; init; }
        public string? Image { get; init; }

        // Of an article when it was published, of an event when it starts (UTC).
        public DateTime? At { get; init; }
        public int? TypeId { get; init; }
        public int[]? ExpertIds { get; init; }
        public string[]? ExpertRoles { get; init; }
        public string? TimeZone { get; init; }

        // The first day of an all-day event.
        public DateOnly? Day { get; init; }

        public SearchHit ToHit(Guid id, long score, string snippet, ReferenceSet names, SiteCalendar calendar, Links links) =>
            new()
            {
                Resource = Resource,
                Id = Urn.Of(id),
                Slug = Slug,
                Title = Title,
                Url = links.PageUrl(Resource, Slug),
                Path = links.PagePath(Resource, Slug),
                Type = TypeId is { } type ? CardType.Of(names.TypeRef(type)) : null,
                Date = DateIn(calendar),
                Byline = Byline.Of(names.ExpertRefs(ExpertIds ?? [], ExpertRoles ?? [])) is { Length: > 0 } byline ? byline : null,
                Image = CardImage.Of(Stored.Image(Image)),
                Snippet = snippet,
                Score = score / 1e6,
                Links = new SelfLink(links.Self(Resource, Slug)),
            };

        private DateOnly? DateIn(SiteCalendar calendar) =>
            Day is { } day ? day
            : At is not { } at ? null
            : TimeZone is { } zone ? EventDays.Of(at, null, zone).First
            : calendar.DayOf(at);
    }
}
