using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Api.Tests.Support;
using CsCheck;
using CsvHelper;

namespace Api.Tests.Formats;

/// <summary>Content that lists are made of in every format: articles and events on nested topics, some of them hidden.</summary>
public sealed class ManyFixture(TestServer server) : ApiFixture(server)
{
    protected override Task Seed() =>
        Import([
            Some.ArticleType(new { slug = "brief" }),
            Some.ArticleType(new { slug = "report" }),
            Some.Topic(new { slug = "asia" }),
            Some.Topic(new { slug = "china", parent = "asia" }),
            Some.Topic(new { slug = "seas" }),
            Some.Expert(new { slug = "ada" }),
            Some.Expert(new { slug = "bea" }),
            .. Enumerable
                .Range(1, 40)
                .Select(n =>
                    Some.Article(
                        new
                        {
                            slug = $"a-{n}",
                            title = n % 3 == 0 ? $"שלום & <{n}>" : $"Strait {n % 7}",
                            type = n % 4 == 0 ? "report" : "brief",
                            publicationStatus = n % 13 == 0 ? "draft" : "published",
                            publishedAt = string.Create(
                                CultureInfo.InvariantCulture,
                                $"{2015 + (n % 9)}-0{1 + (n % 9)}-11T1{n % 5}:00:00Z"
                            ),
                            topics = n % 3 == 0 ? new[] { "china", "seas" }
                            : n % 3 == 1 ? ["asia"]
                            : [],
                            experts = n % 2 == 0 ? new[] { "ada" }
                            : n % 5 == 0 ? ["bea", "ada"]
                            : [],
                            featured = n % 6 == 0,
                        }
                    )
                ),
            .. Enumerable
                .Range(1, 25)
                .Select(n =>
                    Some.Event(
                        new
                        {
                            slug = $"e-{n}",
                            publicationStatus = n % 9 == 0 ? "draft" : "published",
                            startsAt = string.Create(CultureInfo.InvariantCulture, $"{2015 + (n % 16)}-0{1 + (n % 9)}-11T16:00:00Z"),
                            endsAt = string.Create(CultureInfo.InvariantCulture, $"{2015 + (n % 16)}-0{1 + (n % 9)}-11T17:00:00Z"),
                            mode = n % 2 == 0 ? "virtual" : "in-person",
                            topics = n % 3 == 0 ? new[] { "china" } : ["seas"],
                            experts = n % 2 == 0 ? new[] { "bea" } : ["ada"],
                        }
                    )
                ),
        ]);
}

/// <summary>One list, every format.</summary>
public class OneListTests(ManyFixture api) : IClassFixture<ManyFixture>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static readonly string[] Articles = [".rss", ".atom", ".feed.json", ".ndjson", ".csv"];

    private static readonly string[] ArticleFilters =
    [
        "",
        "topic=asia",
        "topic=china,seas",
        "topicAll=china,seas",
        "expert=ada",
        "expertAll=ada,bea",
        "type=report",
        "excludeType=report",
        "year=2019",
        "publishedFrom=2018-01-01",
        "featured=true",
        "q=strait",
        "excludeTopic=china",
        "exclude=a-1,a-2",
        "slug=a-9,a-3,a-4,nothing",
    ];

    private static readonly string[] EventFilters =
    [
        "",
        "topic=asia",
        "topic=seas",
        "expert=bea",
        "mode=virtual",
        "when=past",
        "when=upcoming",
        "when=all",
        "startsFrom=2018-01-01",
        "q=event",
    ];

    private static readonly Gen<(string Collection, string Suffix, string Filter, string Sort)> Lists = Gen.Frequency(
        (
            2,
            Gen.Select(
                Gen.OneOf(Articles),
                Gen.OneOf(ArticleFilters),
                Gen.OneOf("", "-publishedAt", "publishedAt", "-updatedAt", "title", "-title"),
                (suffix, filter, sort) => ("articles", suffix, filter, sort)
            )
        ),
        (
            1,
            Gen.Select(
                Gen.OneOf<string>([.. Articles, ".ics"]),
                Gen.OneOf(EventFilters),
                Gen.OneOf("", "-startsAt", "startsAt"),
                (suffix, filter, sort) => ("events", suffix, filter, sort)
            )
        ),
        (
            1,
            Gen.Select(
                Gen.OneOf("experts", "topics"),
                Gen.OneOf(".ndjson", ".csv", ".rss", ".atom", ".feed.json"),
                Gen.OneOf("", "-name", "-latestAt", "articleCount"),
                (collection, suffix, sort) => (collection, suffix, "", sort)
            )
        )
    );

    [Fact]
    public async Task Every_format_has_the_items_of_the_json_in_its_order_and_its_links_lead_to_all_of_them() =>
        await Gen.Select(Lists, Gen.Int[3, 50], Gen.Bool)
            .SampleAsync(
                async (list, limit, isPaged) =>
                {
                    // A calendar without a time is of the last 90 days: the JSON has to be told.
                    var filter =
                        list.Suffix == ".ics" && !Regex.IsMatch(list.Filter, "when|starts")
                            ? string.Join('&', new[] { "when=all", list.Filter }.Where(part => part.Length > 0))
                            : list.Filter;
                    var query =
                        "?"
                        + string.Join(
                            '&',
                            new[]
                            {
                                filter,
                                list.Sort.Length > 0 ? $"sort={list.Sort}" : "",
                                $"limit={limit}",
                                isPaged ? "page=1" : "",
                            }.Where(part => part.Length > 0)
                        );
                    var expected = await Walk($"/v1/{list.Collection}{query}", "");
                    var there = await Walk($"/v1/{list.Collection}{list.Suffix}{query}", list.Suffix);
                    Assert.True(
                        expected.SequenceEqual(there),
                        $"{list.Collection}{list.Suffix}{query}: {string.Join(' ', there)} is not {string.Join(' ', expected)}"
                    );
                },
                iter: 120,
                threads: 1
            );

    [Fact]
    public async Task A_cursor_of_one_format_goes_on_in_another()
    {
        var all = await Walk("/v1/articles?limit=10", "");
        var cursor = (await api.GetJson("/v1/articles?limit=10"))["page"]!["next"]!.GetValue<string>();
        foreach (var suffix in Articles)
        {
            using var answer = await Ask($"/v1/articles{suffix}?limit=10&cursor={cursor}");
            Assert.Equal(all[10..20], Ids(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), suffix));
            var next = Regex.Match(answer.Headers.GetValues("Link").Single(), "cursor=([^>&]*)>; rel=\"next\"").Groups[1].Value;
            Assert.Equal(all[20..30], Ids((await api.GetJson($"/v1/articles?limit=10&cursor={next}")).ToJsonString(), ""));
        }
    }

    private async Task<HttpResponseMessage> Ask(string address)
    {
        var answer = await api.Client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{address}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}"
        );
        return answer;
    }

    private async Task<List<string>> Walk(string address, string suffix)
    {
        var (ids, total) = (new List<string>(), (string?)null);
        for (var next = address; next.Length > 0; )
        {
            using var answer = await Ask(next);
            ids.AddRange(Ids(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), suffix));
            total = answer.Headers.GetValues("X-Total-Count").Single();
            next = Regex.Match(answer.Headers.GetValues("Link").Single(), "<([^>]*)>; rel=\"next\"").Groups[1].Value;
            Assert.True(
                next.Length == 0
                    || new Uri(next).AbsolutePath.EndsWith(
                        new Uri(api.Client.BaseAddress!, address).AbsolutePath,
                        StringComparison.Ordinal
                    ),
                next
            );
        }
        Assert.Equal(ids.Count.ToString(CultureInfo.InvariantCulture), total);
        return ids;
    }

    private static IEnumerable<string> Ids(string text, string suffix) =>
        suffix switch
        {
            ".rss" => XDocument.Parse(text).Descendants("guid").Select(guid => guid.Value),
            ".atom" => XDocument.Parse(text).Root!.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value),
            ".feed.json" => JsonNode.Parse(text)!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()),
            ".ndjson" => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!["id"]!.GetValue<string>()),
            ".csv" => Column(text, "id"),
            ".ics" => Regex.Matches(text, "^UID:(.*)\r$", RegexOptions.Multiline).Select(uid => uid.Groups[1].Value),
            _ => JsonNode.Parse(text)!["data"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()),
        };

    private static List<string> Column(string text, string name)
    {
        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        var values = new List<string>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
            values.Add(csv.GetField(name)!);
        return values;
    }
}
