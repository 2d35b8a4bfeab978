using Api.Articles;
using Api.Data;
using Dapper;

namespace Api.Benchmarks;

/// <summary>
/// Measures delivery over HTTP: the API against a bare Kestrel with the same bytes, and against pgbench with the same statements.
/// </summary>
internal static class Delivery
{
    private const string SlugsSql = "select slug from delivery.articles order by md5(slug) limit 20000";

    public static async Task<int> Run(int articles, int rounds, int seconds)
    {
        await using var corpus = await Corpus.Open(articles);
        var slugs = await Slugs(corpus);
        var item = $"{Asked.List}/{slugs[0]}";
        using var servers = await Servers.Start(corpus, item);
        var shots = await Shots(corpus, servers, slugs, item);
        var report = new Report();
        // The first round warms up and is not counted: it takes some twenty seconds of load until all that is asked for often is compiled
        // for good.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, shoot) in shots)
            {
                var load = await shoot(round == 0 ? 2 * seconds : seconds);
                if (round > 0)
                    report.Add(name, load);
            }
            Console.WriteLine(round == 0 ? "warm" : $"round {round} of {rounds}");
        }
        // What a node holds after a while: every answer it was asked for, up to the limit of the cache.
        await Wrk.Drive(servers.Caching.Url, [.. Asked.Items(slugs), .. Asked.Deep], 4 * seconds);
        report.Note("memory, caching, MB", servers.Caching.Memory("VmHWM"));
        report.Note("memory, keeping nothing, MB", servers.Uncached.Memory("VmHWM"));
        report.Note("start to first answer, s", await servers.FirstAnswer());
        Baseline.Write(corpus, report);
        return 0;
    }

    private static async Task<IReadOnlyList<string>> Slugs(Corpus corpus)
    {
        // As the owner: at a million articles it takes longer than a reader may.
        await using var content = new ContentDatabase(corpus.Connections);
        await using var connection = await content.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>(SlugsSql)];
    }

    private static async Task<IReadOnlyList<(string Name, Func<int, Task<Load>> Shoot)>> Shots(
        Corpus corpus,
        Servers servers,
        IReadOnlyList<string> slugs,
        string item
    )
    {
        await servers.Caching.Ask(Asked.List);
        var (_, etag, status) = await servers.Caching.Ask(Asked.List);
        if (!status.Contains("hit", StringComparison.Ordinal))
            throw new InvalidOperationException($"The second answer is no hit: {status}.");
        var filtered = await servers.Uncached.Answerable(Asked.Filtered);
        // Any article. One in a hundred is a draft and finds nothing, to the advantage of this side.
        var find =
            $"\\set n random(1, {corpus.Articles})\n{ArticleRepository.FindSql.Replace("@slug", "'article-' || :n::text", StringComparison.Ordinal)};\n";
        return
        [
            ("Kestrel, list", Http(servers.Kestrel, [new("/list")])),
            ("cached list", Http(servers.Caching, [new(Asked.List)])),
            ("cached list, 304", Http(servers.Caching, [new(Asked.List, null, etag)])),
            ("Kestrel, item", Http(servers.Kestrel, [new("/item")])),
            ("cached item", Http(servers.Caching, [new(item)])),
            ("uncached list", Http(servers.Uncached, Asked.Lists)),
            ("uncached list, deep cursor", Http(servers.Uncached, Asked.Deep)),
            ("Kestrel, cards", Http(servers.Kestrel, [new("/cards")])),
            ("cached cards", Http(servers.Caching, [new(Asked.Cards)])),
            ("uncached cards", Http(servers.Uncached, Asked.CardLists)),
            ("pgbench, item", Statement(find)),
            ("uncached item", Http(servers.Uncached, Asked.Items(slugs))),
            ("uncached filtered lists", Http(servers.Uncached, filtered)),
            ("Kestrel, filtered lists with fields", Http(servers.Kestrel, [new("/fields")])),
            ("uncached filtered lists with fields", Http(servers.Uncached, Asked.WithFields(filtered))),
            ("uncached filtered lists, one at a time", Http(servers.Uncached, filtered, connections: 1)),
        ];

        static Func<int, Task<Load>> Http(Served server, IEnumerable<Request> requests, int connections = Wrk.Connections)
        {
            IReadOnlyList<Request> asked = [.. requests];
            return async seconds =>
            {
                var before = server.Used;
                var load = await Wrk.Drive(server.Url, asked, seconds, connections);
                return load with { Processor = (server.Used - before).TotalMicroseconds / load.Requests };
            };
        }

        Func<int, Task<Load>> Statement(string script) =>
            async seconds => new Load(await Pgbench.Drive(corpus.Connections.Delivery, script, seconds), 0, 0, 0);
    }
}
