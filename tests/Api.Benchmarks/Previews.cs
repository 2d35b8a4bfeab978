using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Api.Collation;
using Api.Data;
using Api.Http.Keys;
using Api.Http.Site;
using Api.Keys;
using Api.Preview;
using Api.Words.Languages;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.Benchmarks;

/// <summary>
/// Measures previews: the second list index, answers with a key beside those without one, and whether the time of a refusal tells what
/// exists.
/// </summary>
internal static class Previews
{
    private const int Samples = 4_000;

    // A refusal to a key of scope early takes 50 ms.
    private const int SlowSamples = 1_000;

    public static async Task<int> Run(int articles, int rounds, int seconds)
    {
        await using var corpus = await Corpus.Open(articles);
        await using var content = new ContentDatabase(corpus.Connections);
        await Index(corpus, rounds);
        var (preview, early) = (await Key(content, GrantedKey.PreviewScope, null), await Key(content, GrantedKey.EarlyScope, [0]));
        using var node = await Servers.Forgetful(corpus);
        await Answers(node, preview, rounds, seconds);
        await Refusals(content, node, early);
        return 0;
    }

    private static async Task Index(Corpus corpus, int rounds)
    {
        await using var database = new PreviewDatabase(corpus.Connections);
        var reader = new PreviewReader(
            database.Login!,
            new SiteCalendar(TimeZones.Find("UTC")!),
            TitleOrder.Of("en"),
            TimeProvider.System,
            new KnownLanguages(new SearchSettings([]), NullLogger<KnownLanguages>.Instance)
        );
        var times = new List<double>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        object? kept = null;
        for (var n = 0; n <= rounds; n++)
        {
            kept = null;
            GC.Collect();
            var begun = Stopwatch.GetTimestamp();
            var all = await reader.Drafts(default);
            var read = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            kept = (all, await reader.Of(all, PreviewView.Drafts, default));
            var state = Stopwatch.GetElapsedTime(begun).TotalMilliseconds - read;
            Write($"second index: read in {read:0} ms, the lists of a view made in {state:0} ms");
            // The first one warms up.
            if (n > 0)
                times.Add(read + state);
        }
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(kept);
        Write($"second index: p50 {times.Order().ElementAt(times.Count / 2):0} ms, {bytes / 1e6:0.0} MB");
    }

    private static async Task Answers(Served node, string key, int rounds, int seconds)
    {
        Request[] lists = [.. Asked.Lists];
        Request[] items = [.. Enumerable.Range(1, 2_000).Select(n => new Request($"/v1/articles/article-{n}"))];
        items = [.. await node.Answerable(items)];
        // Reads the second index.
        await Wrk.Drive(node.Url, lists.Select(list => list with { Path = $"{list.Path}?preview=drafts", Key = key }), 2);
        foreach (var (name, asked) in new[] { ("list", lists), ("item", items) })
        {
            var ratios = new Dictionary<string, List<double>> { ["public address"] = [], ["preview=drafts"] = [] };
            for (var n = 0; n < rounds; n++)
            {
                var open = await Measure(node, asked, seconds);
                ratios["public address"].Add(await Measure(node, asked.Select(one => one with { Key = key }), seconds) / open);
                ratios["preview=drafts"]
                    .Add(
                        await Measure(node, asked.Select(one => one with { Path = $"{one.Path}?preview=drafts", Key = key }), seconds)
                            / open
                    );
            }
            foreach (var (kind, times) in ratios)
                Write(
                    $"{name} with a key, {kind}: {times.Order().ElementAt(times.Count / 2):0.00} of the time without ({string.Join(' ', times.Select(time => time.ToString("0.00", CultureInfo.InvariantCulture)))})"
                );
        }
    }

    private static async Task<double> Measure(Served node, IEnumerable<Request> requests, int seconds) =>
        1 / (await Wrk.Drive(node.Url, requests, seconds)).PerSecond;

    // Two kinds of requests in turn, in random order: the mean difference of their times, and its standard error. A difference of less than
    // three standard errors is none that this many requests show.
    private static async Task Refusals(ContentDatabase content, Served node, string early)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync();
        var drafts = (
            await connection.QueryAsync<string>(
                "select slug from content.items where resource = 'article' and not live order by item_id limit 200"
            )
        ).AsList();
        using var client = new HttpClient { BaseAddress = new Uri(node.Url) };
        foreach (
            var (name, query, key) in new[]
            {
                ("key-required", "preview=drafts", null),
                ("insufficient-scope", "preview=drafts", early),
                ("not-found", "preview=early", early),
            }
        )
        {
            var random = new Random(1);
            var times = new List<double>[] { [], [] };
            for (var n = 0; n < (query.EndsWith("early", StringComparison.Ordinal) ? SlowSamples : Samples); n++)
            {
                var isDraft = random.Next(2) == 0;
                var slug = drafts[random.Next(drafts.Count)];
                using var request = new HttpRequestMessage(
                    HttpMethod.Get,
                    $"/v1/articles/{(isDraft ? slug : slug.Replace("article", "erticla", StringComparison.Ordinal))}?{query}"
                );
                if (key is not null)
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                var begun = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                if (n >= 200)
                    times[isDraft ? 0 : 1].Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
            }
            // Without the slowest twentieth, which is noise of the machine.
            var kept = times.Select(all => all.Order().Take(all.Count * 19 / 20).ToList()).ToList();
            var error = Math.Sqrt(kept.Sum(all => Variance(all) / all.Count));
            Write(
                $"refused, {name}: a draft {kept[0].Average():0.0} µs, an item that never was {kept[1].Average():0.0} µs, difference {kept[0].Average() - kept[1].Average():0.0} µs, standard error {error:0.0} µs"
            );
        }
    }

    private static double Variance(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    private static async Task<string> Key(ContentDatabase content, string scope, int[]? topics)
    {
        var key = ApiKey.New();
        await new KeyRepository(content).Add(
            new StoredKey
            {
                Id = key.Id,
                Name = key.Id,
                Scope = scope,
                Topics = topics,
                PerMinute = 1_000_000,
                Hash = key.Hash,
                ExpiresAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            },
            default
        );
        return key.Text;
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
