using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Api.Data;
using Dapper;

namespace Api.Benchmarks;

/// <summary>Measures how long a commit of one article takes until the list of the last changed shows it, on two nodes at once.</summary>
internal static class Commits
{
    private const string Newest = "/v1/articles?sort=-updatedAt&limit=1&fields=title";

    // Tells titles of this run from those of an earlier one.
    private static readonly string Name = $"Commit {Guid.NewGuid():N} ";

    public static async Task<int> Run(int articles, int commits, int perSecond)
    {
        await using var corpus = await Corpus.Open(articles);
        var (one, other) = await Servers.Two(corpus);
        using (one)
        using (other)
        {
            // The first five seconds warm up and are not counted.
            var warm = 5 * perSecond;
            var made = new long[warm + commits + 1];
            var seen = await Task.WhenAll(Watch(one, made.Length - 1), Watch(other, made.Length - 1), Write(corpus, made, perSecond));
            foreach (var (node, times) in seen.SkipLast(1).Index())
            {
                var late = times
                    .Skip(1 + warm)
                    .Zip(made.Skip(1 + warm), (at, commit) => Math.Max(0, Stopwatch.GetElapsedTime(commit, at).TotalMilliseconds))
                    .Order()
                    .ToList();
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"node {node + 1}: {commits} commits, {perSecond} a second: p50 {late[late.Count / 2]:0.0} ms, p99 {late[late.Count * 99 / 100]:0.0} ms, most {late[^1]:0.0} ms"
                    )
                );
            }
        }
        return 0;
    }

    private static async Task<long[]> Write(Corpus corpus, long[] made, int perSecond)
    {
        await using var content = new ContentDatabase(corpus.Connections);
        await using var connection = await content.DataSource.OpenConnectionAsync();
        int[] items = [.. await connection.QueryAsync<int>("select item_id from delivery.articles order by published_at desc limit 1000")];
        // So that both have connections, and what is asked for is compiled.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var begun = Stopwatch.GetTimestamp();
        for (var n = 1; n < made.Length; n++)
        {
            var due = TimeSpan.FromSeconds((double)n / perSecond) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            await connection.ExecuteAsync(Corpus.RetitleSql, new { title = $"{Name}{n}", item = items[n % items.Length] });
            made[n] = Stopwatch.GetTimestamp();
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(made.Length - 1) / Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} commits a second"
            )
        );
        return made;
    }

    private static async Task<long[]> Watch(Served node, int commits)
    {
        var seen = new long[commits + 1];
        for (var last = 0; last < commits; )
        {
            using var answer = JsonDocument.Parse((await node.Ask(Newest)).Body);
            var title = answer.RootElement.GetProperty("data")[0].GetProperty("title").GetString()!;
            var number = title.StartsWith(Name, StringComparison.Ordinal)
                ? int.Parse(title[Name.Length..], CultureInfo.InvariantCulture)
                : 0;
            var now = Stopwatch.GetTimestamp();
            while (last < number)
                seen[++last] = now;
            await Task.Delay(1);
        }
        return seen;
    }
}
