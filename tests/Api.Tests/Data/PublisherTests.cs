using System.Net;
using Api.Tests.Support;

namespace Api.Tests.Data;

public class PublisherTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scheduled_items_appear_at_their_moment_and_expiring_ones_vanish()
    {
        DateTime soon;
        string scheduled,
            expiring;
        (HttpStatusCode, HttpStatusCode) before;
        // A busy machine may miss the moment before.
        var seconds = 3;
        do
        {
            (soon, scheduled, expiring) = (Now.AddSeconds(seconds), Some.Slug("scheduled"), Some.Slug("expiring"));
            await api.Import(
                Some.ArticleType(new { slug = "brief" }),
                Some.Article(
                    new
                    {
                        slug = scheduled,
                        publicationStatus = "scheduled",
                        publishedAt = soon,
                    }
                ),
                Some.Article(new { slug = expiring, expiresAt = soon })
            );
            before = (await Status(scheduled), await Status(expiring));
            seconds *= 2;
        } while (Now >= soon);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), before);

        await Eventually.Is(async () => await Status(scheduled) == HttpStatusCode.OK);
        await Eventually.Is(async () => await Status(expiring) == HttpStatusCode.Gone);
        Assert.True(Now >= soon);
    }

    [Fact]
    public async Task Publishing_goes_on_after_its_connections_died()
    {
        await api.Execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'content_owner' and pid <> pg_backend_pid()"
        );
        var slug = Some.Slug("scheduled");
        await api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Article(
                new
                {
                    slug,
                    publicationStatus = "scheduled",
                    publishedAt = Now.AddSeconds(2),
                }
            )
        );
        await Eventually.Is(async () => await Status(slug) == HttpStatusCode.OK);
    }

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    private async Task<HttpStatusCode> Status(string slug)
    {
        using var answer = await api.Client.GetAsync(new Uri($"/v1/articles/{slug}", UriKind.Relative), Cancel);
        return answer.StatusCode;
    }
}
