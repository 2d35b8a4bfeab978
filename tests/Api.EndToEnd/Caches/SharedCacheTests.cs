using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.EndToEnd.Support.Caches;
using Api.Tests.Support;

namespace Api.EndToEnd.Caches;

/// <summary>Caches that keep answers, each with the configuration of docs/caching.</summary>
public class SharedCacheTests(CachedSite api) : IClassFixture<CachedSite>
{
    public static TheoryData<string> Names => [.. SharedCache.All.Select(cache => cache.Name)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // One request a second with max-age=15 is 15 requests in the life of an answer. Here max-age is a third of that, and so is the time
    // between requests.
    [Fact]
    public async Task At_a_request_a_second_nine_of_ten_are_hits_and_changes_show_when_answers_are_over()
    {
        const int rounds = 45;
        // The second one has no Last-Modified.
        string[] paths = ["/v1/articles?limit=2", "/v1/events?when=upcoming"];
        (string, string) browser = ("Accept-Encoding", "gzip, deflate, br, zstd");
        await api.Import(Article("leaving", "published"));
        await Eventually(async () => (await api.Ask("/v1/articles/leaving")).Status == HttpStatusCode.OK);
        await api.Each(async cache =>
        {
            await Answers(cache, ("/v1/articles/leaving", HttpStatusCode.OK), ("/v1/articles/appearing", HttpStatusCode.NotFound));
            var (before, since) = (cache.Requests, Stopwatch.StartNew());
            for (var round = 0; round < rounds; round++)
            {
                if ((CachedSite.MaxAge * round / 15.0) - since.Elapsed.TotalSeconds is > 0 and var left)
                    await Task.Delay(TimeSpan.FromSeconds(left), Cancel);
                if (round == rounds / 3 && cache == api.Caches[0])
                    await api.Import(Article("appearing", "published"), Article("leaving", "draft"));
                foreach (var path in paths)
                {
                    var answer = await cache.Ask(path, browser);
                    cache.Holds(answer.Status == HttpStatusCode.OK, answer.Essence);
                }
            }
            var missed = cache.Requests - before;
            Tell($"{cache.Cache.Name}: {missed} of {paths.Length * rounds} requests reached the API");
            cache.Holds(missed <= paths.Length * rounds / 10, $"{missed} of {paths.Length * rounds} requests reached the API");
            var list = JsonNode.Parse((await cache.Ask(paths[0], browser)).Text)!;
            cache.Holds((string?)list["data"]![0]!["slug"] == "appearing", "the list does not show the change");
            await Answers(cache, ("/v1/articles/leaving", HttpStatusCode.Gone), ("/v1/articles/appearing", HttpStatusCode.OK));
        });

        static string Article(string slug, string status) =>
            Some.Article(
                new
                {
                    slug,
                    type = "op-ed",
                    publicationStatus = status,
                    publishedAt = TimeProvider.System.GetUtcNow().AddMinutes(-1),
                }
            );
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_client_that_has_the_answer_gets_304(string name)
    {
        const string path = "/v1/experts?limit=1";
        var cache = api.Named(name);
        // A time of about now tells a cache nothing yet (RFC 9110 §8.8.2.2).
        await Eventually(async () =>
            (await api.Ask(path))["Last-Modified"] is { } changed
            && DateTimeOffset.Parse(changed, CultureInfo.InvariantCulture) < TimeProvider.System.GetUtcNow().AddSeconds(-2)
        );
        var answer = await cache.Keep(path);
        var before = cache.Requests;
        for (var time = 0; time < 5; time++)
        {
            foreach (
                var (condition, value) in new[] { ("If-None-Match", answer["ETag"]!), ("If-Modified-Since", answer["Last-Modified"]!) }
            )
            {
                var again = await cache.Ask(path, (condition, value));
                cache.Holds(again.Status == HttpStatusCode.NotModified, $"{(int)again.Status} to {condition}: {value}");
                // Squid's own 304 has none.
                cache.Holds((again["ETag"] ?? answer["ETag"]) == answer["ETag"], $"the tag is {again["ETag"]}");
            }
        }
        // Meanwhile it may have been over.
        cache.Holds(cache.Requests - before < 5, $"{cache.Requests - before} requests reached the API");
        foreach (
            var (condition, value) in new[] { ("If-None-Match", "W/\"other\""), ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT") }
        )
        {
            var other = await cache.Ask(path, (condition, value));
            cache.Holds(other.Status == HttpStatusCode.OK && other.Text == answer.Text, $"{(int)other.Status} to {condition}: {value}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Codings_are_kept_apart(string name)
    {
        const string path = "/v1/topics?limit=3";
        var cache = api.Named(name);
        var plain = await api.Ask(path);
        foreach (
            var (accepted, coding) in new (string?, string?)[]
            {
                ("gzip", "gzip"),
                ("br", cache.Cache.HasBrotli ? "br" : null),
                (null, null),
                ("gzip, deflate, br, zstd", cache.Cache.HasBrotli ? "br" : "gzip"),
                ("identity", null),
                ("gzip", "gzip"),
            }
        )
        {
            for (var time = 0; time < 2; time++)
            {
                var answer = accepted is null ? await cache.Ask(path) : await cache.Ask(path, ("Accept-Encoding", accepted));
                var got = answer["Content-Encoding"];
                cache.Holds(
                    got == coding
                        || (cache.Cache.ServesAnyCoding && (got is null || accepted?.Contains(got, StringComparison.Ordinal) == true)),
                    $"{got} for {accepted}"
                );
                cache.Holds(answer.Text == plain.Text, $"another text for {accepted}");
                cache.Holds(answer["ETag"] == plain["ETag"] && answer["Vary"] == "Accept-Encoding", answer.Essence);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Mistakes_are_not_kept(string name)
    {
        var cache = api.Named(name);
        foreach (var path in new[] { "/v1/articles?limit=0", "/v1/articles?colour=red" })
        {
            var (expected, before) = (await api.Ask(path), cache.Requests);
            for (var time = 0; time < 3; time++)
            {
                var answer = await cache.Ask(path);
                cache.Holds(answer.Essence == expected.Essence, answer.Essence);
            }
            cache.Holds(cache.Requests == before + 3, $"{cache.Requests - before} requests reached the API");
        }
    }

    [Fact]
    public async Task A_hundred_requests_at_once_are_one()
    {
        const string path = "/v1/menus?limit=1";
        var expected = await api.Ask(path);
        await api.Each(async cache =>
        {
            var collapses = cache.Cache.Collapses;
            if (collapses == Collapsing.WhenStale)
            {
                await cache.Keep(path);
                await Task.Delay(TimeSpan.FromSeconds(CachedSite.MaxAge + 1), Cancel);
            }
            // So that all are there before the answer is.
            cache.Slow(TimeSpan.FromSeconds(0.5));
            var before = cache.Requests;
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => cache.Ask(path)));
            cache.Slow(TimeSpan.Zero);
            Tell($"{cache.Cache.Name}: {cache.Requests - before} of 100 requests reached the API");
            cache.Holds(answers.All(answer => answer.Status == HttpStatusCode.OK && answer.Text == expected.Text), "not all are right");
            cache.Holds(
                collapses == Collapsing.Never || cache.Requests == before + 1,
                $"{cache.Requests - before} requests reached the API"
            );
        });
    }

    [Fact]
    public async Task With_the_database_away_answers_are_kept_and_say_how_old_they_are()
    {
        const string path = "/v1/events?limit=2";
        // Lists of experts are not found in memory.
        const string unknown = "/v1/experts?limit=3";
        var known = await api.Ask(path);
        api.Network.Refuse();
        try
        {
            // Longer than answers are fresh: by then caches would take none that told its whole age.
            await Task.Delay(TimeSpan.FromSeconds(CachedSite.MaxAge + 1), Cancel);
            var old = await api.Ask(path);
            Assert.Contains("detail=database-away", old["Cache-Status"], StringComparison.Ordinal);
            Assert.Equal("2", old["Age"]);
            await api.Each(async cache =>
            {
                for (var round = 1; round <= 2; round++)
                {
                    var before = cache.Requests;
                    for (var time = 0; time < 3; time++)
                    {
                        // Apache stores an answer after it has sent it.
                        if (time == 1)
                            await Task.Delay(TimeSpan.FromMilliseconds(200), Cancel);
                        var answer = await cache.Ask(path);
                        cache.Holds(
                            answer.Status == HttpStatusCode.OK && answer.Text == known.Text && answer["ETag"] == known["ETag"],
                            answer.Essence
                        );
                        cache.Holds(
                            int.Parse(answer["Age"] ?? "0", CultureInfo.InvariantCulture) <= CachedSite.MaxAge + CachedSite.Stale,
                            $"its age is {answer["Age"]}"
                        );
                    }
                    cache.Holds(cache.Requests <= before + 1, $"{cache.Requests - before} requests reached the API in round {round}");
                    // The rest of the time it is fresh, and some more.
                    await Task.Delay(TimeSpan.FromSeconds(CachedSite.MaxAge - 2 + 1), Cancel);
                }
                for (var time = 0; time < 2; time++)
                {
                    var none = await cache.Ask(unknown);
                    cache.Holds(
                        none.Status == HttpStatusCode.ServiceUnavailable
                            && none["Retry-After"] is not null
                            && none["Content-Type"] == "application/problem+json",
                        none.Essence
                    );
                }
            });
        }
        finally
        {
            api.Network.Admit();
        }
        await Eventually(async () => (await api.Ask(path))["Cache-Status"] == "content-api; hit");
        Assert.Null((await api.Ask(path))["Age"]);
        await api.Each(async cache =>
        {
            var there = await cache.Ask(unknown);
            cache.Holds(there.Status == HttpStatusCode.OK, there.Essence);
            // What was old is young again.
            Answer answer;
            for (
                var waited = Stopwatch.StartNew();
                (answer = await cache.Keep(path))["Age"] is not (null or "0" or "1") && !cache.Cache.KeepsAge;
                await Task.Delay(50, Cancel)
            )
                cache.Holds(waited.Elapsed < TimeSpan.FromSeconds(20), $"its age is {answer["Age"]}");
        });
    }

    [Fact]
    public async Task Varnish_drops_answers_by_their_keys()
    {
        const string path = "/v1/articles/purged";
        var varnish = api.Named("Varnish");
        await api.Import(
            Some.Article(
                new
                {
                    slug = "purged",
                    type = "op-ed",
                    title = "Before",
                }
            )
        );
        await Eventually(async () => (await api.Ask(path)).Status == HttpStatusCode.OK);
        var id = ((string)JsonNode.Parse((await varnish.Ask(path)).Text)!["data"]!["id"]!)["urn:uuid:".Length..];
        await api.Import(
            Some.Article(
                new
                {
                    slug = "purged",
                    type = "op-ed",
                    title = "After",
                }
            )
        );
        await Eventually(async () => (await api.Ask(path)).Text.Contains("\"After\"", StringComparison.Ordinal));
        varnish.Holds((await varnish.Ask(path)).Text.Contains("\"Before\"", StringComparison.Ordinal), "it was not kept");
        var purge = await varnish.Ask(
            new HttpMethod("PURGE"),
            "/",
            ("X-Purge-Secret", PurgedSite.Secret),
            (
                "xkey",
                $"nothing-has-this {(await api.Ask(path))["Surrogate-Key"]!.Split(' ').First(key => id.EndsWith(key, StringComparison.Ordinal))}"
            )
        );
        varnish.Holds(purge.Status == HttpStatusCode.OK, purge.Essence);
        varnish.Holds((await varnish.Ask(path)).Text.Contains("\"After\"", StringComparison.Ordinal), "it was not dropped");
    }

    private static async Task Answers(RunningCache cache, params (string Path, HttpStatusCode Status)[] all)
    {
        foreach (var (path, status) in all)
        {
            var answer = await cache.Ask(path);
            cache.Holds(answer.Status == status, $"{path} answers {(int)answer.Status}");
        }
    }

    private static async Task Eventually(Func<Task<bool>> happened)
    {
        for (var waited = Stopwatch.StartNew(); !await happened(); await Task.Delay(20, Cancel))
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), "It did not happen.");
    }

    private static void Tell(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(text));
}
