using System.Net;
using System.Text.Json.Nodes;
using Api.Reading.Search;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
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

/// <summary>
/// The same content as if it were much more: words count as common from the first article on, few articles are gone through, and few
/// matches looked at one by one.
/// </summary>
public class LargeSetTests(LargeSetTests.Common common, LargeSetTests.Many many, LargeSetTests.Huge huge, FacetTests.Content usual)
    : IClassFixture<LargeSetTests.Common>,
        IClassFixture<LargeSetTests.Many>,
        IClassFixture<LargeSetTests.Huge>,
        IClassFixture<FacetTests.Content>
{
    [Theory]
    [InlineData("q=harbour")]
    [InlineData("q=harbour&topic=china")]
    [InlineData("q=harbour light")]
    [InlineData("q=harbour -light&type=brief,report&year=2019")]
    [InlineData("q=harbour&publishedFrom=2018-06-01&exclude=a-8")]
    public async Task Common_words_are_found_among_the_newest_in_the_same_order(string filters)
    {
        var path = $"/v1/articles?sort=relevance&limit=100&{filters}";
        Assert.Equal(await usual.Slugs(path), await common.Slugs(path));
        Assert.Equal(
            (await usual.GetJson(path))["page"]!["total"]!.ToJsonString(),
            (await common.GetJson(path))["page"]!["total"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_phrase_of_common_words_is_found_among_the_newest_and_not_counted()
    {
        foreach (
            var path in new[]
            {
                "/v1/articles?q=%22harbour+light%22&sort=relevance&limit=100",
                "/v1/search?q=%22harbour+light%22&resource=article&limit=100",
            }
        )
        {
            var page = await huge.GetJson(path);
            Assert.Subset((await usual.Slugs(path)).ToHashSet(), page.Slugs().ToHashSet());
            Assert.NotEmpty(page.Slugs());
            Assert.Equal("none", page["page"]!["totalKind"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Hits_of_common_words_are_the_same() =>
        Assert.Equal(await usual.Slugs("/v1/search?q=harbour&limit=100"), await common.Slugs("/v1/search?q=harbour&limit=100"));

    [Theory]
    [InlineData("q=harbour")]
    [InlineData("q=harbour&sort=title")]
    [InlineData("q=harbour&sort=updatedAt&topic=asia")]
    [InlineData("q=harbour&sort=-publishedAt&type=brief,report&excludeTopic=trade")]
    [InlineData("q=light")]
    [InlineData("q=light&sort=publishedAt")]
    [InlineData("q=\"harbour light\"")]
    public async Task Where_many_match_every_page_is_the_same_by_cursor_both_ways_and_by_number(string filters)
    {
        foreach (var api in new FacetTests.Content[] { many, huge })
        {
            var all = await usual.Slugs($"/v1/articles?limit=100&{filters}");
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
    }

    [Theory]
    [InlineData("sort=given")]
    [InlineData("sort=given&limit=1&page=2")]
    [InlineData("sort=-title")]
    [InlineData("sort=relevance")]
    [InlineData("limit=0&facets=type")]
    public async Task What_is_not_counted_is_found_all_the_same(string order)
    {
        var path = $"/v1/articles?slug=a-8,a-2,a-3,a-4&q=harbour&{order}";
        var counted = await usual.Slugs(path);
        foreach (var api in new FacetTests.Content[] { usual, common, many, huge })
            Assert.Equal(counted, await api.Slugs($"{path}&count=none"));
    }

    [Theory]
    [InlineData("q=harbour")]
    [InlineData("q=harbour&topic=asia")]
    public async Task Of_more_matches_than_are_looked_at_the_total_is_at_least_so_many_unless_an_exact_one_is_asked_for(string filters)
    {
        var exact = (await usual.GetJson($"/v1/articles?{filters}"))["page"]!["total"]!.GetValue<int>();
        foreach (var sort in new[] { "title", "relevance" })
        {
            var page = (await many.GetJson($"/v1/articles?{filters}&sort={sort}"))["page"]!;
            Assert.Equal(("atLeast", 10), (page["totalKind"]!.GetValue<string>(), page["total"]!.GetValue<int>()));
            page = (await many.GetJson($"/v1/articles?{filters}&sort={sort}&count=exact"))["page"]!;
            Assert.Equal(("exact", exact), (page["totalKind"]!.GetValue<string>(), page["total"]!.GetValue<int>()));
        }
    }

    [Theory]
    [InlineData("topic=asia")]
    [InlineData("publishedFrom=2017-01-01")]
    [InlineData("")]
    public async Task Without_words_a_large_set_is_counted_whole(string filters)
    {
        var path = $"/v1/articles?limit=0&facets=type,topic,year&{filters}";
        var page = await huge.GetJson(path);
        Assert.Equal("exact", page["facetsKind"]!.GetValue<string>());
        Assert.Equal((await usual.GetJson(path))["facets"]!.ToJsonString(), page["facets"]!.ToJsonString());
    }

    [Theory]
    [InlineData("/v1/articles?q=harbour")]
    [InlineData("/v1/articles?q=harbour&topic=china,trade")]
    [InlineData("/v1/search?q=harbour")]
    public async Task Of_many_matches_all_are_broken_down(string path)
    {
        path += "&limit=0&facets=type,topic,year,expert,source";
        var page = await many.GetJson(path);
        Assert.Equal("exact", page["facetsKind"]!.GetValue<string>());
        Assert.Equal((await usual.GetJson(path))["facets"]!.ToJsonString(), page["facets"]!.ToJsonString());
    }

    [Theory]
    [InlineData("/v1/articles?q=harbour")]
    [InlineData("/v1/articles?q=harbour&topic=asia")]
    [InlineData("/v1/search?q=harbour")]
    public async Task Of_common_words_a_sample_is_broken_down_and_the_answer_says_so(string path)
    {
        path += "&limit=0&facets=type,topic";
        var page = await huge.GetJson(path);
        Assert.Equal("estimated", page["facetsKind"]!.GetValue<string>());
        var exact = FacetTests.Counts(await usual.GetJson(path), "type");
        var estimated = FacetTests.Counts(page, "type");
        // One in thirty-two is looked at.
        Assert.All(
            estimated,
            value => Assert.True(Math.Abs(value.Value - exact[value.Key]) <= 32, $"{value} instead of {exact[value.Key]}")
        );
    }

    public sealed class Common(TestServer server) : FacetTests.Content(server)
    {
        protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton(new SearchReach(Common: 0));
    }

    public sealed class Many(TestServer server) : FacetTests.Content(server)
    {
        protected override void Configure(WebApplicationBuilder builder) =>
            builder.Services.AddSingleton(new SearchReach(Exact: 10, Walk: 5));
    }

    public sealed class Huge(TestServer server) : FacetTests.Content(server)
    {
        protected override void Configure(WebApplicationBuilder builder) =>
            builder.Services.AddSingleton(new SearchReach(Common: 0, Newest: 40, Exact: 10, Walk: 5, Sampled: 0));
    }
}
