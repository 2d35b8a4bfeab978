using System.Diagnostics;
using System.Globalization;
using Api.Changes;
using Api.Changes.Snapshots;
using Api.Collation;
using Api.Data;
using Api.Data.Delivery;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Live;
using Api.Reading;
using Dapper;

namespace Api.Benchmarks;

/// <summary>
/// How long pages of changes take within the process, how many articles a second a snapshot has, and how fast kept feeds are beside kept
/// JSON of their size.
/// </summary>
internal static class Syndication
{
    private const int Rounds = 5;
    private const int Seconds = 4;

    public static async Task<int> Run(int articles, int samples)
    {
        await using var corpus = await Corpus.Open(articles);
        await using var content = new ContentDatabase(corpus.Connections);
        await using var delivery = new DeliveryDatabase(corpus.Connections);
        var site = SiteSettings.From(corpus.Configuration);
        var calendar = new SiteCalendar(TimeZones.Find(site.TimeZone)!);
        using var references = new References(delivery, site, TitleOrder.Of("en"));
        var items = new ItemReader(references, site, calendar);
        await Changes(
            new ChangeRepository(delivery, items),
            new FilterKeyReader(delivery),
            content,
            calendar,
            new Links(site, "http://localhost"),
            samples
        );
        await Snapshot(new SnapshotMaker(delivery, items, site, TitleOrder.Of("en")), new Links(site, "http://localhost"));
        await Feeds(corpus);
        return 0;
    }

    private static async Task Changes(
        ChangeRepository changes,
        FilterKeyReader keys,
        ContentDatabase content,
        SiteCalendar calendar,
        Links links,
        int samples
    )
    {
        IReadOnlyList<Parameter> declared = [.. ChangeFilter.Parameters, ListParameters.Limit, ListParameters.Wait];
        await using var owner = await content.DataSource.OpenConnectionAsync();
        var (rows, head) = await owner.QuerySingleAsync<(long, long)>("select count(*), max(sequence) from content.changes");
        var random = new Random(42);
        var places = new List<string>();
        foreach (var sequence in Enumerable.Range(0, samples).Select(_ => random.NextInt64(1, head - 200)))
        {
            var at = await owner.QuerySingleAsync<DateTime>("select at from content.changes where sequence = @sequence", new { sequence });
            places.Add(ChangeToken.Of(sequence, at).ToString());
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{$"pages of 100, {rows:N0} rows; milliseconds", -56} {"p50", 7} {"p99", 7} {"max", 7}"
            )
        );
        foreach (
            var (name, query) in ((string, Func<string, string>)[])
                [
                    ("anywhere", since => $"since={since}"),
                    ("anywhere, with items", since => $"since={since}&include=item"),
                    ("anywhere, of one resource that is rare", since => $"since={since}&resource=expert"),
                    ("anywhere, of a topic", since => $"since={since}&topic=topic-{1 + (int)(711 * Math.Pow(random.NextDouble(), 2.2))}"),
                    (
                        "anywhere, of a topic and an expert, with items",
                        since => $"since={since}&include=item&topic=topic-{random.Next(1, 711)}&expert=expert-{random.Next(1, 480)}"
                    ),
                ]
        )
        {
            foreach (var since in places.Take(samples / 4))
                await Ask(query(since));
            var times = new List<double>();
            foreach (var since in places)
            {
                var text = query(since);
                var clock = Stopwatch.GetTimestamp();
                await Ask(text);
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
            times.Sort();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -56} {times[samples / 2], 7:0.0} {times[(int)(samples * 0.99)], 7:0.0} {times[^1], 7:0.0}"
                )
            );
        }

        async Task Ask(string text)
        {
            var query = Query.Parse($"?{text}&limit=100", "/v1/changes", declared, calendar, DateTime.UnixEpoch);
            var filter = await ChangeFilter.Read(query, keys, default);
            if (query.Problem is { } problem)
                throw new InvalidOperationException($"{text}: {problem.Detail}");
            if (await changes.Find(filter, links, default) is null)
                throw new InvalidOperationException($"{text}: the token is foreign");
        }
    }

    private static async Task Snapshot(SnapshotMaker maker, Links links)
    {
        for (var round = 0; round < 2; round++)
        {
            await using var spool = new Spool(Path.GetTempPath());
            var clock = Stopwatch.GetTimestamp();
            await maker.Make(spool, links, _ => { }, default);
            spool.Complete();
            var took = Stopwatch.GetElapsedTime(clock);
            await using var file = spool.Open();
            using var text = new StreamReader(file);
            // The last line has the number.
            file.Seek(-2_000, SeekOrigin.End);
            var end = (await text.ReadToEndAsync()).TrimEnd('\n').Split('\n')[^1];
            var count = long.Parse(end.Split("\"article\":")[1].Split(',', '}')[0], CultureInfo.InvariantCulture);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"snapshot of {count:N0} articles, {spool.Length / 1e6:N0} MB: {took.TotalSeconds:0.0} s, {count / took.TotalSeconds:N0} articles a second"
                )
            );
        }
    }

    private static async Task Feeds(Corpus corpus)
    {
        var log = Path.Combine(Directory.CreateDirectory(Path.GetFullPath(".data/benchmark")).FullName, "syndication.log");
        var api = await Build.Publish();
        using var served = await Served.Start(
            url => $"'{api}/Api' serve --urls {url}",
            log,
            Asked.List,
            [
                ("ConnectionStrings__Content", corpus.Connections.Content),
                ("ConnectionStrings__Delivery", corpus.Connections.Delivery),
                .. Build.Runtime,
            ]
        );
        foreach (var feed in new[] { "/v1/articles.rss?limit=20", "/v1/articles.atom?limit=20", "/v1/articles.feed.json?limit=20" })
        {
            var size = (await served.Ask(feed)).Body.Length;
            var (json, length) = await OfSize(served, size);
            var shares = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var one = await Wrk.Drive(served.Url, [new Request(feed)], Seconds);
                var other = await Wrk.Drive(served.Url, [new Request(json)], Seconds);
                shares.Add(one.PerSecond / other.PerSecond);
            }
            shares.Sort();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"kept {feed} ({size:N0} bytes) / kept {json} ({length:N0} bytes): {shares[Rounds / 2]:0.00} ({shares[0]:0.00} to {shares[^1]:0.00})"
                )
            );
        }
    }

    private static async Task<(string Path, int Length)> OfSize(Served served, int size)
    {
        var best = ("", 0);
        for (var limit = 1; limit <= 100; limit++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/v1/articles?include=body&limit={limit}");
            var length = (await served.Ask(path)).Body.Length;
            if (Math.Abs(length - size) < Math.Abs(best.Item2 - size))
                best = (path, length);
            if (length > size)
                break;
        }
        return best;
    }
}
