using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Api.Data;
using Dapper;

namespace Api.Benchmarks;

/// <summary>
/// Measures lists that are not cached, asked for by readers of one network, while robots of another network send a thousand different
/// searches a second; on a node that limits the searches of a network, and on one that does not.
/// </summary>
internal static class Robots
{
    private const int SearchesPerSecond = 1_000;

    // About 200 requests a second.
    private const int Connections = 8;
    private const int Pause = 40;

    public static async Task<int> Run(int articles, int seconds, int rounds)
    {
        await using var corpus = await Corpus.Open(articles);
        var (limited, open) = await Servers.Searched(corpus);
        using (limited)
        using (open)
        {
            Request[] lists = [.. Asked.Filtered, .. Asked.Deep];
            lists = [.. (await limited.Answerable(lists)).Select(list => list with { From = "199.7.83.1" })];
            Random.Shared.Shuffle(lists);
            string[] words = await Words(corpus);
            var searches = Searches(words).GetEnumerator();
            var ratios = new Dictionary<string, List<double>> { ["with the limit"] = [], ["without"] = [] };
            // The first round warms up.
            for (var n = 0; n <= rounds; n++)
            {
                foreach (var (name, node) in new[] { ("with the limit", limited), ("without", open) })
                {
                    var (quiet, idle) = await Measure(node, lists, seconds);
                    await using var walk = new Walk(node, searches);
                    await Task.Delay(TimeSpan.FromSeconds(1));
                    var (busy, used) = await Measure(node, lists, seconds);
                    await walk.DisposeAsync();
                    Write(
                        $"{name}: quiet {Text(quiet, idle)}; with robots {Text(busy, used)}; p99 {busy.P99 / quiet.P99:0.0} x; robots: {walk.Report}"
                    );
                    if (n > 0)
                        ratios[name].Add(busy.P99 / quiet.P99);
                }
            }
            foreach (var (name, all) in ratios)
                Write($"{name}: p99 with robots {all.Order().ElementAt(all.Count / 2):0.0} times the quiet one");
        }
        return 0;
    }

    // Also the share of a processor that the node uses, in percent.
    private static async Task<(Load Load, double Used)> Measure(Served node, Request[] lists, int seconds)
    {
        var (before, begun) = (node.Used, Stopwatch.GetTimestamp());
        var load = await Wrk.Pace(node.Url, lists, seconds, Connections, Pause);
        return (load, (node.Used - before) / Stopwatch.GetElapsedTime(begun) * 100);
    }

    private static string Text(Load load, double used) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {load.P50:0.0} ms, p99 {load.P99:0.0} ms ({load.PerSecond:0} a second, {load.Failed} failed, {used:0} % of a processor)"
        );

    private static async Task<string[]> Words(Corpus corpus)
    {
        await using var content = new ContentDatabase(corpus.Connections);
        await using var owner = await content.DataSource.OpenConnectionAsync();
        return [.. await owner.QueryAsync<string>("select word from corpus_words group by word order by min(n)")];
    }

    // As the links of a page with a search field and facets lead to them. None comes twice.
    private static IEnumerable<string> Searches(string[] words)
    {
        var random = new Random(42);
        var pair = Shapes.All.First(shape => shape.Name == "any pair of filters").Make;
        var sent = new HashSet<string>();
        while (true)
        {
            var (common, middling) = (words[random.Next(10, 300)], words[random.Next(300, 5_000)]);
            var path = random.Next(3) switch
            {
                0 => $"/v1/search?q={common}+{middling}&facets=resource",
                1 => $"/v1/articles?q={middling}&{pair(random)}",
                _ => $"/v1/articles?facets=type,topic,expert,year,source&{pair(random)}&page={random.Next(1, 4)}",
            };
            if (sent.Add(path))
                yield return path;
        }
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    // Sends searches at a steady rate, however long the answers take, until it is disposed of.
    private sealed class Walk : IAsyncDisposable
    {
        private readonly CancellationTokenSource end = new();
        private readonly ConcurrentDictionary<HttpStatusCode, int> answers = new();
        private readonly HttpClient http;
        private readonly Task sending;
        private TimeSpan took;

        public Walk(Served node, IEnumerator<string> searches)
        {
            http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(node.Url) };
            sending = Task.Run(() => Send(searches));
        }

        public string Report =>
            string.Create(CultureInfo.InvariantCulture, $"{answers.Values.Sum() / took.TotalSeconds:0} answers a second, ")
            + string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{(int)answer.Key}: {answer.Value}"));

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await sending;
            http.Dispose();
        }

        private async Task Send(IEnumerator<string> searches)
        {
            var begun = Stopwatch.GetTimestamp();
            var asked = new List<Task>();
            while (!end.IsCancellationRequested)
            {
                for (var due = Stopwatch.GetElapsedTime(begun).TotalSeconds * SearchesPerSecond; asked.Count < due; )
                {
                    searches.MoveNext();
                    asked.Add(Ask(searches.Current, asked.Count));
                }
                await Task.Delay(1);
            }
            took = Stopwatch.GetElapsedTime(begun);
            await Task.WhenAll(asked);
        }

        private async Task Ask(string path, int number)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Add("X-Forwarded-For", $"198.41.0.{number % 256}");
            try
            {
                using var answer = await http.SendAsync(request);
                answers.AddOrUpdate(answer.StatusCode, 1, (_, before) => before + 1);
            }
            catch (HttpRequestException)
            {
                answers.AddOrUpdate(0, 1, (_, before) => before + 1);
            }
        }
    }
}
