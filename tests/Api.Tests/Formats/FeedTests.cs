using System.Xml.Linq;
using Api.Formats;
using Api.Tests.Support;

namespace Api.Tests.Formats;

public class FeedTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace CreativeCommons = "http://backend.userland.com/creativeCommonsRssModule";

    [Fact]
    public async Task Rss_keeps_an_afternoon_time_and_a_title_of_any_characters()
    {
        await Seed("rss");
        var item = (await Xml("/v1/articles.rss?topic=rss")).Descendants("item").Single();
        Assert.Equal("Mon, 06 May 2024 14:30:00 GMT", item.Element("pubDate")!.Value);
        Assert.Equal("Q&A <1>: “café”, שלום 🌏", item.Element("title")!.Value);
        Assert.Equal("false", item.Element("guid")!.Attribute("isPermaLink")!.Value);
        Assert.Equal((await api.GetJson("/v1/articles/rss-1"))["data"]!["id"]!.GetValue<string>(), item.Element("guid")!.Value);
        Assert.Equal(["Ada & Co rss and Bea rss"], item.Elements(Dc + "creator").Select(creator => creator.Value));
        Assert.Equal("https://example.org/terms", item.Element(CreativeCommons + "license")!.Value);
        AssertContent(item.Element(Content + "encoded")!.Value);
    }

    [Fact]
    public async Task Atom_keeps_an_afternoon_time_and_a_title_of_any_characters()
    {
        await Seed("atom");
        var entry = (await Xml("/v1/articles.atom?topic=atom")).Root!.Element(Atom + "entry")!;
        Assert.Equal("2024-05-06T14:30:00Z", entry.Element(Atom + "published")!.Value);
        Assert.Equal("Q&A <1>: “café”, שלום 🌏", entry.Element(Atom + "title")!.Value);
        Assert.Equal(
            ["Ada & Co atom and Bea atom"],
            entry.Elements(Atom + "author").Select(author => author.Element(Atom + "name")!.Value)
        );
        Assert.Contains("Originally published at Daily & Co", entry.Element(Atom + "rights")!.Value, StringComparison.Ordinal);
        Assert.Equal(
            "https://example.org/terms",
            entry.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == "license").Attribute("href")!.Value
        );
        AssertContent(entry.Element(Atom + "content")!.Value);
    }

    [Fact]
    public async Task Json_feed_keeps_an_afternoon_time_and_a_title_of_any_characters()
    {
        await Seed("jf");
        var item = (await api.GetJson("/v1/articles.feed.json?topic=jf"))["items"]![0]!;
        Assert.Equal("2024-05-06T14:30:00Z", item["date_published"]!.GetValue<string>());
        Assert.Equal("Q&A <1>: “café”, שלום 🌏", item["title"]!.GetValue<string>());
        Assert.Equal(["Ada & Co jf", "Bea jf"], item["authors"]!.AsArray().Select(author => author!["name"]!.GetValue<string>()));
        Assert.Equal(
            """{"name":"Ada & Co jf and Bea jf"}""",
            item["author"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        );
        Assert.Equal("https://example.org/terms", item["_syndication"]!["license"]!["url"]!.GetValue<string>());
        Assert.Equal("Daily & Co", item["_syndication"]!["originally_published_at"]!["name"]!.GetValue<string>());
        Assert.Equal("2024-05-07T01:00:00Z", item["_syndication"]!["corrections"]![0]!["at"]!.GetValue<string>());
        AssertContent(item["content_html"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", "Harbor Institute: Articles")]
    [InlineData("?topic=title", "Harbor Institute: Articles on Topic title")]
    [InlineData(
        "?topic=title&expert=title-ada,title-bea&type=brief",
        "Harbor Institute: Labels of brief on Topic title with Ada & Co title or Bea title"
    )]
    [InlineData("?source=title-daily&q=text", "Harbor Institute: Articles in Daily & Co matching “text”")]
    public async Task A_feed_says_in_names_what_is_in_it(string query, string title)
    {
        await Seed("title");
        Assert.Equal(title, (await Xml($"/v1/articles.rss{query}")).Descendants("title").First().Value);
        Assert.Equal(title, (await Xml($"/v1/articles.atom{query}")).Root!.Element(Atom + "title")!.Value);
        Assert.Equal(title, (await api.GetJson($"/v1/articles.feed.json{query}"))["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Feeds_link_to_their_neighbours_in_their_own_format()
    {
        await api.Import([
            Some.Topic(new { slug = "walk" }),
            .. Enumerable.Range(1, 3).Select(_ => Some.Article(new { topics = new[] { "walk" } })),
        ]);
        var first = await Xml("/v1/articles.atom?topic=walk&limit=1");
        var next = Link(first, "next")!;
        Assert.Contains("/v1/articles.atom?topic=walk&limit=1&cursor=", next, StringComparison.Ordinal);
        var second = await Xml(new Uri(next).PathAndQuery);
        Assert.NotNull(Link(second, "previous"));
        Assert.Equal(Link(first, "first"), second.Root!.Element(Atom + "id")!.Value);
        Assert.Equal(Link(first, "first"), first.Root!.Element(Atom + "id")!.Value);
        // A cursor is of the list, whatever the format.
        var cursor = (await api.GetJson("/v1/articles?topic=walk&limit=1"))["page"]!["next"]!.GetValue<string>();
        Assert.Equal(next, $"{api.Client.BaseAddress}v1/articles.atom?topic=walk&limit=1&cursor={cursor}");
        Assert.Equal(
            new Uri(next).PathAndQuery.Replace(".atom", ".feed.json", StringComparison.Ordinal),
            new Uri((await api.GetJson("/v1/articles.feed.json?topic=walk&limit=1"))["next_url"]!.GetValue<string>()).PathAndQuery
        );

        static string? Link(XDocument feed, string relation) =>
            feed.Root!.Elements(Atom + "link").FirstOrDefault(link => link.Attribute("rel")!.Value == relation)?.Attribute("href")!.Value;
    }

    [Theory]
    [InlineData("fields=title", "fields")]
    [InlineData("include=body", "include")]
    [InlineData("facets=type", "facets")]
    public async Task Feeds_have_whole_items_only(string query, string parameter)
    {
        foreach (var suffix in new[] { "rss", "atom", "feed.json" })
            await api.GetProblem($"/v1/articles.{suffix}?{query}", System.Net.HttpStatusCode.BadRequest, "unknown-parameter", parameter);
    }

    [Fact]
    public async Task An_event_says_when_it_is_on_its_own_clocks()
    {
        await api.Import(
            Some.Event(
                new
                {
                    slug = "fe",
                    title = "Sea & <lanes>",
                    bodyHtml = "<p>Come.</p>",
                    status = "postponed",
                }
            )
        );
        var item = (await Xml("/v1/events.rss?slug=fe")).Descendants("item").Single();
        Assert.Equal("Postponed: Sea & <lanes>", item.Element("title")!.Value);
        Assert.StartsWith(
            "<p>Friday, June 7, 2024, 12:00–13:30 (America/New_York) &#183; virtual &#183; postponed</p>\n<p>Come.</p>",
            item.Element(Content + "encoded")!.Value,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Related_articles_are_a_feed_as_well()
    {
        await Seed("rel");
        var feed = await Xml("/v1/articles/rel-1/related.rss");
        Assert.Equal("Harbor Institute: Related to “Q&A <1>: “café”, שלום 🌏”", feed.Descendants("title").First().Value);
    }

    [Fact]
    public void What_xml_cannot_hold_is_left_out() =>
        Assert.Equal(
            ["plain & <b>", "abc", "cut ", " cut", "🌏 whole"],
            new[] { "plain & <b>", "a\0b\fc", "cut \ud83c", "\udf0f cut", "🌏 whole\uffff" }.Select(XmlSafe.Text)
        );

    // The correction is of the evening before, by the clocks of the site.
    private static void AssertContent(string html)
    {
        Assert.StartsWith(
            "<p>Text &amp; more.</p>\n<p><a href=\"https://example.org/daily\">Read at Daily &amp; Co</a></p>\n<footer>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("<div>Correction, May 6, 2024: It was <em>3 &lt; 4</em>.</div>", html, StringComparison.Ordinal);
        Assert.Contains(
            "Originally published at <a href=\"https://example.org/daily\">Daily &amp; Co</a>. Licence: <a rel=\"license\" href=\"https://example.org/terms\">Own-1</a>.",
            html,
            StringComparison.Ordinal
        );
    }

    private async Task<XDocument> Xml(string address)
    {
        using var answer = await api.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return XDocument.Parse(text);
    }

    private async Task Seed(string name) =>
        await api.Import(
            Some.Topic(new { slug = name }),
            Some.Expert(new { slug = $"{name}-ada", name = $"Ada & Co {name}" }),
            Some.Expert(new { slug = $"{name}-bea", name = $"Bea {name}" }),
            Some.Expert(new { slug = $"{name}-eve", name = $"Eve {name}" }),
            Some.Article(
                new
                {
                    slug = $"{name}-1",
                    title = "Q&A <1>: “café”, שלום 🌏",
                    bodyHtml = "<p>Text &amp; more.</p>",
                    topics = new[] { name },
                    experts = new[]
                    {
                        new { slug = $"{name}-ada", role = "author" },
                        new { slug = $"{name}-eve", role = "featured" },
                        new { slug = $"{name}-bea", role = "author" },
                    },
                    source = new
                    {
                        slug = $"{name}-daily",
                        name = "Daily & Co",
                        url = "https://example.org/daily",
                    },
                    license = new { id = "Own-1", url = "https://example.org/terms" },
                    corrections = new[] { new { at = "2024-05-07T01:00:00Z", textHtml = "It was <em>3 &lt; 4</em>." } },
                }
            )
        );
}
