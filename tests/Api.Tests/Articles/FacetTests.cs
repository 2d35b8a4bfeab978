using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Articles;

public class FacetTests(FacetTests.Content api) : IClassFixture<FacetTests.Content>
{
    private static readonly string[] All = ["type", "topic", "expert", "year", "source"];

    // A facet's count of a value is the total of the list filtered by it.
    [Theory]
    [InlineData("")]
    [InlineData("topic=asia")]
    [InlineData("type=report&expert=ada")]
    [InlineData("year=2019&topicAll=china,trade")]
    [InlineData("publishedFrom=2018-05-05&excludeTopic=trade")]
    [InlineData("updatedFrom=2018-05-05")]
    [InlineData("exclude=a-1,a-2,a-3")]
    [InlineData("slug=a-1,a-2,a-3")]
    [InlineData("q=harbour")]
    [InlineData("q=harbour&topic=asia&year=2019")]
    [InlineData("q=harbour -light&type=brief&publishedTo=2021-01-01")]
    [InlineData("q=harbour&updatedFrom=2018-05-05&exclude=a-9")]
    [InlineData("q=zebra")]
    public async Task Each_count_is_the_total_of_the_list_with_that_value_in_place_of_the_facets_own_filter(string filters)
    {
        var page = await api.GetJson($"/v1/articles?limit=0&facets={string.Join(',', All)}{(filters == "" ? "" : "&" + filters)}");
        Assert.Equal("exact", page["facetsKind"]!.GetValue<string>());
        Assert.Empty(page["data"]!.AsArray());
        foreach (var facet in All)
        {
            var others = filters
                .Split('&')
                .Where(filter => filter != "" && !filter.StartsWith($"{facet}=", StringComparison.Ordinal))
                .ToList();
            Assert.Equal(await Counted(facet, others), Counts(page, facet));
        }
    }

    [Fact]
    public async Task Values_come_with_labels_and_the_most_frequent_first()
    {
        var facets = (await api.GetJson("/v1/articles?facets=type,topic,source&limit=1"))["facets"]!;
        Assert.Equal(["type", "topic", "source"], facets.AsObject().Select(facet => facet.Key));
        Assert.Contains(
            facets["topic"]!.AsArray(),
            value => value!["value"]!.GetValue<string>() == "asia" && value["label"]!.GetValue<string>() == "Topic asia"
        );
        Assert.Contains(facets["source"]!.AsArray(), value => value!["label"]!.GetValue<string>() == "The Daily");
        var counts = facets["topic"]!.AsArray().Select(value => value!["count"]!.GetValue<int>()).ToList();
        Assert.Equal(counts.OrderDescending(), counts);
        Assert.All(counts, count => Assert.True(count > 0));
    }

    [Fact]
    public async Task Without_facets_there_are_none_and_a_page_of_nothing_is_refused()
    {
        var page = await api.GetJson("/v1/articles?limit=1");
        Assert.True(page.AsObject().ContainsKey("facets"));
        Assert.Null(page["facets"]);
        Assert.Null(page["facetsKind"]);
        await api.GetProblem("/v1/articles?limit=0", HttpStatusCode.BadRequest, "missing-parameter", "facets");
        await api.GetProblem("/v1/experts?limit=0", HttpStatusCode.BadRequest, "out-of-range", "limit");
        await api.GetProblem("/v1/articles?facets=language", HttpStatusCode.BadRequest, "unknown-value", "facets");
    }

    [Fact]
    public async Task A_search_can_be_broken_down()
    {
        var page = await api.GetJson("/v1/search?q=harbour&facets=type&limit=0");
        Assert.Equal(Counts(await api.GetJson("/v1/articles?q=harbour&facets=type&limit=0"), "type"), Counts(page, "type"));
        Assert.Equal("exact", page["facetsKind"]!.GetValue<string>());
    }

    private async Task<Dictionary<string, int>> Counted(string facet, IReadOnlyList<string> filters)
    {
        var counts = new Dictionary<string, int>();
        foreach (var value in Content.Values[facet])
        {
            var page = await api.GetJson($"/v1/articles?limit=1&{facet}={value}{string.Concat(filters.Select(filter => "&" + filter))}");
            if (page["page"]!["total"]!.GetValue<int>() is > 0 and var total)
                counts[value] = total;
        }
        return counts;
    }

    internal static Dictionary<string, int> Counts(JsonNode page, string facet) =>
        page["facets"]![facet]!
            .AsArray()
            .ToDictionary(value => value!["value"]!.GetValue<string>(), value => value!["count"]!.GetValue<int>());

    [Theory]
    [InlineData("q=harbour")]
    [InlineData("q=harbour&sort=title")]
    [InlineData("q=harbour&sort=updatedAt&topic=asia")]
    [InlineData("q=harbour&sort=-publishedAt&type=brief,report&excludeTopic=trade")]
    [InlineData("q=light")]
    [InlineData("q=light&sort=publishedAt")]
    [InlineData("q=\"harbour light\"")]
    public async Task Of_a_search_every_page_is_the_same_by_cursor_both_ways_and_by_number(string filters)
    {
        var all = await api.Slugs($"/v1/articles?limit=100&{filters}");
        var path = $"/v1/articles?limit=4&{filters}";
        List<string> walked = [],
            numbered = [];
        JsonNode page;
        string? last = null;
        for (string? next = path; next is not null; next = page["links"]!["next"]?.GetValue<string>())
            walked.AddRange((page = await api.GetJson(last = next)).Slugs());
        Assert.Equal(all, walked);
        List<string> back = [];
        for (string? previous = last; previous is not null; previous = page["links"]!["previous"]?.GetValue<string>())
            back.InsertRange(0, (page = await api.GetJson(previous)).Slugs());
        Assert.Equal(all, back);
        for (var number = 1; number <= (all.Count + 3) / 4; number++)
            numbered.AddRange(await api.Slugs($"{path}&page={number}"));
        Assert.Equal(all, numbered);
    }

    public class Content(TestServer server) : ApiFixture(server)
    {
        public static readonly Dictionary<string, string[]> Values = new()
        {
            ["type"] = ["brief", "report"],
            ["topic"] = ["asia", "china", "trade"],
            ["expert"] = ["ada", "bea"],
            ["year"] = ["2017", "2018", "2019", "2020", "2021"],
            ["source"] = ["daily"],
        };

        protected override Task Seed() =>
            Import([
                Some.ArticleType(new { slug = "brief" }),
                Some.ArticleType(new { slug = "report" }),
                Some.Topic(new { slug = "asia", kind = "region" }),
                Some.Topic(new { slug = "china", parent = "asia" }),
                Some.Topic(new { slug = "trade" }),
                Some.Expert(new { slug = "ada" }),
                Some.Expert(new { slug = "bea" }),
                .. Enumerable
                    .Range(1, 60)
                    .Select(n =>
                        Some.Article(
                            new
                            {
                                slug = $"a-{n}",
                                type = n % 3 == 0 ? "report" : "brief",
                                // The first is in another year in New York.
                                publishedAt = $"20{17 + n % 5}-01-01T{(n < 6 ? "03" : "13")}:00:00Z".Replace(
                                    "2017-01-01T03",
                                    "2018-01-01T03",
                                    StringComparison.Ordinal
                                ),
                                topics = (string[])[n % 2 == 0 ? "china" : "asia", .. n % 5 == 0 ? (string[])["trade"] : []],
                                experts = (string[])[n % 4 == 0 ? "ada" : "bea"],
                                source = n % 6 == 0
                                    ? new
                                    {
                                        slug = "daily",
                                        name = "The Daily",
                                        url = "https://example.org/d",
                                    }
                                    : null,
                                summary = n % 2 == 0 ? "A harbour."
                                : n % 7 == 0 ? "A harbour light."
                                : "Nothing.",
                            }
                        )
                    ),
            ]);
    }
}
