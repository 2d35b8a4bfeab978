using Api.Data;
using Api.Http;

namespace Api.Site;

/// <summary>Reads which pages for people there are.</summary>
internal sealed class SitemapRepository(DeliveryDatabase delivery)
{
    /// <summary>How many pages one file may list (https://www.sitemaps.org/protocol.html).</summary>
    public const int MostPages = 50_000;

    /// <summary>How many items a part has at most.</summary>
    public const int PartSize = 10_000;

    /// <summary>What has a page for people, in the order of the sitemap.</summary>
    public static readonly IReadOnlyList<string> Resources = ["page", "topic", "expert", "article", "event"];

    // Who asks not to be listed is counted, as that is in the wide rows, which need not be read for this.
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

    private const string PagesSql = """
        select r.slug, r.updated_at
        from  (select p.id, p.slug, p.updated_at, p.seo from delivery.pages p where p.id > @after order by p.id limit @take) r
        where  not coalesce((r.seo::jsonb->>'noindex')::boolean, false)
        order  by r.id
        """;

    private const string TopicsSql = "select t.slug, t.updated_at from delivery.topics t where t.id > @after order by t.id limit @take";

    private const string ExpertsSql = "select x.slug, x.updated_at from delivery.experts x where x.id > @after order by x.id limit @take";

    private const string EventsSql = "select e.slug, e.updated_at from delivery.events e where e.id > @after order by e.id limit @take";

    private const string ArticlesSql = """
        select r.slug, r.updated_at, r.language, r.translation_languages, r.translation_slugs
        from  (select a.id, a.slug, a.updated_at, a.seo, a.language, a.translation_languages, a.translation_slugs
               from   delivery.articles a where a.id > @after order by a.id limit @take) r
        where  not coalesce((r.seo::jsonb->>'noindex')::boolean, false)
        order  by r.id
        """;

    /// <summary>How many items of each kind have a page; one round trip.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Counts(CancellationToken cancel) =>
        (await delivery.Query<CountRow>(CountsSql, null, cancel)).ToDictionary(row => row.Resource, row => row.N);

    /// <summary>How everything can be listed in parts of <see cref="PartSize"/>; one round trip, which at a million items sorts their ids.</summary>
    /// <param name="counts">From <see cref="Counts"/>.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IReadOnlyList<SitemapPart>> Parts(IReadOnlyDictionary<string, int> counts, CancellationToken cancel)
    {
        var ends = (await delivery.Query<EndRow>(EndsSql, new { size = PartSize }, cancel)).ToLookup(end => end.Resource, end => end.Id);
        // What comes after the last full part is a part as well, if there is anything.
        return [.. Resources.SelectMany(resource => ends[resource].Select(end => (Guid?)end).Prepend(null)
            .Take((counts.GetValueOrDefault(resource) + PartSize - 1) / PartSize)
            .Select(after => new SitemapPart(resource, after)))];
    }

    /// <summary>Every page, when there are at most <see cref="MostPages"/>.</summary>
    public async Task<IReadOnlyList<SitemapPage>> All(Links links, CancellationToken cancel)
    {
        var pages = new List<SitemapPage>();
        foreach (var resource in Resources) pages.AddRange(await Read(new SitemapPart(resource, null), MostPages, links, cancel));
        return pages;
    }

    /// <summary>The pages of a part; empty where nothing comes after. One round trip.</summary>
    public Task<IReadOnlyList<SitemapPage>> Part(SitemapPart part, Links links, CancellationToken cancel) => Read(part, PartSize, links, cancel);

    private async Task<IReadOnlyList<SitemapPage>> Read(SitemapPart part, int take, Links links, CancellationToken cancel)
    {
        var sql = part.Resource switch { "page" => PagesSql, "topic" => TopicsSql, "expert" => ExpertsSql, "event" => EventsSql, _ => ArticlesSql };
        var rows = await delivery.Query<PageRow>(sql, new { after = part.After ?? Guid.Empty, take }, cancel);
        return [.. rows.Select(row => row.ToPage(part.Resource, links))];
    }

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
        public string Slug { get; init; } = "";
        public DateTime UpdatedAt { get; init; }
        public string? Language { get; init; }
        public string[]? TranslationLanguages { get; init; }
        public string[]? TranslationSlugs { get; init; }

        public SitemapPage ToPage(string resource, Links links)
        {
            var url = links.PageUrl(resource, Slug);
            return new SitemapPage(url, UpdatedAt, TranslationSlugs is { Length: > 0 } slugs && Language is { } language
                ? [(language, url), .. TranslationLanguages!.Zip(slugs, (other, slug) => (other, links.PageUrl(resource, slug)))]
                : []);
        }
    }
}
