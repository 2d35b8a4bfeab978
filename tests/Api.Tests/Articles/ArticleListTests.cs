using System.Globalization;
using System.Net;
using Api.Tests.Support;
using CsCheck;

namespace Api.Tests.Articles;

/// <summary>Lists of articles against a plain search through the same articles in memory.</summary>
public class ArticleListTests(ArticleListTests.ArticlesOfAllKinds api) : IClassFixture<ArticleListTests.ArticlesOfAllKinds>
{
    private const int Articles = 140;

    private static readonly string[] Types = ["list-brief", "list-report", "list-op-ed"];
    private static readonly string[] Languages = ["en", "en-US", "fr"];
    private static readonly string[] Roles = ["author", "featured"];
    private static readonly string[] Sorts = ["-publishedAt", "publishedAt", "-updatedAt", "updatedAt", "title", "-title"];

    // Each topic with its parent.
    private static readonly Dictionary<string, string?> Topics = new()
    {
        ["list-asia"] = null,
        ["list-china"] = "list-asia",
        ["list-japan"] = "list-asia",
        ["list-trade"] = null,
        ["list-beijing"] = "list-china",
        ["list-rare"] = null,
    };

    private static readonly string[] Experts = [.. Enumerable.Range(0, 5).Select(n => $"list-expert-{n}")];

    private static readonly IReadOnlyList<Written> Content = Enumerable.Range(0, Articles).Select(n => Write(new Random(n), n)).ToList();

    // What a request says, and whom it finds.
    private static readonly Gen<(string Query, Func<Written, bool> Matches)> Conditions = Gen.OneOf(
        Some(Types).Select(some => Condition("type", some, article => some.Contains(article.Type))),
        Some(Types).Select(some => Condition("excludeType", some, article => !some.Contains(article.Type))),
        Some([.. Topics.Keys]).Select(some => Condition("topic", some, article => some.Any(article.IsOn))),
        Some([.. Topics.Keys]).Select(some => Condition("topicAll", some, article => some.All(article.IsOn))),
        Some([.. Topics.Keys]).Select(some => Condition("excludeTopic", some, article => !some.Any(article.IsOn))),
        Some(Experts).Select(some => Condition("expert", some, article => article.Experts.Any(one => some.Contains(one.Slug)))),
        Some(Experts)
            .Select(some => Condition("expertAll", some, article => some.All(slug => article.Experts.Any(one => one.Slug == slug)))),
        Some(Experts).Select(some => Condition("excludeExpert", some, article => !article.Experts.Any(one => some.Contains(one.Slug)))),
        Some(Roles).Select(some => Condition("role", some, article => article.Experts.Any(one => some.Contains(one.Role)))),
        Gen.OneOf("en", "en-US", "fr")
            .Select(tag =>
                Condition(
                    "language",
                    [tag],
                    article => article.Language == tag || article.Language.StartsWith(tag + "-", StringComparison.Ordinal)
                )
            ),
        Gen.Int[2015, 2020].Select(year => Condition("year", [$"{year}"], article => article.PublishedAt.Year == year)),
        Instants.Select(at => Condition("publishedFrom", [Text(at)], article => article.PublishedAt >= at)),
        Instants.Select(at => Condition("publishedTo", [Text(at)], article => article.PublishedAt <= at)),
        Instants.Select(at => Condition("updatedFrom", [Text(at)], article => article.UpdatedAt >= at)),
        Gen.Bool.Select(flag => Condition("featured", [flag ? "true" : "false"], article => article.Featured == flag)),
        Some(["list-daily", "list-weekly"]).Select(some => Condition("source", some, article => some.Contains(article.Source))),
        Some([.. Content.Select(article => article.Slug)])
            .Select(some => Condition("exclude", some, article => !some.Contains(article.Slug))),
        Some([.. Content.Select(article => article.Slug)]).Select(some => Condition("slug", some, article => some.Contains(article.Slug)))
    );

    private static Gen<DateTime> Instants =>
        Gen.Int[0, 6 * 365].Select(days => new DateTime(2015, 1, 1, 12, 0, 0, DateTimeKind.Utc).AddDays(days));

    [Fact]
    public async Task Any_filters_in_any_order_find_what_a_plain_search_finds() =>
        await Gen.Select(Conditions.Array[0, 3], Gen.OneOf(Sorts), Gen.Int[7, 40], Gen.Int[1, 4])
            .SampleAsync(
                async (conditions, sort, limit, page) =>
                {
                    conditions = [.. conditions.DistinctBy(condition => condition.Query.Split('=')[0])];
                    // A role beside an expert is that expert's, which has a test of its own.
                    if (conditions.Any(condition => condition.Query.StartsWith("role", StringComparison.Ordinal)))
                        conditions = [.. conditions.Where(condition => !condition.Query.StartsWith("expert", StringComparison.Ordinal))];
                    var expected = Ordered(Content.Where(article => conditions.All(condition => condition.Matches(article))), sort)
                        .Select(article => article.Slug)
                        .ToList();
                    var list =
                        $"/v1/articles?{string.Concat(conditions.Select(condition => condition.Query + '&'))}sort={sort}&limit={limit}";

                    var (there, back) = await api.Walk(list);
                    Assert.True(
                        expected.SequenceEqual(there),
                        $"{list}\nexpected {string.Join(' ', expected)}\nfound    {string.Join(' ', there)}"
                    );
                    Assert.True(
                        expected.SequenceEqual(back),
                        $"{list} back\nexpected {string.Join(' ', expected)}\nfound    {string.Join(' ', back)}"
                    );
                    var numbered = await api.GetJson($"{list}&page={page}");
                    Assert.Equal(expected.Skip((page - 1) * limit).Take(limit), numbered.Slugs());
                    Assert.Equal(expected.Count, numbered["page"]!["total"]!.GetValue<int>());
                },
                iter: 100,
                threads: 1
            );

    [Fact]
    public async Task A_role_beside_an_expert_is_that_experts()
    {
        var expected = Ordered(Content.Where(article => article.Experts.Contains((Experts[1], "featured"))), "-publishedAt")
            .Select(article => article.Slug);
        Assert.Equal(expected, await api.Slugs($"/v1/articles?expert={Experts[1]}&role=featured&limit=100"));
    }

    [Fact]
    public async Task Page_beyond_the_end_is_empty_but_keeps_the_total()
    {
        var page = await api.GetJson("/v1/articles?page=2147483647&limit=100");
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal(Articles, page["page"]!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("limit=101", "limit")]
    [InlineData("topic=list-chin", "topic")]
    [InlineData("sort=publishedat", "sort")]
    [InlineData("updatedFrom=2020-13-01", "updatedFrom")]
    public async Task A_value_that_is_not_allowed_is_named(string query, string parameter)
    {
        var problem = await api.GetJson($"/v1/articles?{query}", HttpStatusCode.BadRequest);
        Assert.Equal(parameter, problem["parameter"]!.GetValue<string>());
        Assert.Equal("application/problem+json", await ContentType($"/v1/articles?{query}"));
    }

    private async Task<string?> ContentType(string path)
    {
        using var answer = await api.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.Content.Headers.ContentType?.MediaType;
    }

    private static IEnumerable<Written> Ordered(IEnumerable<Written> articles, string sort)
    {
        var ascending = (
            sort.TrimStart('-') switch
            {
                "title" => articles.OrderBy(article => article.Title, StringComparer.Ordinal),
                "updatedAt" => articles.OrderBy(article => article.UpdatedAt),
                _ => articles.OrderBy(article => article.PublishedAt),
            }
        ).ThenBy(article => article.Id, StringComparer.Ordinal);
        return sort.StartsWith('-') ? ascending.Reverse() : ascending;
    }

    private static Gen<string[]> Some(string[] values) => Gen.OneOf(values).Array[1, 4].Select(some => some.Distinct().ToArray());

    private static (string, Func<Written, bool>) Condition(string parameter, string[] values, Func<Written, bool> matches) =>
        ($"{parameter}={string.Join(',', values)}", matches);

    private static string Text(DateTime instant) => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    // Few different days and titles, so that there are ties; some articles were changed years later.
    private static Written Write(Random random, int n)
    {
        var published = new DateTime(2015 + random.Next(6), 1 + random.Next(12), 15, 12, 0, 0, DateTimeKind.Utc);
        return new Written(
            $"list-{n}",
            $"00000000-0000-4000-8000-{random.Next():x12}",
            published,
            random.Next(4) == 0 ? published.AddDays(random.Next(5 * 365)) : published,
            $"title {(char)('a' + random.Next(26))}",
            Types[
                random.Next(10) == 0 ? 1
                : random.Next(10) == 0 ? 2
                : 0
            ],
            [.. Topics.Keys.Take(random.Next(30) == 0 ? 6 : 5).OrderBy(_ => random.Next()).Take(random.Next(3))],
            [.. Experts.OrderBy(_ => random.Next()).Take(random.Next(3)).Select(expert => (expert, Roles[random.Next(2)]))],
            Languages[random.Next(3)],
            random.Next(5) switch
            {
                0 => "list-daily",
                1 => "list-weekly",
                _ => null,
            },
            random.Next(8) == 0
        );
    }

    private sealed record Written(
        string Slug,
        string Id,
        DateTime PublishedAt,
        DateTime UpdatedAt,
        string Title,
        string Type,
        string[] Topics,
        (string Slug, string Role)[] Experts,
        string Language,
        string? Source,
        bool Featured
    )
    {
        public bool IsOn(string topic) => Topics.Any(own => Above(own).Contains(topic));

        private static IEnumerable<string> Above(string topic)
        {
            for (var one = topic; one is not null; one = ArticleListTests.Topics[one])
                yield return one;
        }
    }

    public sealed class ArticlesOfAllKinds(TestServer server) : ApiFixture(server)
    {
        protected override async Task Seed() =>
            await Import([
                .. Types.Select(slug => Support.Some.ArticleType(new { slug })),
                .. Topics.Select(topic => Support.Some.Topic(new { slug = topic.Key, parent = topic.Value })),
                .. Experts.Select(slug => Support.Some.Expert(new { slug })),
                .. Content.Select(article =>
                    Support.Some.Article(
                        new
                        {
                            slug = article.Slug,
                            id = article.Id,
                            publishedAt = article.PublishedAt,
                            updatedAt = article.UpdatedAt,
                            title = article.Title,
                            type = article.Type,
                            topics = article.Topics,
                            experts = article.Experts.Select(one => new { slug = one.Slug, role = one.Role }),
                            language = article.Language,
                            source = article.Source is { } slug
                                ? new
                                {
                                    slug,
                                    name = slug,
                                    url = "https://example.org/" + slug,
                                }
                                : null,
                            featured = article.Featured,
                        }
                    )
                ),
            ]);
    }
}
