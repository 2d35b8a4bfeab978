using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Site;

/// <summary>A small tree of pages, one of them hidden in the middle.</summary>
public class SitePageFixture(TestServer server) : ApiFixture(server)
{
    protected override Task Seed() =>
        Import(
            Some.Page(
                new
                {
                    slug = "about",
                    previousSlugs = new[] { "about-us" },
                    title = "About",
                    updatedAt = "2024-01-05T10:00:00Z",
                    bodyHtml = "<h2 id=\"who\">Who</h2><p>We.</p>",
                }
            ),
            Some.Page(
                new
                {
                    slug = "jobs",
                    title = "Careers",
                    parent = "about",
                    updatedAt = "2024-01-04T10:00:00Z",
                }
            ),
            Some.Page(
                new
                {
                    slug = "secret",
                    title = "Between",
                    parent = "about",
                    publicationStatus = "draft",
                }
            ),
            Some.Page(
                new
                {
                    slug = "deep",
                    title = "below",
                    parent = "secret",
                    updatedAt = "2024-01-03T10:00:00Z",
                }
            ),
            Some.Page(
                new
                {
                    slug = "ueber",
                    title = "Über uns",
                    language = "de-AT",
                    parent = "about",
                    updatedAt = "2024-01-02T10:00:00Z",
                }
            ),
            Some.Page(
                new
                {
                    slug = "twin-b",
                    id = "00000000-0000-4000-8000-0000000000b1",
                    title = "Twin",
                    updatedAt = "2024-01-01T10:00:00Z",
                }
            ),
            Some.Page(
                new
                {
                    slug = "twin-a",
                    id = "00000000-0000-4000-8000-0000000000a1",
                    title = "twin",
                    updatedAt = "2024-01-01T10:00:00Z",
                }
            ),
            Some.Page(
                new
                {
                    slug = "closed",
                    title = "Closed",
                    publicationStatus = "retracted",
                    withdrawnAt = "2021-01-01T00:00:00Z",
                }
            ),
            Some.Page(new { slug = "old-jobs", mergedInto = "jobs" })
        );
}

public class SitePageTests(SitePageFixture api) : IClassFixture<SitePageFixture>
{
    [Theory]
    [InlineData("", "about,deep,jobs,twin-a,twin-b,ueber")]
    [InlineData("sort=-title", "ueber,twin-b,twin-a,jobs,deep,about")]
    [InlineData("sort=-updatedAt", "about,jobs,deep,ueber,twin-b,twin-a")]
    [InlineData("sort=updatedAt", "twin-a,twin-b,ueber,deep,jobs,about")]
    [InlineData("parent=about", "deep,jobs,ueber")]
    [InlineData("parent=about-us", "deep,jobs,ueber")]
    [InlineData("parent=jobs", "")]
    [InlineData("language=de", "ueber")]
    [InlineData("language=DE-at", "ueber")]
    [InlineData("language=en&parent=about", "deep,jobs")]
    public async Task A_list_holds_what_its_query_says(string query, string slugs)
    {
        string[] expected = slugs == "" ? [] : slugs.Split(',');
        var page = await api.GetJson($"/v1/pages?{query}");
        Assert.Equal(expected, page.Slugs());
        Assert.Equal(expected.Length, page["page"]!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("title")]
    [InlineData("-title")]
    [InlineData("-updatedAt")]
    [InlineData("updatedAt")]
    public async Task A_walk_by_cursor_sees_what_the_whole_list_shows(string sort)
    {
        var whole = await api.Slugs($"/v1/pages?sort={sort}");
        var (there, back) = await api.Walk($"/v1/pages?sort={sort}&limit=2");
        Assert.Equal(whole, there);
        Assert.Equal(whole, back);
        Assert.Equal(whole.Skip(4), await api.Slugs($"/v1/pages?sort={sort}&limit=4&page=2"));
    }

    [Fact]
    public async Task Page_beyond_the_end_is_empty_but_keeps_the_total()
    {
        var page = await api.GetJson("/v1/pages?page=9");
        Assert.Empty(page.Slugs());
        Assert.Equal(6, page["page"]!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("parent=abuot", HttpStatusCode.BadRequest, "unknown-value", "parent")]
    [InlineData("parent=secret", HttpStatusCode.BadRequest, "unknown-value", "parent")]
    [InlineData("parent=closed", HttpStatusCode.Gone, "gone-value", "parent")]
    [InlineData("language=fr", HttpStatusCode.BadRequest, "unknown-value", "language")]
    [InlineData("language=d", HttpStatusCode.BadRequest, "unknown-value", "language")]
    public async Task A_value_that_is_not_public_is_a_problem(string query, HttpStatusCode status, string code, string parameter)
    {
        var problem = await api.GetJson($"/v1/pages?{query}", status);
        Assert.Equal((code, parameter), (Text(problem, "code"), Text(problem, "parameter")));
        Assert.DoesNotContain("secret", problem["allowed"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_answered_whole()
    {
        var page = (await api.GetJson("/v1/pages/about"))["data"]!;
        Assert.Equal(
            ("page", "About", "https://www.example.org/about", "en"),
            (Text(page, "resource"), Text(page, "title"), Text(page, "url"), Text(page, "language"))
        );
        Assert.Contains("We.", Text(page, "bodyHtml"), StringComparison.Ordinal);
        Assert.Equal("who", Text(page["toc"]![0]!, "id"));
        Assert.Equal(["about"], page["breadcrumbs"]!.AsArray().Select(step => Text(step!, "slug")));
    }

    [Fact]
    public async Task The_way_to_a_page_leaves_hidden_pages_out()
    {
        var page = (await api.GetJson("/v1/pages/deep"))["data"]!;
        Assert.Equal(["About", "below"], page["breadcrumbs"]!.AsArray().Select(step => Text(step!, "label")));
        var about = (await api.GetJson("/v1/pages/about"))["data"]!;
        foreach (var member in new[] { "resource", "id", "slug", "title", "url" })
            Assert.Equal(Text(about, member), Text(page["parent"]!, member));
        Assert.Null(about["parent"]);
    }

    [Fact]
    public async Task Menus_come_along_with_a_page()
    {
        await api.Import(Some.Menu(new { slug = "beside" }));
        var included = (await api.GetJson("/v1/pages/about?include=menus"))["included"]!;
        Assert.Contains("beside", included["menus"]!.AsArray().Select(menu => Text(menu!, "slug")));
    }

    [Theory]
    [InlineData("about-us", HttpStatusCode.MovedPermanently, "/v1/pages/about")]
    [InlineData("old-jobs", HttpStatusCode.MovedPermanently, "/v1/pages/jobs")]
    [InlineData("closed", HttpStatusCode.Gone, null)]
    [InlineData("secret", HttpStatusCode.NotFound, null)]
    [InlineData("never", HttpStatusCode.NotFound, null)]
    public async Task An_old_address_answers_what_became_of_it(string slug, HttpStatusCode status, string? location)
    {
        using var answer = await api.Client.GetAsync(new Uri($"/v1/pages/{slug}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((status, location), (answer.StatusCode, answer.Headers.Location?.PathAndQuery));
    }

    private static string Text(JsonNode item, string member) => item[member]!.GetValue<string>();
}
