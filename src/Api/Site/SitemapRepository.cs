using Api.Data.Delivery;
using Api.Http.Site;

namespace Api.Site;

/// <summary>Reads which items have a web page.</summary>
internal sealed class SitemapRepository(IQueries delivery)
{
    /// <summary>The most pages one sitemap file may list (https://www.sitemaps.org/protocol.html).</summary>
    public const int MostPages = 50_000;

    /// <summary>The most items of a part.</summary>
    public const int PartSize = 1_000;

    private const int Step = 250;

    /// <summary>The resources that have web pages, in the order of the sitemap.</summary>
    public static readonly IReadOnlyList<string> Resources = ["page", "topic", "expert", "article", "event"];

    // The count includes items marked noindex: the mark is in the wide rows, which counting does not read.
    private const string CountsSql = """
        select 'page' as resource, case when bool_or(not coalesce((p.seo::jsonb->>'noindex')::boolean, false)) then count(*)::integer else 0 end as n from delivery.pages p
        union all
        select 'topic', count(*)::integer from delivery.topics
        union all
        select 'expert', count(*)::integer from delivery.experts
        union all
        select 'article', count(*)::integer from delivery.listing
        union all
        select 'event', count(*)::integer from delivery.event_listing
        """;

    private const string EndsSql = """
        select c.resource, c.id
        from  (select 'page' as resource, p.id, row_number() over (order by p.id) as n from delivery.pages p
               union all
               select 'topic', t.id, row_number() over (order by t.id) from delivery.topics t
               union all
               select 'expert', x.id, row_number() over (order by x.id) from delivery.experts x
               union all
               select 'article', a.id, row_number() over (order by a.id) from delivery.listing a
               union all
               select 'event', e.id, row_number() over (order by e.id) from delivery.event_listing e) c
        where  c.n % @size = 0
        order  by c.n, c.id
        """;

    private const string Unlisted = "coalesce((i.seo::jsonb->>'noindex')::boolean, false) as is_unlisted";

    // A part begins after an id, because ids are public. The whole sitemap is read in storage order, because reading by id accesses the
    // disk at random.
    private const string AfterId = "where i.id > @after order by i.id limit @take";
    private const string AfterNumber = "where i.item_id > @number order by i.item_id limit @take";

    private static readonly Dictionary<string, string> Sql = new(StringComparer.Ordinal)
    {
        ["page"] = $"select i.item_id, i.id, i.slug, i.updated_at as changed_at, {Unlisted} from delivery.pages i",
        ["topic"] = "select i.item_id, i.id, i.slug, i.latest_at as changed_at from delivery.topics i",
        ["expert"] = "select i.item_id, i.id, i.slug, i.latest_at as changed_at from delivery.experts i",
        ["event"] = "select i.item_id, i.id, i.slug, i.updated_at as changed_at from delivery.events i",
        ["article"] =
            $"select i.item_id, i.id, i.slug, i.updated_at as changed_at, i.language, i.translation_languages, i.translation_slugs, {Unlisted} from delivery.articles i",
    };

    /// <summary>The number of items of each resource that have a web page; one round trip.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Counts(CancellationToken cancel) =>
        (await delivery.Query<CountRow>(CountsSql, null, cancel)).ToDictionary(row => row.Resource, row => row.N);

    /// <summary>Divides all items into parts of <see cref="PartSize"/>; one round trip, which at a million items sorts their ids.</summary>
    /// <param name="counts">From <see cref="Counts"/>.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IReadOnlyList<SitemapPart>> Parts(IReadOnlyDictionary<string, int> counts, CancellationToken cancel)
    {
        var ends = (await delivery.Query<EndRow>(EndsSql, new { size = PartSize }, cancel)).ToLookup(end => end.Resource, end => end.Id);
        // The items after the last full part form one more part, if there are any.
        return
        [
            .. Resources.SelectMany(resource =>
                ends[resource]
                    .Select(end => (Guid?)end)
                    .Prepend(null)
                    .Take((counts.GetValueOrDefault(resource) + PartSize - 1) / PartSize)
                    .Select(after => new SitemapPart(resource, after))
            ),
        ];
    }

    /// <summary>
    /// All pages, when there are at most <see cref="MostPages"/>. Sorted by id, so that every copy of the database produces the same order.
    /// </summary>
    public async Task<IReadOnlyList<SitemapPage>> All(Links links, CancellationToken cancel)
    {
        var pages = new List<SitemapPage>();
        foreach (var resource in Resources)
        {
            var rows = new List<PageRow>();
            for (var more = true; more && pages.Count + rows.Count < MostPages; )
            {
                var step = await delivery.Query<PageRow>(
                    $"{Sql[resource]} {AfterNumber}",
                    new { number = rows is [.., var last] ? last.ItemId : 0, take = PartSize },
                    cancel
                );
                rows.AddRange(step);
                more = step.Count == PartSize;
            }
            pages.AddRange(Listed(rows.OrderBy(row => row.Id), resource, links));
        }
        return pages;
    }

    /// <summary>
    /// The pages of a part without those marked noindex; null when nothing follows. A few round trips, because each read may access the
    /// disk at random.
    /// </summary>
    public async Task<IReadOnlyList<SitemapPage>?> Part(SitemapPart part, Links links, CancellationToken cancel)
    {
        var rows = new List<PageRow>();
        for (var more = true; more && rows.Count < PartSize; )
        {
            var step = await delivery.Query<PageRow>(
                $"{Sql[part.Resource]} {AfterId}",
                new { after = rows is [.., var last] ? last.Id : part.After ?? Guid.Empty, take = Step },
                cancel
            );
            rows.AddRange(step);
            more = step.Count == Step;
        }
        return rows.Count == 0 ? null : [.. Listed(rows, part.Resource, links)];
    }

    private static IEnumerable<SitemapPage> Listed(IEnumerable<PageRow> rows, string resource, Links links) =>
        rows.Where(row => !row.IsUnlisted).Select(row => row.ToPage(resource, links));

    private sealed record CountRow
    {
        public string Resource { get; init; } = "";
        public int N { get; init; }
    }

    private sealed record EndRow
    {
        public string Resource { get; init; } = "";
        public Guid Id { get; init; }
    }

    private sealed record PageRow
    {
        public int ItemId { get; init; }
        public Guid Id { get; init; }
        public string Slug { get; init; } = "";
        public bool IsUnlisted { get; init; }
        public DateTime? ChangedAt { get; init; }
        public string? Language { get; init; }
        public string[]? TranslationLanguages { get; init; }
        public string[]? TranslationSlugs { get; init; }

        public SitemapPage ToPage(string resource, Links links)
        {
            var url = links.PageUrl(resource, Slug);
            return new SitemapPage(
                url,
                ChangedAt,
                TranslationSlugs is { Length: > 0 } slugs && Language is { } language
                    ? [(language, url), .. TranslationLanguages!.Zip(slugs, (other, slug) => (other, links.PageUrl(resource, slug)))]
                    : []
            );
        }
    }
}
