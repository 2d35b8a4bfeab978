using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Import.WordPress;

public class WordPressServedTests(WordPressServedTests.Site site) : IClassFixture<WordPressServedTests.Site>
{
    [Fact]
    public async Task What_was_public_is_listed_newest_first()
    {
        var list = await site.GetJson("/v1/articles");
        Assert.Equal(["convoys-explained", "what-a-free-strait-costs"], list["data"]!.AsArray().Select(a => (string)a!["slug"]!));
    }

    [Fact]
    public async Task An_article_has_its_text_people_topics_and_picture()
    {
        var article = (await site.GetJson("/v1/articles/what-a-free-strait-costs"))["data"]!;
        Assert.Equal("Op-ed", (string?)article["type"]!["label"]);
        Assert.Equal("By Ada Moreau", (string?)article["byline"]);
        Assert.Equal("Straits & canals", (string?)article["primaryTopic"]!["name"]);
        Assert.Equal("Ships in a narrow strait", (string?)article["image"]!["alt"]);
        Assert.Contains("<figcaption>The strait at <em>noon</em></figcaption>", (string?)article["bodyHtml"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authors_who_published_nothing_are_not_listed()
    {
        var experts = await site.GetJson("/v1/experts");
        Assert.Equal(["inês-duarte", "ada-moreau"], experts["data"]!.AsArray().Select(e => (string)e!["slug"]!));
    }

    [Fact]
    public async Task Pages_know_the_way_to_them()
    {
        var page = (await site.GetJson("/v1/pages/staff"))["data"]!;
        Assert.Equal(["About", "Staff"], page["breadcrumbs"]!.AsArray().Select(b => (string)b!["label"]!));
    }

    [Fact]
    public async Task Menus_lead_to_topics_and_pages()
    {
        var items = (await site.GetJson("/v1/menus/main"))["data"]!["items"]!;
        Assert.Equal("strait", (string?)items[0]!["items"]![0]!["target"]!["slug"]);
        Assert.Equal("staff", (string?)items[1]!["target"]!["slug"]);
    }

    [Theory]
    [InlineData("/2024/05/what-a-free-strait-costs/", "what-a-free-strait-costs")]
    [InlineData("/2024/05/what-a-free-strait-costs", "what-a-free-strait-costs")]
    [InlineData("/2024/05/free-strait/", "what-a-free-strait-costs")]
    [InlineData("/?p=102", "convoys-explained")]
    [InlineData("/category/trade-routes/strait/", "strait")]
    public async Task Old_addresses_resolve(string path, string slug)
    {
        var resolved = (await site.GetJson("/v1/resolve?path=" + Uri.EscapeDataString(path)))["data"]!;
        Assert.Equal((slug, 301), ((string?)resolved["slug"], (int)resolved["status"]!));
    }

    [Theory]
    [InlineData("/2024/06/for-members/")]
    [InlineData("/?p=104")]
    [InlineData("/2099/01/next-years-budget/")]
    [InlineData("/?p=106")]
    public async Task Addresses_of_what_is_hidden_do_not_resolve(string path) =>
        await site.GetJson("/v1/resolve?path=" + Uri.EscapeDataString(path), System.Net.HttpStatusCode.NotFound);

    [Fact]
    public async Task A_second_import_changes_nothing()
    {
        var report = await site.TryImport(Site.Lines());
        Assert.Equal((0, 0, report.Lines), (report.Created, report.Updated, report.Unchanged));
    }

    [Fact]
    public async Task Nothing_private_is_in_the_database()
    {
        await using var connection = await site.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (
            var table in await connection.QueryAsync<string>(
                "select quote_ident(table_name) from information_schema.tables where table_schema = 'content' and table_type = 'BASE TABLE'"
            )
        )
        foreach (var secret in (string[])["mail.example", "203.0.113.77", "Rowan", "ada.secret", "ines.hidden", "swordfish"])
            Assert.Equal(
                0,
                await connection.ExecuteScalarAsync<long>(
                    $"select count(*) from content.{table} t where t::text like '%' || @secret || '%'",
                    new { secret }
                )
            );
    }

    public sealed class Site(TestServer server) : ApiFixture(server)
    {
        internal static IEnumerable<string> Lines() => Wxr.File("institute.xml").Lines.Select(l => l.Value.ToJsonString());

        protected override Task Seed() => Import([.. Lines()]);
    }
}
