using System.Text.Json.Nodes;
using Api.Http.Pages;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests;

/// <summary>
/// What is not visible leaves no trace: every answer of the API, asked in every way its endpoints declare, is the same to the byte
/// before and after hidden content is added.
/// </summary>
public class HiddenTests(StandingFixture api) : IClassFixture<StandingFixture>
{
    private const string Mark = "zqxv";

    private static readonly Addresses Addresses = new()
    {
        Slugs = ["a-1", "a-10", "ada", "bea", "asia", "china", "below-hidden", "e-1", "about", "team", "main", "brief", "nothing"],
        Values =
        [
            "brief",
            "report",
            "asia",
            "china,below-hidden",
            "asia-program",
            "ada",
            "ada,bea",
            "a-1,a-2",
            "e-1",
            "daily",
            "author",
            "featured",
            "region",
            "staff",
            "about",
            "never-there",
        ],
        Languages = ["en", "fr", "xx"],
        Texts = ["/old-a-1", "/articles/a-1"],
        // The last are nearly the word that hidden items have everywhere: to be corrected to by nobody.
        Searches = ["text", "article a-1", "\"what a-2\" -text", "ada or asia", "aisa", "a", "zqvx", "zqx", "text zqxw"],
    };

    private static readonly object[] States =
    [
        new { publicationStatus = "draft" },
        new { publicationStatus = "private" },
        new { publicationStatus = "retracted" },
        new
        {
            publicationStatus = "scheduled",
            publishedAt = "2090-01-01T00:00:00Z",
            embargoUntil = "2090-01-01T00:00:00Z",
        },
        new { publicationStatus = "published", embargoUntil = "2090-01-01T00:00:00Z" },
        new { publicationStatus = "published", expiresAt = "2020-01-01T00:00:00Z" },
    ];

    [Fact]
    public async Task Nothing_derives_from_what_is_hidden()
    {
        await api.Import(Visible());
        var pages = TriedList.Names.Select(list => $"/?list={list}").Append(FormatsPage.Path);
        var addresses = Addresses.Of(api.Services).Concat(pages).Distinct().ToList();
        Assert.True(addresses.Count > 500, $"only {addresses.Count} addresses");
        var before = new Dictionary<string, string>();
        foreach (var address in addresses)
            before[address] = await Answer(address);
        // Nothing that is hidden is on the topic of this key, so it sees what everybody sees.
        var early = await SomeKey.Early(api.ContentDatabase, "quiet");
        var keyed = EarlyAddresses(addresses);
        foreach (var address in keyed)
            before[address] = await Answer(address, early);
        Assert.True(
            keyed.Count > 100 && keyed.Count(address => before[address].Contains(" 200\n", StringComparison.Ordinal)) > keyed.Count / 4,
            $"{keyed.Count} addresses"
        );

        await api.Import([.. Hidden()]);

        foreach (var address in keyed)
        {
            var after = await Answer(address, early);
            Assert.True(before[address] == after, $"{address} answered\n{before[address]}\nand then\n{after}");
            Assert.DoesNotContain(Mark, after, StringComparison.Ordinal);
        }
        var preview = await SomeKey.Preview(api.ContentDatabase);
        foreach (var state in new[] { "1", "2", "5" })
        foreach (var (resource, collection) in Collections)
            Assert.Equal(
                (await Answer($"/v1/{collection}/{Mark}-never-{state}?preview=drafts", preview)).Replace(
                    "-never-",
                    "-",
                    StringComparison.Ordinal
                ),
                (await Answer($"/v1/{collection}/{Mark}-{resource}-{state}?preview=drafts", preview)).Replace(
                    $"-{resource}-",
                    "-",
                    StringComparison.Ordinal
                )
            );

        foreach (var address in addresses)
        {
            var after = await Answer(address);
            Assert.True(before[address] == after, $"{address} answered\n{before[address]}\nand then\n{after}");
            Assert.DoesNotContain(Mark, after, StringComparison.Ordinal);
        }
        foreach (var (resource, collection) in Collections)
        {
            foreach (var n in Enumerable.Range(0, States.Length))
            {
                // A hidden slug answers as one that never was.
                Assert.Equal(
                    await Answer($"/v1/{collection}/{Mark}-never-{n}"),
                    (await Answer($"/v1/{collection}/{Mark}-{resource}-{n}")).Replace(
                        $"{Mark}-{resource}-{n}",
                        $"{Mark}-never-{n}",
                        StringComparison.Ordinal
                    )
                );
            }
        }
        foreach (var parameter in new[] { "topic", "topicAll", "expert", "expertAll", "excludeTopic", "excludeExpert", "source" })
        {
            var kind =
                parameter.Contains("pert", StringComparison.Ordinal) ? "expert"
                : parameter == "source" ? "source"
                : "topic";
            Assert.Equal(
                await Answer($"/v1/articles?{parameter}={Mark}-never-0"),
                (await Answer($"/v1/articles?{parameter}={Mark}-{kind}-0")).Replace(
                    $"{Mark}-{kind}-0",
                    $"{Mark}-never-0",
                    StringComparison.Ordinal
                )
            );
        }
        foreach (var parameter in new[] { "slug", "exclude" })
            Assert.Equal(
                await Total($"/v1/articles?{parameter}={Mark}-never-0"),
                await Total($"/v1/articles?{parameter}={Mark}-article-0")
            );
        Assert.Equal(
            await Answer($"/v1/resolve?path=/{Mark}-never"),
            (await Answer($"/v1/resolve?path=/{Mark}-redirect-0")).Replace($"{Mark}-redirect-0", $"{Mark}-never", StringComparison.Ordinal)
        );
    }

    // Every ninth address of those that take the parameter.
    private List<string> EarlyAddresses(IEnumerable<string> addresses)
    {
        var paths = api
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters.Contains(ListParameters.Preview) == true)
            .Select(endpoint => endpoint.PathOf().Replace("/{slug}", "", StringComparison.Ordinal))
            .ToHashSet();
        return
        [
            .. addresses
                .Where(address =>
                    !address.Contains("minSequence", StringComparison.Ordinal)
                    && address.Split('?')[0] is var path
                    && (
                        paths.Contains(path)
                        || (
                            path.Count('/') == 3
                            && !path.Contains('.', StringComparison.Ordinal)
                            && paths.Contains(path[..path.LastIndexOf('/')])
                        )
                    )
                )
                .Where((_, n) => n % 9 == 0)
                .Select(address => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}preview=early"),
        ];
    }

    private static readonly (string Resource, string Collection)[] Collections =
    [
        ("article", "articles"),
        ("expert", "experts"),
        ("topic", "topics"),
        ("event", "events"),
        ("page", "pages"),
        ("menu", "menus"),
    ];

    private static string[] Visible() =>
        [
            Some.ArticleType(new { slug = "brief" }),
            Some.ArticleType(new { slug = "report" }),
            Some.Topic(new { slug = "asia", kind = "region" }),
            Some.Topic(new { slug = "quiet" }),
            Some.Topic(
                new
                {
                    slug = "china",
                    kind = "country",
                    parent = "asia",
                }
            ),
            Some.Topic(
                new
                {
                    slug = "asia-program",
                    kind = "program",
                    featured = true,
                }
            ),
            Some.Expert(new { slug = "ada", program = "asia-program" }),
            Some.Expert(
                new
                {
                    slug = "bea",
                    kind = "fellow",
                    current = false,
                }
            ),
            // Visible items that refer to hidden ones, which follow.
            Some.Topic(
                new
                {
                    slug = $"{Mark}-early-topic",
                    name = Mark,
                    parent = "asia",
                    publicationStatus = "draft",
                }
            ),
            Some.Expert(
                new
                {
                    slug = $"{Mark}-early-expert",
                    name = Mark,
                    publicationStatus = "draft",
                }
            ),
            Some.Topic(new { slug = "below-hidden", parent = $"{Mark}-early-topic" }),
            .. Enumerable
                .Range(1, 24)
                .Select(n =>
                    Some.Article(
                        new
                        {
                            slug = $"a-{n}",
                            type = n % 3 == 0 ? "report" : "brief",
                            publishedAt = $"20{10 + n % 12}-0{1 + n % 9}-11T13:00:00Z",
                            language = n % 5 == 0 ? "fr" : "en",
                            featured = n % 7 == 0,
                            topics = n % 4 == 0 ? new[] { "china", $"{Mark}-early-topic" }
                            : n % 4 == 1 ? ["below-hidden"]
                            : ["asia"],
                            experts = n % 2 == 0
                                ? new[] { new { slug = "ada", role = "author" }, new { slug = $"{Mark}-early-expert", role = "author" } }
                                : [new { slug = "bea", role = "featured" }],
                            source = n % 6 == 0
                                ? new
                                {
                                    slug = "daily",
                                    name = "Daily",
                                    url = "https://example.org/d",
                                }
                                : null,
                            translations = n == 10 ? new[] { new { slug = "a-11" } } : null,
                        }
                    )
                ),
            .. Enumerable
                .Range(1, 6)
                .Select(n =>
                    Some.Event(
                        new
                        {
                            slug = $"e-{n}",
                            topics = new[] { "china" },
                            experts = new[] { "ada" },
                        }
                    )
                ),
            Some.Page(new { slug = "about" }),
            Some.Page(new { slug = "team", parent = "about" }),
            Some.Menu(
                new
                {
                    slug = "main",
                    items = new object[]
                    {
                        new { label = "China", target = new { topic = "china" } },
                        new { label = Mark, target = new { topic = $"{Mark}-early-topic" } },
                    },
                }
            ),
            Some.Redirect("/old-a-1", "articles/a-1"),
        ];

    private static IEnumerable<string> Hidden()
    {
        for (var n = 0; n < States.Length; n++)
        {
            var topics = new[] { "china", $"{Mark}-topic-{n}" };
            var experts = new[] { "ada", $"{Mark}-expert-{n}" };
            yield return Line(
                Some.Topic,
                $"topic-{n}",
                n,
                new
                {
                    name = Mark,
                    parent = "asia",
                    kind = "region",
                    featured = true,
                }
            );
            yield return Line(
                Some.Expert,
                $"expert-{n}",
                n,
                new
                {
                    name = Mark,
                    program = "asia-program",
                    kind = "staff",
                }
            );
            yield return Line(
                Some.Article,
                $"article-{n}",
                n,
                new
                {
                    title = Mark,
                    topics,
                    experts,
                    primaryTopic = "china",
                    featured = true,
                    language = "xx",
                    source = new
                    {
                        slug = $"{Mark}-source-{n}",
                        name = Mark,
                        url = $"https://example.org/{Mark}",
                    },
                    translations = new[] { new { slug = "a-1" } },
                    image = new { url = $"https://example.org/{Mark}.jpg", alt = Mark },
                }
            );
            yield return Line(
                Some.Event,
                $"event-{n}",
                n,
                new
                {
                    title = Mark,
                    topics,
                    experts,
                    mode = "hybrid",
                    status = "postponed",
                }
            );
            yield return Line(Some.Page, $"page-{n}", n, new { title = Mark, parent = "about" });
            yield return Line(
                Some.Menu,
                $"menu-{n}",
                n,
                new { label = Mark, items = new object[] { new { label = Mark, target = new { topic = "china" } } } }
            );
            yield return Some.Redirect($"/{Mark}-redirect-{n}", $"articles/{Mark}-article-{n}");
        }
    }

    private static string Line(Func<object?, string> some, string slug, int state, object members)
    {
        var line = JsonNode.Parse(some(members))!.AsObject();
        line["slug"] = $"{Mark}-{slug}";
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(States[state])!.AsObject())
        {
            // Only articles have a moment of publication of their own.
            if (name != "publishedAt" || line["resource"]!.GetValue<string>() == "article")
                line[name] = value?.DeepClone();
        }
        return line.ToJsonString();
    }

    private async Task<string> Answer(string address, string? key = null)
    {
        var (text, status) = await api.Answer(address, key);
        Assert.True(status < 500, text);
        return text;
    }

    private async Task<int> Total(string address) => (await api.GetJson(address))["page"]!["total"]!.GetValue<int>();
}
