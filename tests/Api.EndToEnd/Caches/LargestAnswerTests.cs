using System.Net;
using System.Text.Json.Nodes;
using Api.EndToEnd.Support.Caches;
using Api.Tests.Support;

namespace Api.EndToEnd.Caches;

/// <summary>
/// The largest requests and answers pass each cache, with the buffers it has by default, and are what they are without it.
/// </summary>
public class LargestAnswerTests(LargestAnswerTests.Large api) : IClassFixture<LargestAnswerTests.Large>
{
    // Almost as many as an address of 8,000 characters holds.
    private static readonly string Topics = string.Join(
        ',',
        Enumerable.Range(0, Large.Topics).Select(Large.Topic).Select(Uri.EscapeDataString)
    );

    // As many as it takes.
    private const string Fields =
        "title,subtitle,summary,byline,language,canonicalUrl,publishedAt,publishedDate,updatedAt,readingMinutes,wordCount,primaryTopic.resource,primaryTopic.name,primaryTopic.kind,primaryTopic.url,"
        + "breadcrumbs.label,breadcrumbs.url,type.label,topics.resource,topics.name,topics.kind,topics.url,experts.resource,experts.name,experts.title,experts.organization,experts.role,experts.url,source.slug,source.name,source.url,"
        + "image.url,image.alt,image.width,image.height,files.url,files.label,files.mediaType,files.bytes,corrections.at,corrections.textHtml,translations.language,translations.url,license.url,seo.title,seo.description,version,featured,doi,url";

    public static TheoryData<string> Names => [.. SharedCache.All.Select(cache => cache.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task They_are_the_same_behind_a_cache(string name)
    {
        var cache = api.Named(name);
        foreach (var (path, status) in await Paths())
        {
            var direct = await Settled(path);
            Assert.True(direct.Status == status, $"{path} answers {Short(direct.Essence)}");
            var expected = direct.Without(cache.Cache.Consumes);
            // The second one, as a rule, from what it keeps.
            for (var time = 0; time < 2; time++)
            {
                var answer = await cache.Ask(path);
                cache.Holds(answer.Essence == expected.Essence, $"{path}\nis\n{Short(answer.Essence)}\nand not\n{Short(expected.Essence)}");
            }
        }
    }

    private async Task<IEnumerable<(string Path, HttpStatusCode Status)>> Paths()
    {
        var walk = $"/v1/articles?limit=50&sort=title&topic={Topics}";
        var cursor = (string)JsonNode.Parse((await api.Ask(walk)).Text)!["page"]!["next"]!;
        return
        [
            ("/v1/articles?limit=26", HttpStatusCode.OK),
            ("/v1/articles?limit=100", HttpStatusCode.OK),
            ("/v1/articles?limit=100&include=body", HttpStatusCode.OK),
            ($"/v1/articles?limit=100&topic={Topics}", HttpStatusCode.OK),
            (walk, HttpStatusCode.OK),
            ($"{walk}&cursor={cursor}", HttpStatusCode.OK),
            ($"/v1/articles?limit=100&fields={Fields}", HttpStatusCode.OK),
            ($"/v1/articles.rss?limit=100&topic={Topics}", HttpStatusCode.OK),
            ("/v1/articles.csv?limit=100", HttpStatusCode.OK),
            ("/v1/articles?limit=0&facets=topic,expert,type,year", HttpStatusCode.OK),
            ($"/v1/topics/{Uri.EscapeDataString(Large.Topic(0))}", HttpStatusCode.OK),
            ("/v1/topics?view=list&limit=100", HttpStatusCode.OK),
            ("/v1/experts?limit=100", HttpStatusCode.OK),
            ($"/v1/articles/{Uri.EscapeDataString(Large.Article(0))}?include=related,moreOnTopic,topicEvents,menus", HttpStatusCode.OK),
            ($"/v1/search?q={Uri.EscapeDataString(Large.Words)}&limit=100", HttpStatusCode.OK),
            ("/v1/changes?limit=100", HttpStatusCode.OK),
            ($"/v1/articles/{Uri.EscapeDataString(Large.Moved)}?fields={Fields}", HttpStatusCode.MovedPermanently),
            ($"/v1/articles/{Uri.EscapeDataString(Large.Gone)}", HttpStatusCode.Gone),
            ($"/v1/articles/{new string('x', 4_000)}", HttpStatusCode.NotFound),
            ($"/v1/articles?topic={Topics[..^3]}", HttpStatusCode.BadRequest),
            ($"/v1/articles?nothing={Topics}", HttpStatusCode.BadRequest),
        ];
    }

    // Last-Modified comes some seconds after the last change.
    private async Task<Answer> Settled(string path)
    {
        while (true)
        {
            var answer = await api.Ask(path);
            if (answer.Status != HttpStatusCode.OK || answer["Last-Modified"] is not null || answer["Cache-Status"] is null)
                return answer;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static string Short(string text) => text.Length > 10_000 ? text[..10_000] : text;

    /// <summary>A hundred articles with ten topics and experts each, under the longest slugs.</summary>
    public sealed class Large(TestServer server) : CachedSite(server)
    {
        public const int Topics = 12;
        public const string Words = "Friedenskonsolidierungsmaßnahmen -Отношения \"中華人民共和國外交部\" or متعددة";

        public static string Moved => Long("搬", 0);

        public static string Gone => Long("離", 0);

        public static string Topic(int number) => Long("題", number);

        public static string Article(int number) => Long("文", number);

        protected override Task Prepare() =>
            Import([
                .. Enumerable.Range(0, Topics).Select(number => Some.Topic(new { slug = Topic(number), name = $"Topic {number}" })),
                .. Enumerable.Range(0, 50).Select(number => Some.Expert(new { slug = Long("人", number) })),
                .. Enumerable
                    .Range(0, 100)
                    .Select(number =>
                        Some.Article(
                            new
                            {
                                slug = Article(number),
                                type = "op-ed",
                                title = $"{Long("很", number)} {number}",
                                topics = Enumerable.Range(number, 10).Select(topic => Topic(topic % Topics)).ToArray(),
                                experts = Enumerable
                                    .Range(number, 10)
                                    .Select(expert => new { slug = Long("人", expert % 50), role = "author" })
                                    .ToArray(),
                                previousSlugs = number == 0 ? new[] { Moved } : [],
                            }
                        )
                    ),
                Some.Article(
                    new
                    {
                        slug = Gone,
                        type = "op-ed",
                        publicationStatus = "draft",
                        withdrawnAt = "2026-01-02T03:04:05Z",
                    }
                ),
            ]);

        // 200 bytes of UTF-8, 600 of an address.
        private static string Long(string character, int number) => $"{string.Concat(Enumerable.Repeat(character, 66))}{number:00}";
    }
}
