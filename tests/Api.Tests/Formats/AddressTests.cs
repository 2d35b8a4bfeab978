using System.Text.Json.Nodes;
using System.Xml.Linq;
using Api.Tests.Contracts;
using Api.Tests.Support;

namespace Api.Tests.Formats;

/// <summary>Content whose addresses are written as people write them, in each member that holds one.</summary>
public sealed class WrittenAddressFixture(TestServer server) : ApiFixture(server)
{
    protected override Task Seed() =>
        Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.ArticleType(new { slug = "report" }),
            Some.Topic(new { slug = "häfen" }),
            Some.Expert(
                new
                {
                    slug = "jörg",
                    photo = new
                    {
                        url = "https://bücher.example/jörg 1.jpg",
                        width = 4,
                        height = 3,
                        renditions = new[]
                        {
                            new
                            {
                                url = "https://bücher.example/jörg 2.jpg",
                                width = 2,
                                height = 1,
                                mediaType = "image/jpeg",
                            },
                        },
                    },
                    profiles = new[] { new { label = "Own", url = "https://bücher.example/jörg" } },
                }
            ),
            Some.Article(
                new
                {
                    slug = "größe",
                    type = "report",
                    topics = new[] { "häfen" },
                    primaryTopic = "häfen",
                    experts = new[] { "jörg" },
                    image = "https://bücher.example/größe 100%-ig.jpg",
                    files = new[]
                    {
                        new
                        {
                            url = "https://bücher.example/größe.pdf",
                            mediaType = "application/pdf",
                            bytes = 7,
                        },
                    },
                    canonicalUrl = "https://bücher.example/größe?a=ä&b=%C3%A4",
                    source = new { name = "Zeitung", url = "https://bücher.example/zeitung größe" },
                    license = new { id = "Own", url = "https://bücher.example/größe#rechte" },
                    seo = new { image = "https://bücher.example/größe-seo.jpg" },
                    translations = new[] { new { slug = "taille" } },
                    bodyHtml = "<p><a href=\"https://bücher.example/größe\">x</a> <img src=\"https://bücher.example/größe.png\" alt=\"\"></p>",
                }
            ),
            Some.Article(new { slug = "taille", language = "fr" }),
            Some.Event(
                new
                {
                    slug = "größe",
                    mode = "virtual",
                    topics = new[] { "häfen" },
                    experts = new[] { "jörg" },
                    image = new { url = "https://bücher.example/größe.jpg" },
                    registrationUrl = "https://bücher.example/größe?n=1;2",
                    recordingUrl = "https://bücher.example/größe/film",
                }
            ),
            Some.Page(new { slug = "größe", image = "https://bücher.example/größe.jpg" }),
            Some.Menu(
                new { slug = "menü", items = new[] { new { label = "Out", target = new { url = "https://bücher.example/größe" } } } }
            ),
            Some.Redirect("/größe-alt", "https://bücher.example/größe neu")
        );
}

public class AddressTests(WrittenAddressFixture api) : IClassFixture<WrittenAddressFixture>
{
    private static readonly Addresses Addresses = new()
    {
        Slugs = ["größe", "jörg", "häfen", "menü", "taille"],
        Values = ["häfen"],
        Texts = ["/größe-alt"],
        Searches = ["größe"],
    };

    [Fact]
    public async Task Every_address_in_every_format_is_a_uri_encoded_once()
    {
        var (wrong, seen) = (new List<string>(), new HashSet<string>());
        foreach (
            var address in Addresses.Of(api.Services).Where(address => !address.Contains("/changes", StringComparison.Ordinal)).Distinct()
        )
        {
            using var answer = await api.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            if (!answer.IsSuccessStatusCode)
                continue;
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var type = answer.Content.Headers.ContentType!.MediaType!;
            var found = type switch
            {
                "application/x-ndjson" => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .SelectMany(line => In(JsonNode.Parse(line))),
                _ when type.EndsWith("json", StringComparison.Ordinal) => In(JsonNode.Parse(text)),
                _ when type.EndsWith("xml", StringComparison.Ordinal) => In(XDocument.Parse(text)),
                _ => [],
            };
            wrong.AddRange(found.Where(one => !WebAddressTests.Rfc3986().IsMatch(one)).Select(one => $"{address}: {one}"));
            seen.UnionWith(found);
            // Neither as it was written nor encoded twice, in what has no structure to be read by either.
            foreach (
                var mark in new[] { "bücher.example", "example/größe", "example/jörg", "articles/größe", "events/größe", "%25C3", "100%-" }
            )
                if (text.Contains(mark, StringComparison.OrdinalIgnoreCase))
                    wrong.Add($"{address}: {mark}");
        }
        Assert.Empty(wrong);
        const string host = "https://xn--bcher-kva.example";
        foreach (
            var expected in new[]
            {
                "/j%C3%B6rg%201.jpg",
                "/j%C3%B6rg%202.jpg",
                "/j%C3%B6rg",
                "/gr%C3%B6%C3%9Fe%20100%25-ig.jpg",
                "/gr%C3%B6%C3%9Fe.pdf",
                "/gr%C3%B6%C3%9Fe?a=%C3%A4&b=%C3%A4",
                "/zeitung%20gr%C3%B6%C3%9Fe",
                "/gr%C3%B6%C3%9Fe#rechte",
                "/gr%C3%B6%C3%9Fe-seo.jpg",
                "/gr%C3%B6%C3%9Fe?n=1;2",
                "/gr%C3%B6%C3%9Fe/film",
                "/gr%C3%B6%C3%9Fe",
                "/gr%C3%B6%C3%9Fe%20neu",
            }
        )
            Assert.Contains(host + expected, seen);
        var body = (await api.GetJson("/v1/articles/größe"))["data"]!["bodyHtml"]!.GetValue<string>();
        Assert.Contains($"href=\"{host}/gr%C3%B6%C3%9Fe\"", body, StringComparison.Ordinal);
        Assert.Contains($"src=\"{host}/gr%C3%B6%C3%9Fe.png\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_otherwise_is_the_same_address()
    {
        await api.Import(Some.Article(new { slug = "twice", image = "https://bücher.example/ä" }));
        var again = await api.TryImport([Some.Article(new { slug = "twice", image = "https://xn--bcher-kva.example/%C3%A4" })]);
        Assert.Equal((0, 1), (again.Updated, again.Unchanged));
    }

    [Theory]
    [InlineData("10.1234/ab_c", "10.1234/ab_c", "https://doi.org/10.1234/ab_c")]
    [InlineData("doi: 10.1234/ab_c", "10.1234/ab_c", "https://doi.org/10.1234/ab_c")]
    [InlineData("https://doi.org/10.1234/ab%3C1%3E%23", "10.1234/ab<1>#", "https://doi.org/10.1234/ab%3C1%3E%23")]
    public async Task A_doi_is_a_doi_and_its_address_a_uri(string written, string doi, string address)
    {
        await api.Import(Some.Article(new { slug = "doi", doi = written }));
        Assert.Equal(doi, (await api.GetJson("/v1/articles/doi"))["data"]!["doi"]!.GetValue<string>());
        Assert.Equal(address, (await api.GetJson("/v1/articles/doi.jsonld"))["sameAs"]!.GetValue<string>());
    }

    private static IEnumerable<string> In(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => In(member.Value)),
            JsonArray elements => elements.SelectMany(In),
            JsonValue value
                when value.TryGetValue(out string? text)
                    && text.StartsWith("http", StringComparison.OrdinalIgnoreCase)
                    && !text.Contains('{', StringComparison.Ordinal) => [text],
            _ => [],
        };

    private static IEnumerable<string> In(XDocument document) =>
        document
            .Descendants()
            .SelectMany(element =>
                element.Attributes().Select(attribute => attribute.Value).Append(element.HasElements ? "" : element.Value)
            )
            .Where(text => text.StartsWith("http", StringComparison.OrdinalIgnoreCase));
}
