using Api.Listing;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Listing;

/// <summary>Lists that cannot be read are in the way of nothing else.</summary>
public class UnreadableRowTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_date_that_no_program_can_read_stops_neither_the_changes_nor_what_is_found_by_the_database()
    {
        await api.Import(Some.ArticleType(new { slug = "brief" }), Some.Article(new { slug = "far-away" }), Some.Article(new { slug = "near" }));
        await api.Execute("update content.listing set published_at = '12000-01-01' where item_id = (select item_id from content.items where slug = 'far-away')");
        var lists = api.Services.GetRequiredService<ListIndex>();
        lists.Forget();
        await api.Import(Some.Expert(new { slug = "still-told" }), Some.Article(new { slug = "nearer" }));
        Assert.Null(lists.Latest);
        Assert.Equal(["still-told"], await api.Slugs("/v1/experts"));
        Assert.Equal("nearer", (await api.GetJson("/v1/articles/nearer"))["data"]!["slug"]!.GetValue<string>());
        Assert.Equal(["near", "nearer"], (await api.Slugs("/v1/articles?publishedTo=9999-01-01")).Order());
    }
}
