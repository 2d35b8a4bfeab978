using Api.Tests.Support;

namespace Api.Tests.Articles;

public class CuratedListTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_curated_list_is_in_the_order_given_and_can_be_walked()
    {
        string[] given = ["given-d", "given-a", "given-nowhere", "given-e", "given-c", "given-b"];
        await api.Import([
            Some.ArticleType(new { slug = "brief" }),
            .. given
                .Where(slug => slug != "given-nowhere")
                .Order()
                .Select((slug, n) => Some.Article(new { slug, publishedAt = $"2024-01-0{n + 1}T10:00:00Z" })),
        ]);
        var (there, back) = await api.Walk($"/v1/articles?slug={string.Join(',', given)}&sort=given&limit=2");
        Assert.Equal(given.Where(slug => slug != "given-nowhere"), there);
        Assert.Equal(there, back);
    }

    [Fact]
    public async Task Any_number_of_experts_in_any_of_some_roles_can_be_asked_for()
    {
        var experts = Enumerable.Range(0, 8).Select(_ => Some.Slug("expert")).ToList();
        var slug = Some.Slug("article");
        await api.Import([
            Some.ArticleType(new { slug = "brief" }),
            .. experts.Select(expert => Some.Expert(new { slug = expert })),
            Some.Article(
                new { slug, experts = experts.Select((expert, n) => new { slug = expert, role = n % 2 == 0 ? "author" : "featured" }) }
            ),
            Some.Article(
                new { experts = experts.Skip(1).Select((expert, n) => new { slug = expert, role = n % 2 == 0 ? "author" : "featured" }) }
            ),
        ]);
        Assert.Equal([slug], await api.Slugs($"/v1/articles?expertAll={string.Join(',', experts)}&role=author,featured"));
    }
}
