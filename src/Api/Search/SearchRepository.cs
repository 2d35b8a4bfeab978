using Api.Contracts;
using Api.Contracts.Lists;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Reading.Search;
using Api.Reading.Shapes;

namespace Api.Search;

/// <summary>Searches all visible content.</summary>
internal sealed class SearchRepository(DeliveryDatabase delivery, SearchReach reach)
{
    /// <summary>A page of hits, the best first; one round trip.</summary>
    public async Task<Found<SearchHit>> Find(
        SearchText search,
        IReadOnlyList<string> resources,
        PageWindow window,
        Links links,
        CancellationToken cancel
    )
    {
        if (search.Terms == 0)
            return Found<SearchHit>.Nothing(window);
        var sql = new SearchSql(search, resources, window, reach);
        var (rows, total) =
            window.Limit == 0 && window.Count != CountKind.None
                ? ([], Total.Of(await delivery.QueryFirst<int?>(sql.Total(), sql.Parameters(), cancel), window.Count))
            : window.Limit == 0 ? ([], Total.None)
            : window.Count == CountKind.None ? (await delivery.Query<HitRow>(sql.Page(), sql.Parameters(), cancel), Total.None)
            : await delivery.QueryMultiple(
                $"{sql.Page()};\n{sql.Total()}",
                sql.Parameters(),
                async results =>
                    (
                        (IReadOnlyList<HitRow>)[.. await results.ReadAsync<HitRow>()],
                        Total.Of(await results.ReadSingleAsync<int?>(), window.Count)
                    ),
                cancel
            );
        return Found<SearchHit>.From(rows, window, row => new Position(row.At, null, row.Id), row => row.ToHit(links), total);
    }

    private sealed record HitRow
    {
        public string Resource { get; init; } = "";
        public Guid Id { get; init; }
        public long At { get; init; }
        public string Slug { get; init; } = "";
        public string Title { get; init; } = "";
        public string? Headline { get; init; }

        public SearchHit ToHit(Links links) =>
            new()
            {
                Resource = Resource,
                Id = Urn.Of(Id),
                Slug = Slug,
                Title = Title,
                Url = links.PageUrl(Resource, Slug),
                Path = links.PagePath(Resource, Slug),
                Snippet = Snippet.Html(Headline ?? ""),
                Score = At / 1e6,
                Links = new SelfLink(links.Self(Resource, Slug)),
            };
    }
}
