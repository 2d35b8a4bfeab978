using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Api.Site;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Site;

public class SitemapTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    [Fact]
    public async Task Every_page_for_people_is_in_it_once_but_those_that_ask_not_to_be()
    {
        await api.Import(
            Some.Article(
                new
                {
                    slug = "in",
                    topics = new[] { "seas" },
                    updatedAt = "2024-07-08T13:14:15Z",
                }
            ),
            Some.Article(new { slug = "out", seo = new { noindex = true } }),
            Some.Article(new { slug = "draft", publicationStatus = "draft" }),
            Some.Page(new { slug = "about" }),
            Some.Page(new { slug = "thanks", seo = new { noindex = true } }),
            Some.Topic(new { slug = "seas" }),
            Some.Expert(new { slug = "ada" }),
            Some.Event(new { slug = "talk" })
        );
        var pages = (await Get("/sitemap.xml"))
            .Root!.Elements(Sitemap + "url")
            .ToDictionary(page => page.Element(Sitemap + "loc")!.Value, page => page.Element(Sitemap + "lastmod")?.Value);
        foreach (var path in new[] { "/articles/in", "/about", "/topics/seas", "/experts/ada", "/events/talk" })
            Assert.Contains("https://www.example.org" + path, pages.Keys);
        foreach (var path in new[] { "/articles/out", "/articles/draft", "/thanks" })
            Assert.DoesNotContain("https://www.example.org" + path, pages.Keys);
        Assert.Equal("2024-07-08T13:14:15Z", pages["https://www.example.org/articles/in"]);
        Assert.Equal(
            ("2024-05-06T14:30:00Z", null),
            (pages["https://www.example.org/topics/seas"], pages["https://www.example.org/experts/ada"])
        );
    }

    [Fact]
    public async Task Translations_name_each_other_and_themselves()
    {
        await api.Import(
            Some.Article(new { slug = "one", language = "en" }),
            Some.Article(
                new
                {
                    slug = "un",
                    language = "fr",
                    translations = new[] { new { slug = "one" } },
                }
            )
        );
        var page = (await Get("/sitemap.xml"))
            .Root!.Elements(Sitemap + "url")
            .Single(page => page.Element(Sitemap + "loc")!.Value.EndsWith("/un", StringComparison.Ordinal));
        Assert.Equal(
            [("fr", "https://www.example.org/articles/un"), ("en", "https://www.example.org/articles/one")],
            page.Elements(Xhtml + "link").Select(link => (link.Attribute("hreflang")!.Value, link.Attribute("href")!.Value))
        );
    }

    [Fact]
    public async Task A_part_goes_on_after_an_id()
    {
        await api.Import([.. Enumerable.Range(1, 5).Select(_ => Some.Event())]);
        var sitemap = api.Services.GetRequiredService<SitemapRepository>();
        var whole = (await Get("/sitemaps/event.xml")).Descendants(Sitemap + "loc").Select(page => page.Value).ToList();
        var ids = (await api.GetJson("/v1/events?limit=100"))["data"]!
            .AsArray()
            .Select(one => one!["id"]!.GetValue<string>()[9..])
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(whole[2..], (await Get($"/sitemaps/event-{ids[1]}.xml")).Descendants(Sitemap + "loc").Select(page => page.Value));
        var counts = await sitemap.Counts(TestContext.Current.CancellationToken);
        Assert.Equal(ids.Count, counts["event"]);
        Assert.Equal(
            new SitemapPart("event", null),
            (await sitemap.Parts(counts, TestContext.Current.CancellationToken)).Single(part => part.Resource == "event")
        );
        Assert.Equal(HttpStatusCode.NotFound, (await Ask($"/sitemaps/event-{ids[^1]}.xml")).StatusCode);
    }

    [Theory]
    [InlineData("menu")]
    [InlineData("event-1")]
    [InlineData("event-018F0000-0000-0000-0000-000000000000")]
    [InlineData("event-")]
    [InlineData("../sitemap")]
    public async Task Other_parts_are_not_there(string name) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Ask($"/sitemaps/{Uri.EscapeDataString(name)}.xml")).StatusCode);

    [Fact]
    public async Task A_part_of_many_steps_has_each_page_once()
    {
        await api.Import([.. Enumerable.Range(0, 520).Select(n => Some.Expert(new { slug = $"many-{n}" }))]);
        var pages = (await Get("/sitemaps/expert.xml"))
            .Descendants(Sitemap + "loc")
            .Select(page => page.Value[(page.Value.LastIndexOf('/') + 1)..])
            .Where(slug => slug.StartsWith("many-", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(520, pages.Count);
        Assert.Distinct(pages);
    }

    [Fact]
    public async Task Robots_may_read_everything_and_are_told_where_it_is()
    {
        var answer = await Ask("/robots.txt");
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            $"User-agent: *\nAllow: /\n\nSitemap: {api.Client.BaseAddress}sitemap.xml\n",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("/sitemap.xml")]
    [InlineData("/robots.txt")]
    public async Task Both_are_answered_from_memory_until_something_changes(string path)
    {
        await Ask(path);
        var again = await Ask(path);
        Assert.Contains("hit", again.Headers.GetValues("Cache-Status").Single(), StringComparison.Ordinal);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        conditional.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(again.Headers.ETag!.ToString()));
        Assert.Equal(
            HttpStatusCode.NotModified,
            (await api.Client.SendAsync(conditional, TestContext.Current.CancellationToken)).StatusCode
        );
        await api.Import(Some.Topic());
        Assert.DoesNotContain("hit", (await Ask(path)).Headers.GetValues("Cache-Status").Single(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Ask(string path) =>
        api.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task<XDocument> Get(string path)
    {
        var answer = await Ask(path);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return XDocument.Parse(text);
    }
}
