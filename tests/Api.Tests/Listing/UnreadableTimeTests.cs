using Api.Tests.Support;
using Npgsql;

namespace Api.Tests.Listing;

/// <summary>One time that programs cannot read would keep all lists from being read. The database refuses such times.</summary>
public class UnreadableTimeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("update content.items set published_at = '12000-01-01' where slug = 'near'")]
    [InlineData("update content.items set published_at = '-infinity' where slug = 'near'")]
    [InlineData("update content.items set updated_at = '0044-03-15 BC' where slug = 'near'")]
    [InlineData("update content.items set expires_at = 'infinity' where slug = 'near'")]
    [InlineData("update content.items set embargo_until = 'infinity' where slug = 'near'")]
    [InlineData("update content.events set ends_at = 'infinity' where true")]
    [InlineData("update content.events set starts_at = '-infinity' where true")]
    public async Task It_is_refused_and_lists_go_on(string sql)
    {
        await api.Import(Some.ArticleType(new { slug = "brief" }), Some.Article(new { slug = "near" }), Some.Event(new { slug = "soon" }));
        Assert.Equal(PostgresErrorCodes.CheckViolation, (await Assert.ThrowsAsync<PostgresException>(() => api.Execute(sql))).SqlState);
        Assert.Equal(["near"], await api.Slugs("/v1/articles?slug=near"));
        Assert.Equal(["soon"], await api.Slugs("/v1/events"));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task The_first_and_the_last_that_can_be_written_are_taken(string instant)
    {
        await api.Import(Some.ArticleType(new { slug = "brief" }), Some.Article(new { slug = "far" }));
        await api.Execute($"update content.items set updated_at = '{instant}' where slug = 'far'");
        Assert.Equal(["far"], await api.Slugs("/v1/articles?slug=far"));
    }
}
