using Api.Contracts;
using Api.Http.Site;
using Api.Reading;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Reading;

public class ItemReaderTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_was_read_before_its_type_went_is_shown_as_it_was()
    {
        await api.Import(
            Some.ArticleType(new { slug = "old" }),
            Some.ArticleType(new { slug = "new" }),
            Some.Article(new { slug = "moved", type = "old" })
        );
        // The names are known.
        await api.GetJson("/v1/articles/moved");
        var reader = api.Services.GetRequiredService<ItemReader>();
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        var rows = await reader.Find(
            connection,
            "article",
            [await Number("moved")],
            new Links(api.Services.GetRequiredService<SiteSettings>(), "http://localhost"),
            Cancel
        );
        await api.Import(Some.ArticleType(new { slug = "old", mergedInto = "new" }));
        // Somebody reads the names of now.
        Assert.Equal("new", (await api.GetJson("/v1/articles/moved"))["data"]!["type"]!["slug"]!.GetValue<string>());
        Assert.Equal("old", ((Article)(await reader.Show(rows, Cancel)).Single().Item).Type.Slug);
    }

    private async Task<int> Number(string slug)
    {
        await using var command = api.Database.CreateCommand(
            $"select item_id from content.items where resource = 'article' and slug = '{slug}'"
        );
        return (int)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
