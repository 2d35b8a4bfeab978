using System.Diagnostics;
using System.Net;
using Api.EndToEnd.Support.Caches;
using Api.Tests.Support;

namespace Api.EndToEnd.Caches;

/// <summary>
/// Caches in front of an API that has no answer: one that keeps none in memory and lost its database, and one that is dead.
/// </summary>
public class CacheOutageTests(CacheOutageTests.Forgetful api) : IClassFixture<CacheOutageTests.Forgetful>
{
    private const string Kept = "/v1/articles?limit=3";
    private const string New = "/v1/articles?limit=4";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_that_are_over_are_served_while_there_are_no_others()
    {
        var expected = await api.Ask(Kept);
        await api.Each(cache => Serves(cache, expected));
        api.Network.Refuse();
        await Task.Delay(TimeSpan.FromSeconds(CachedSite.MaxAge + CachedSite.Stale + 1), Cancel);
        var problem = await api.Ask(New);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, problem.Status);
        await api.Each(async cache =>
        {
            if (cache.Cache.ServesStale)
                await Serves(cache, expected);
            var none = await cache.Ask(New);
            cache.Holds(none.Essence == problem.Essence, none.Essence);
        });

        api.KillApi();
        await api.Each(async cache =>
        {
            if (cache.Cache.ServesStale)
                await Serves(cache, expected);
            var none = await cache.Ask(New);
            cache.Holds((int)none.Status is 502 or 503 or 504, none.Essence);
        });

        api.Network.Admit();
        await api.StartApi();
        expected = await api.Ask(New);
        await api.Each(async cache =>
        {
            for (
                var waited = Stopwatch.StartNew();
                await cache.Ask(New) is var now && (now.Status, now.Text) != (expected.Status, expected.Text);
                await Task.Delay(50, Cancel)
            )
                cache.Holds(waited.Elapsed < TimeSpan.FromSeconds(5), $"not back: {now.Essence}");
        });
    }

    private static async Task Serves(RunningCache cache, Answer expected)
    {
        for (var time = 0; time < 3; time++)
        {
            var answer = await cache.Ask(Kept);
            cache.Holds(
                answer.Status == HttpStatusCode.OK && answer.Text == expected.Text && answer["ETag"] == expected["ETag"],
                answer.Essence
            );
        }
    }

    public sealed class Forgetful(TestServer server) : CachedSite(server)
    {
        protected override bool Counts => false;

        protected override IEnumerable<(string Name, string? Value)> Settings => [("Cache__MaxBytes", "0")];
    }
}
