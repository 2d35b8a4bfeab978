using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Api.EndToEnd.Support.Caches;
using Api.Tests.Support;

namespace Api.EndToEnd.Caches;

/// <summary>Answers that live for a day in Varnish, with the configuration of docs/caching, and are purged.</summary>
public sealed class PurgeTests(PurgedSite api) : IClassFixture<PurgedSite>
{
    private static readonly HttpMethod Purge = new("PURGE");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // The articles are the newest.
    private static readonly DateTimeOffset Published = TimeProvider.System.GetUtcNow().AddMinutes(-1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_purge_no_answer_has_an_old_title()
    {
        await Publish("seen", 0);
        string[] paths =
        [
            "/v1/articles/seen",
            "/v1/articles/seen?include=menus",
            "/v1/articles/seen.jsonld",
            "/v1/articles?limit=10",
            "/v1/articles.cards.json?limit=10",
            $"/v1/articles?sort=title&publishedFrom={Published.AddDays(-1):yyyy-MM-dd}&limit=100",
            "/v1/articles.rss?limit=10",
        ];
        for (var number = 1; number <= 5; number++)
        {
            foreach (var path in paths)
                api.Varnish.Holds(Number("seen", await api.Varnish.Keep(path)) == number - 1, $"{path} is not of change {number - 1}");
            var purge = await Publish("seen", number);
            await purge.Accepted.WaitAsync(Patience, Cancel);
            foreach (var path in paths)
                api.Varnish.Holds(Number("seen", await api.Varnish.Ask(path)) == number, $"{path} is not of change {number}");
        }
    }

    // How long old titles are seen is told, not tested: it depends on the machine.
    [Fact]
    public async Task Under_load_every_purge_that_is_done_left_no_old_title()
    {
        const int changes = 12;
        await (await Publish("busy", 0)).Accepted.WaitAsync(Patience, Cancel);
        var committed = new ConcurrentDictionary<int, long>();
        var reads = new ConcurrentQueue<(long Begun, int Number)>();
        var done = 0;
        var (before, ends) = (api.Varnish.Requests, false);
        var readers = Enumerable.Range(0, 4).Select(Read).ToList();
        var purges = new List<Task>();
        for (var number = 1; number <= changes; number++)
        {
            var purge = await Retitle("busy", number, () => committed[number] = Stopwatch.GetTimestamp());
            purges.Add(Finish(purge, number));
            await Task.Delay(500, Cancel);
        }
        await Task.WhenAll(purges).WaitAsync(Patience, Cancel);
        await Task.Delay(200, Cancel);
        Volatile.Write(ref ends, true);
        await Task.WhenAll(readers);
        double[] old =
        [
            .. reads
                .Where(read => committed.TryGetValue(read.Number + 1, out var replaced) && read.Begun > replaced)
                .Select(read => Stopwatch.GetElapsedTime(committed[read.Number + 1], read.Begun).TotalMilliseconds)
                .Order(),
        ];
        Tell(
            $"{reads.Count} reads, {api.Varnish.Requests - before} reached the API; {old.Length} began after the commit of a newer title and saw the old one, the last of them {old.LastOrDefault():0} ms after it"
        );
        api.Varnish.Holds(api.Varnish.Requests - before < reads.Count / 2, "it does not keep answers");

        async Task Finish(Api.Purging.Purge purge, int number)
        {
            await purge.Done;
            // A later one may already be.
            for (var known = Volatile.Read(ref done); known < number; known = Volatile.Read(ref done))
                Interlocked.CompareExchange(ref done, number, known);
        }

        async Task Read(int reader)
        {
            var path = reader % 2 == 0 ? "/v1/articles/busy" : "/v1/articles?limit=10";
            while (!Volatile.Read(ref ends))
            {
                var (least, begun) = (Volatile.Read(ref done), Stopwatch.GetTimestamp());
                var number = Number("busy", await api.Varnish.Ask(path));
                api.Varnish.Holds(number >= least, $"{path} is of change {number} after the purge of {least} was done");
                reads.Enqueue((begun, number));
                await Task.Delay(2, Cancel);
            }
        }
    }

    [Fact]
    public async Task An_old_answer_that_arrives_after_the_purge_is_not_kept()
    {
        for (var attempt = 1; ; attempt++)
        {
            // It is short, so that it comes in one piece.
            var path = string.Create(CultureInfo.InvariantCulture, $"/v1/articles?fields=title&limit={10 + attempt}");
            var number = 2 * attempt;
            await (await Publish("late", number)).Done.WaitAsync(Patience, Cancel);
            var asked = api.Varnish.Requests;
            api.Varnish.Slow(TimeSpan.FromSeconds(5));
            var slow = api.Varnish.Ask(path);
            await Eventually.Is(() => Task.FromResult(api.Varnish.Requests > asked));
            // The API has answered by then, or this attempt does not count.
            await Task.Delay(500, Cancel);
            var purge = await Publish("late", number + 1);
            await purge.Accepted.WaitAsync(Patience, Cancel);
            var wasOnItsWay = !slow.IsCompleted;
            var first = Number("late", await slow);
            api.Varnish.Slow(TimeSpan.Zero);
            asked = api.Varnish.Requests;
            var second = Number("late", await api.Varnish.Ask(path));
            api.Varnish.Holds(!wasOnItsWay || second == number + 1, $"the old answer was kept: {first}, then {second}");
            await api.Varnish.Keep(path);
            if (wasOnItsWay && first == number)
                return;
            api.Varnish.Holds(attempt < 5, $"no old answer was on its way: {first}, then {second}");
        }
    }

    [Fact]
    public async Task A_Varnish_that_cannot_be_reached_for_a_while_is_purged_when_it_can()
    {
        const string path = "/v1/articles/unreached";
        await (await Publish("unreached", 0)).Done.WaitAsync(Patience, Cancel);
        await api.Varnish.Keep(path);
        api.Purges.Refuse();
        Task[] purges;
        try
        {
            purges = [(await Publish("unreached", 1)).Done, (await Publish("unreached", 2)).Done];
            await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
            Assert.DoesNotContain(purges, purge => purge.IsCompleted);
            api.Varnish.Holds(Number("unreached", await api.Varnish.Ask(path)) == 0, "it was purged");
        }
        finally
        {
            api.Purges.Admit();
        }
        await Task.WhenAll(purges).WaitAsync(Patience, Cancel);
        api.Varnish.Holds(Number("unreached", await api.Varnish.Ask(path)) == 2, "it was not purged");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong-secret-wrong-secret")]
    [InlineData(PurgedSite.Secret + "s")]
    public async Task Without_the_secret_nothing_is_purged(string? secret)
    {
        // No change of an article concerns it.
        const string path = "/v1/menus?limit=2";
        await api.Varnish.Keep(path);
        var before = api.Varnish.Requests;
        var refused = await api.Varnish.Ask(Purge, "/", [("xkey", "all"), .. secret is null ? [] : new[] { ("X-Purge-Secret", secret) }]);
        api.Varnish.Holds(refused.Status == HttpStatusCode.Forbidden, refused.Essence);
        await api.Varnish.Ask(path);
        api.Varnish.Holds(api.Varnish.Requests == before, "it was purged");
    }

    [Fact]
    public async Task All_purges_everything()
    {
        string[] paths = ["/v1/topics?limit=2", "/v1/articles/nowhere", "/v1/search?q=china", "/v1/events?when=upcoming&limit=1"];
        foreach (var path in paths)
            await api.Varnish.Keep(path);
        await api.Varnish.Ask(Purge, "/", ("xkey", "all"), ("X-Purge-Secret", PurgedSite.Secret));
        foreach (var path in paths)
        {
            var before = api.Varnish.Requests;
            await api.Varnish.Ask(path);
            api.Varnish.Holds(api.Varnish.Requests == before + 1, $"{path} was kept");
        }
    }

    [Fact]
    public async Task Readers_see_the_short_life_and_no_header_of_the_long_one()
    {
        const string lasting = "/v1/menus?limit=1";
        string[] passing = ["/v1/events?when=upcoming&limit=2", "/v1/search?q=peace&limit=1", "/v1/articles/not-there"];
        var direct = await api.Ask(lasting);
        Assert.Equal("max-age=86400", direct["CDN-Cache-Control"]);
        foreach (var path in passing.Prepend(lasting))
            await api.Varnish.Keep(path);
        foreach (var path in passing)
            await Eventually.Is(async () => (await api.Varnish.Ask(path))["Age"] is not (null or "0"), $"{path} has no age");
        await Task.Delay(TimeSpan.FromSeconds(CachedSite.MaxAge + CachedSite.Stale), Cancel);
        var before = api.Varnish.Requests;
        var answer = await api.Varnish.Ask(lasting);
        api.Varnish.Holds(api.Varnish.Requests == before, "it was not kept for long");
        api.Varnish.Holds(
            answer["Cache-Control"] == direct["Cache-Control"]
                && answer is { Status: HttpStatusCode.OK }
                && !answer.Headers.Keys.Any(name => name is "Age" or "CDN-Cache-Control" or "Surrogate-Key" or "xkey" or "X-Long-Life"),
            answer.Essence + answer["Age"]
        );
        var same = await api.Varnish.Ask(lasting, ("If-None-Match", answer["ETag"]!));
        api.Varnish.Holds(same.Status == HttpStatusCode.NotModified && same["Age"] is null, same.Essence);
        foreach (var path in passing)
        {
            before = api.Varnish.Requests;
            await api.Varnish.Ask(path);
            api.Varnish.Holds(api.Varnish.Requests == before + 1, $"{path} was kept for long");
        }
    }

    // Varnish goes on with the headers that a 304 does not have.
    [Fact]
    public async Task When_the_long_life_is_switched_off_a_304_does_not_renew_it()
    {
        const string path = "/v1/menus?limit=3";
        try
        {
            await Restart("1");
            await api.Varnish.Ask(path);
            await Restart("0");
            await Task.Delay(TimeSpan.FromSeconds(1 + CachedSite.Stale), Cancel);
            Assert.Equal(HttpStatusCode.OK, (await api.Varnish.Ask(path)).Status);
            // Those of a long life have none.
            await Eventually.Is(async () => (await api.Varnish.Ask(path))["Age"] is not (null or "0"));
        }
        finally
        {
            await Restart("86400");
        }

        async Task Restart(string life)
        {
            api.KillApi();
            api.Life = life;
            await api.StartApi();
        }
    }

    private Task<Api.Purging.Purge> Publish(string slug, int number) =>
        api.Change(
            Some.Article(
                new
                {
                    slug,
                    type = "op-ed",
                    title = Title(slug, number),
                    publishedAt = Published,
                }
            )
        );

    // By SQL: then the instant of the commit is known.
    private Task<Api.Purging.Purge> Retitle(string slug, int number, Action committed) =>
        api.Change(async () =>
        {
            await using (var command = api.Database.CreateCommand())
            {
                command.CommandText =
                    "update content.articles a set title = @title from content.items i where i.item_id = a.item_id and i.slug = @slug";
                command.Parameters.AddWithValue("title", Title(slug, number));
                command.Parameters.AddWithValue("slug", slug);
                Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
            }
            committed();
            await api.Notice();
        });

    private static string Title(string slug, int number) => string.Create(CultureInfo.InvariantCulture, $"Title-of-{slug}-{number}.");

    // Of the title in an answer that shows the article.
    private static int Number(string slug, Answer answer)
    {
        var found = Regex.Match(answer.Text, $@"Title-of-{slug}-(\d+)\.");
        Assert.True(found.Success, answer.Essence);
        return int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static void Tell(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(text));
}
