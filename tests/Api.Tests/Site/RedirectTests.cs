using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Site;

/// <summary>A site with an old life: redirects to what is there, moved, merged, withdrawn and hidden.</summary>
public class RedirectFixture(TestServer server) : ApiFixture(server)
{
    protected override async Task Seed()
    {
        await Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Article(new { slug = "a-view", previousSlugs = new[] { "a-short-view" } }),
            Some.Article(new { slug = "withdrawn" }),
            Some.Article(new { slug = "draft", publicationStatus = "draft" }),
            Some.Article(new { slug = "von-hier", language = "de" }),
            Some.Article(new { slug = "怎样" }),
            Some.Topic(new { slug = "sea" }),
            Some.Topic(new { slug = "ocean" }),
            Some.Expert(new { slug = "ada" }),
            Some.Event(new { slug = "lanes" }),
            Some.Page(new { slug = "about", previousSlugs = new[] { "about-us" } }),
            Some.Page(new { slug = "taken" }),
            Some.Page(new { slug = "kept" }),
            Some.Redirect("/2019/04/old-title", "articles/a-view"),
            Some.Redirect("/2019/05/slash/", "articles/a-view"),
            Some.Redirect("/?p=12", "articles/a-view"),
            Some.Redirect("/2020/gone", "articles/withdrawn"),
            Some.Redirect("/2020/hidden", "articles/draft"),
            Some.Redirect("/tag/ocean/", "topics/ocean"),
            Some.Redirect("/zh/%e6%80%8e%e6%a0%b7/", "articles/怎样"),
            Some.Redirect("/von/überall", "articles/von-hier"),
            Some.Redirect("/give/", "https://example.org/donate"),
            Some.Redirect("/taken", "topics/sea"),
            Some.Redirect("/kept/", "topics/sea"),
            Some.Redirect("/about", "pages/about"),
            Some.Redirect("/articles/a-view/amp", "articles/a-view")
        );
        await Import(
            Some.Article(new { slug = "withdrawn", publicationStatus = "retracted" }),
            Some.Topic(new { slug = "ocean", mergedInto = "sea" })
        );
    }
}

public class RedirectTests(RedirectFixture api) : IClassFixture<RedirectFixture>
{
    private const string Home = "https://www.example.org";

    [Theory]
    [InlineData("/2019/04/old-title", 301, "article", "a-view")]
    [InlineData("/2019/04/old-title/", 301, "article", "a-view")]
    [InlineData("/2019/05/slash", 301, "article", "a-view")]
    [InlineData("/2019/04/old-title/?utm_source=letter", 301, "article", "a-view")]
    [InlineData("/2019/04/old-title#notes", 301, "article", "a-view")]
    [InlineData("https://www.example.org/2019/04/old-title", 301, "article", "a-view")]
    [InlineData("http://example.org/2019/04/old-title?x=1#y", 301, "article", "a-view")]
    [InlineData("/?p=12", 301, "article", "a-view")]
    [InlineData("/?p=12&utm_source=letter&fbclid=1", 301, "article", "a-view")]
    [InlineData("/?utm_source=letter&p=12", 301, "article", "a-view")]
    [InlineData("/2019/04/old-title/feed/", 301, "article", "a-view")]
    [InlineData("/2019/04/old-title/page/2/", 301, "article", "a-view")]
    [InlineData("/2019/04/old-title/2/", 301, "article", "a-view")]
    [InlineData("/2019/05/slash/amp", 301, "article", "a-view")]
    [InlineData("/2019/04/Old-Title", 301, "article", "a-view")]
    [InlineData("https://www.example.org?p=12", 301, "article", "a-view")]
    [InlineData("/zh/怎样", 301, "article", "怎样")]
    [InlineData("/zh/%E6%80%8E%E6%A0%B7/", 301, "article", "怎样")]
    [InlineData("/von/%C3%BCberall", 301, "article", "von-hier")]
    [InlineData("/tag/ocean", 301, "topic", "sea")]
    [InlineData("/taken", 301, "topic", "sea")]
    [InlineData("/kept", 200, "page", "kept")]
    [InlineData("/kept/", 301, "topic", "sea")]
    [InlineData("/articles/a-view/amp/", 301, "article", "a-view")]
    [InlineData("/articles/a-view", 200, "article", "a-view")]
    [InlineData("/articles/a-view/", 200, "article", "a-view")]
    [InlineData("/articles/%E6%80%8E%E6%A0%B7", 200, "article", "怎样")]
    [InlineData("/topics/sea", 200, "topic", "sea")]
    [InlineData("/experts/ada", 200, "expert", "ada")]
    [InlineData("https://www.example.org/events/lanes?ref=mail", 200, "event", "lanes")]
    [InlineData("/about", 200, "page", "about")]
    [InlineData("/about-us", 301, "page", "about")]
    [InlineData("/articles/a-short-view", 301, "article", "a-view")]
    [InlineData("/topics/ocean", 301, "topic", "sea")]
    [InlineData("/2020/gone", 410, "article", null)]
    [InlineData("/articles/withdrawn", 410, "article", null)]
    public async Task An_address_of_the_site_resolves_to_what_it_stands_for(string path, int status, string resource, string? slug)
    {
        var data = (await api.GetJson($"/v1/resolve?path={Uri.EscapeDataString(path)}"))["data"]!;
        Assert.Equal((status, resource, slug), (data["status"]!.GetValue<int>(), Text(data, "resource"), Text(data, "slug")));
        var folder = resource switch
        {
            "article" => "/articles",
            "topic" => "/topics",
            "expert" => "/experts",
            "event" => "/events",
            _ => "",
        };
        var target = slug is null ? null : $"{folder}/{Uri.EscapeDataString(slug)}";
        Assert.Equal((target is null ? null : Home + target, target), (Text(data, "url"), Text(data, "path")));
        Assert.StartsWith("/", Text(data, "from"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_elsewhere_has_only_a_url()
    {
        var data = (await api.GetJson("/v1/resolve?path=/give"))["data"]!;
        Assert.Equal(
            (null, null, "https://example.org/donate", null, 301),
            (Text(data, "resource"), Text(data, "slug"), Text(data, "url"), Text(data, "path"), data["status"]!.GetValue<int>())
        );
    }

    [Theory]
    [InlineData("/2020/hidden")]
    [InlineData("/articles/draft")]
    [InlineData("/articles/never")]
    [InlineData("/never")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/articles/")]
    [InlineData("/Articles/a-view")]
    [InlineData("/articles/%00")]
    [InlineData("/articles/%FF%")]
    [InlineData("/articles/a-view/comments")]
    public async Task An_address_that_stands_for_nothing_public_is_not_found(string path)
    {
        var problem = await api.GetJson($"/v1/resolve?path={Uri.EscapeDataString(path)}", HttpStatusCode.NotFound);
        Assert.Equal("not-found", Text(problem, "code"));
    }

    [Theory]
    [InlineData("/2024/", "2024-01-01", "2024-12-31")]
    [InlineData("/2024/02", "2024-02-01", "2024-02-29")]
    [InlineData("https://www.example.org/2024/02/29/page/2/?utm_source=mail", "2024-02-29", "2024-02-29")]
    [InlineData("/2023/02/29/", null, null)]
    [InlineData("/0000/05/", null, null)]
    [InlineData("/2024/13/", null, null)]
    public async Task Of_an_archive_of_dates_it_is_said_which_list_shows_the_same(string path, string? first, string? last)
    {
        var problem = await api.GetJson($"/v1/resolve?path={Uri.EscapeDataString(path)}", HttpStatusCode.NotFound);
        Assert.Equal(
            first is not null,
            Text(problem, "detail")!.Contains($"/v1/articles?publishedFrom={first}&publishedTo={last} ", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("articles/a-view")]
    [InlineData("https://example.com/articles/a-view")]
    [InlineData("https://www.example.org.example.com/articles/a-view")]
    [InlineData("ftp://www.example.org/articles/a-view")]
    [InlineData("http://ä-.example/articles/a-view")]
    public async Task What_is_no_address_of_the_site_is_a_problem(string path)
    {
        var problem = await api.GetJson($"/v1/resolve?path={Uri.EscapeDataString(path)}", HttpStatusCode.BadRequest);
        Assert.Equal(("invalid-parameter", "path"), (Text(problem, "code"), Text(problem, "parameter")));
    }

    [Fact]
    public async Task The_list_holds_what_leads_somewhere_by_path()
    {
        var page = await api.GetJson("/v1/redirects?limit=100");
        var paths = page.Texts("from");
        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        Assert.Equal(paths.Count, page["page"]!["total"]!.GetValue<int>());
        Assert.Contains("/2019/05/slash/", paths);
        Assert.DoesNotContain("/2020/hidden", paths);
        Assert.DoesNotContain("/2020/gone", paths);
        var merged = page["data"]!.AsArray().Single(item => Text(item!, "from") == "/tag/ocean/")!;
        Assert.Equal(
            ("topic", "sea", $"{Home}/topics/sea", 301),
            (Text(merged, "resource"), Text(merged, "slug"), Text(merged, "url"), merged["status"]!.GetValue<int>())
        );
    }

    [Theory]
    [InlineData("from")]
    [InlineData("-from")]
    public async Task A_walk_by_cursor_sees_what_the_whole_list_shows(string sort)
    {
        var whole = (await api.GetJson($"/v1/redirects?limit=100&sort={sort}")).Texts("from");
        var (there, back) = await api.Walk($"/v1/redirects?limit=3&sort={sort}", "from");
        Assert.Equal(whole, there);
        Assert.Equal(whole, back);
        Assert.Equal(whole.Skip(3).Take(3), (await api.GetJson($"/v1/redirects?limit=3&page=2&sort={sort}")).Texts("from"));
        Assert.Empty((await api.GetJson($"/v1/redirects?limit=3&page=50&sort={sort}")).Texts("from"));
    }

    private static string? Text(JsonNode item, string member) => item[member]?.GetValue<string>();
}
