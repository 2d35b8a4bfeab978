using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Tests.Support;
using Npgsql;

namespace Api.EndToEnd.Servers;

/// <summary>A real PgBouncer in front of the database, in each of its modes, idle and under load.</summary>
public class PoolerTests(TestServer server, DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Waived = "Max Auto Prepare=0";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_answers_are_those_of_a_direct_connection()
    {
        const int requests = 10_000;
        await using var direct = await UncachedNode.Start(server, demo.Connections);
        await using var sessions = await PgBouncer.Start(demo.Connections, "session");
        await using var transactions = await PgBouncer.Start(demo.Connections, "transaction", poolSize: 3);
        await using var prepared = await UncachedNode.Start(server, sessions.Through());
        await using var unprepared = await UncachedNode.Start(server, transactions.Through(Waived));
        var expected = await Expected(direct);
        await Parallel.ForAsync(
            0,
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel },
            async (n, _) =>
            {
                // Each address in turn, beside others each time.
                var (address, answer) = expected[(int)(n / 2 * 7919L % expected.Count)];
                var own = await (n % 2 == 0 ? prepared : unprepared).Answer(address);
                Assert.True(
                    answer == own,
                    $"{address} answered {own.Status} through the pooler, and not as directly: {FirstDifference(answer.Text, own.Text)}"
                );
            }
        );
    }

    [Theory]
    [InlineData("transaction", "")]
    [InlineData("transaction", "Max Auto Prepare=50")]
    [InlineData("statement", "")]
    [InlineData("statement", Waived)]
    public async Task Shared_sessions_are_found_idle_and_under_load(string mode, string settings)
    {
        foreach (var (poolSize, others) in new[] { (1, 0), (2, 2), (4, 0), (4, 8) })
        {
            await using var pooler = await PgBouncer.Start(demo.Connections, mode, poolSize);
            await using var load = new Load(pooler.Through(), others);
            for (var n = 0; n < 8; n++)
            {
                await using var source = DataSources.Create(new NpgsqlDataSourceBuilder(pooler.Through(settings).Content), 1);
                await Assert.ThrowsAsync<SharedSessionException>(async () => await source.OpenConnectionAsync(Cancel));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Shared_sessions_are_found_behind_long_transactions_of_others(int poolSize)
    {
        await using var pooler = await PgBouncer.Start(demo.Connections, "transaction", poolSize);
        await using var load = new Load(pooler.Through(), clients: 2, seconds: 1.5);
        await using var source = DataSources.Create(new NpgsqlDataSourceBuilder(pooler.Through().Content), 1);
        await Assert.ThrowsAsync<SharedSessionException>(async () => await source.OpenConnectionAsync(Cancel));
    }

    [Fact]
    public async Task An_own_session_is_recognised_when_the_pooler_has_no_free_server_connection()
    {
        await using var pooler = await PgBouncer.Start(demo.Connections, "session", poolSize: 1);
        await using var source = DataSources.Create(new NpgsqlDataSourceBuilder(pooler.Through().Content), 1);
        await using var connection = await source.OpenConnectionAsync(Cancel);
        await using var command = new NpgsqlCommand("select 1", connection);
        Assert.Equal(1, await command.ExecuteScalarAsync(Cancel));
    }

    [Theory]
    [InlineData("session", "")]
    [InlineData("session", Waived)]
    [InlineData("transaction", Waived)]
    public async Task What_is_in_order_is_never_taken_for_shared(string mode, string settings)
    {
        await using var pooler = await PgBouncer.Start(demo.Connections, mode);
        await using var load = new Load(pooler.Through(), 6);
        for (var n = 0; n < 25; n++)
        {
            await using var source = DataSources.Create(new NpgsqlDataSourceBuilder(pooler.Through(settings).Content), 1);
            await using var connection = await source.OpenConnectionAsync(Cancel);
        }
    }

    [Fact]
    public async Task Every_command_refuses_shared_sessions_in_one_line()
    {
        await using var pooler = await PgBouncer.Start(demo.Connections, "transaction");
        var file = Path.GetTempFileName();
        string[][] commands =
        [
            ["serve", "--urls", "http://127.0.0.1:0"],
            ["import", "ndjson", file],
            ["mirror", "http://127.0.0.1:9", "--once"],
            ["migrate"],
            ["export", "ndjson", file],
        ];
        await Parallel.ForEachAsync(
            commands,
            Cancel,
            async (command, _) =>
            {
                using var api = ApiProcess.Start(command, ("ConnectionStrings__Content", pooler.Through().Content));
                Assert.Equal(1, await api.Exit(Cancel));
                Assert.Contains("set Max Auto Prepare=0", Assert.Single(api.Errors.Split('\n')), StringComparison.Ordinal);
            }
        );
        // The other login's connections may lead elsewhere.
        using (
            var api = ApiProcess.Start(
                ["serve", "--urls", "http://127.0.0.1:0"],
                ("ConnectionStrings__Content", demo.Connections.Content),
                ("ConnectionStrings__Delivery", pooler.Through().Delivery)
            )
        )
        {
            Assert.Equal(1, await api.Exit(Cancel));
            Assert.Contains("set Max Auto Prepare=0", Assert.Single(api.Errors.Split('\n')), StringComparison.Ordinal);
        }
        File.Delete(file);
    }

    [Fact]
    public async Task A_pooler_that_changes_its_mode_under_open_connections_gives_no_wrong_answer()
    {
        await using var pooler = await PgBouncer.Start(demo.Connections, "session");
        await using var node = await UncachedNode.Start(server, pooler.Through());
        var refused = await Disturbed(
            node,
            async asked =>
            {
                await asked(500);
                await pooler.Reload("transaction");
                await asked(500);
                await pooler.Reload("session");
            }
        );
        Assert.True(refused > 0);
    }

    [Fact]
    public async Task A_pooler_that_is_put_in_between_later_gives_no_wrong_answer()
    {
        await using var sessions = await PgBouncer.Start(demo.Connections, "session");
        await using var transactions = await PgBouncer.Start(demo.Connections, "transaction");
        var used = sessions;
        await using var network = TcpProxy.Start(() => new Uri($"http://127.0.0.1:{used.Port}"));
        string Through(string connection) =>
            new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = network.Port }.ConnectionString;
        await using var node = await UncachedNode.Start(
            server,
            new Connections(Through(demo.Connections.Content), Through(demo.Connections.Delivery))
        );
        var refused = await Disturbed(
            node,
            async asked =>
            {
                await asked(500);
                used = transactions;
                network.Cut();
                await asked(500);
                used = sessions;
                network.Cut();
            }
        );
        Assert.True(refused > 0);
    }

    [Fact]
    public async Task All_works_with_shared_sessions_when_the_connection_string_says_so()
    {
        var connections = await server.Blank();
        await using (var pooler = await PgBouncer.Start(connections, "transaction", poolSize: 8))
        {
            var through = pooler.Through(Waived);
            (string Name, string? Value)[] settings =
            [
                ("ConnectionStrings__Content", through.Content),
                ("ConnectionStrings__Delivery", null),
                ("Serilog__MinimumLevel__Default", "Warning"),
            ];
            // Two at once: one waits for the other.
            await using (var first = new ContentDatabase(through))
            await using (var second = new ContentDatabase(through))
                Assert.Single(
                    await Task.WhenAll(new Migrator(first, through).Migrate(Cancel), new Migrator(second, through).Migrate(Cancel)),
                    ran => ran.Count > 0
                );

            var origin = demo.Client.BaseAddress!.ToString();
            using (var following = ApiProcess.Start(["mirror", origin], settings))
            {
                var patience = Stopwatch.StartNew();
                while (!following.Output.Contains("Up to", StringComparison.Ordinal) && patience.Elapsed < TimeSpan.FromMinutes(1))
                    await Task.Delay(50, Cancel);
                using var besides = ApiProcess.Start(["mirror", origin, "--release"], settings);
                Assert.Equal(1, await besides.Exit(Cancel));
                Assert.Contains("another process is mirroring", Assert.Single(besides.Errors.Split('\n')), StringComparison.Ordinal);
                following.Terminate();
                Assert.Equal(0, await following.Exit(Cancel));
            }
            using (var verify = ApiProcess.Start(["mirror", origin, "--verify"], settings))
                Assert.True(await verify.Exit(Cancel) == 0, $"{verify.Output}{verify.Errors}");
            using (var release = ApiProcess.Start(["mirror", origin, "--release"], settings))
                Assert.True(await release.Exit(Cancel) == 0, release.Errors);

            using var api = ApiProcess.Start(["serve", "--urls", "http://127.0.0.1:0"], settings);
            using var client = new HttpClient { BaseAddress = await api.Listening(Cancel) };
            await using var database = NpgsqlDataSource.Create(connections.Content);
            await using var ask = database.CreateCommand("select now() + interval '4 seconds'");
            var soon = (DateTime)(await ask.ExecuteScalarAsync(Cancel))!;
            var file = Path.GetTempFileName();
            await File.WriteAllLinesAsync(
                file,
                [
                    Some.Topic(new { slug = "new" }),
                    Some.Article(new { slug = "now" }),
                    Some.Article(new { slug = "later", publicationStatus = "draft" }),
                    Some.Article(
                        new
                        {
                            slug = "soon",
                            publicationStatus = "scheduled",
                            publishedAt = soon,
                        }
                    ),
                ],
                Cancel
            );
            Assert.Equal("404 404 404", await Statuses(client, "topics/new", "articles/now", "articles/soon"));
            using (var import = ApiProcess.Start(["import", "ndjson", file], settings))
                Assert.True(await import.Exit(Cancel) == 0, $"{import.Output}{import.Errors}");
            // Without announcements it asks twice a second.
            await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
            Assert.Equal("200 200", await Statuses(client, "topics/new", "articles/now"));
            var due = Stopwatch.StartNew();
            while (await Statuses(client, "articles/soon") != "200" && due.Elapsed < TimeSpan.FromSeconds(10))
                await Task.Delay(50, Cancel);
            Assert.Equal("200", await Statuses(client, "articles/soon"));
            await Previews(client, settings);
            using (var export = ApiProcess.Start(["export", "ndjson", file], settings))
                Assert.Equal(0, await export.Exit(Cancel));
            Assert.Contains("\"slug\":\"soon\"", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
            File.Delete(file);
        }
        await server.Drop(connections);
    }

    // What a preview sets for its transaction reaches no other, although all share the sessions.
    private static async Task Previews(HttpClient client, (string Name, string? Value)[] settings)
    {
        using var create = ApiProcess.Start(["key", "create", "--name", "editor", "--scope", "preview"], settings);
        Assert.True(await create.Exit(Cancel) == 0, create.Errors);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel },
            async (n, _) =>
            {
                using var drafts = SomeKey.Request("/v1/articles?slug=later&preview=drafts", create.Output.Trim());
                using var open = SomeKey.Request($"/v1/articles/{(n % 2 == 0 ? "later" : "now")}?fields=title", null);
                var asked = new[] { client.SendAsync(drafts, Cancel), client.SendAsync(open, Cancel) };
                using var first = await asked[0];
                using var second = await asked[1];
                Assert.Contains("\"later\"", await first.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
                Assert.Equal(n % 2 == 0 ? HttpStatusCode.NotFound : HttpStatusCode.OK, second.StatusCode);
            }
        );
    }

    // Asks while something is changed: each answer is the right one, or 503; in the end all are right again.
    private async Task<int> Disturbed(UncachedNode node, Func<Func<int, Task>, Task> change)
    {
        await using var direct = await UncachedNode.Start(server, demo.Connections);
        var expected = (await Expected(direct)).Where(one => one.Answer.Status == 200).Take(60).ToList();
        var (asked, refused, rightInARow) = (0, 0, 0);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var asking = Enumerable
            .Range(0, 8)
            .Select(async client =>
            {
                for (var n = client; !over.IsCancellationRequested; n++)
                {
                    var (address, answer) = expected[n * 7 % expected.Count];
                    var own = await node.Answer(address);
                    Interlocked.Increment(ref asked);
                    if (own.Status == 503)
                    {
                        Interlocked.Increment(ref refused);
                        Interlocked.Exchange(ref rightInARow, 0);
                        continue;
                    }
                    Assert.True(
                        answer == own,
                        $"{address} answered {own.Status} through the pooler, and not as directly: {FirstDifference(answer.Text, own.Text)}"
                    );
                    Interlocked.Increment(ref rightInARow);
                }
            })
            .ToList();
        try
        {
            await change(async more => await Until(() => Volatile.Read(ref asked), Volatile.Read(ref asked) + more));
            Interlocked.Exchange(ref rightInARow, 0);
            await Until(() => Volatile.Read(ref rightInARow), 300);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(asking);
        }
        return refused;

        async Task Until(Func<int> counted, int least)
        {
            var patience = Stopwatch.StartNew();
            while (counted() < least && !asking.Any(client => client.IsFaulted))
            {
                Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"{asked} asked, {refused} refused");
                await Task.Delay(10, Cancel);
            }
        }
    }

    // What a node answers at all kinds of addresses; nothing that waits, and of what is long only some, as it takes its time to be written.
    private static async Task<IReadOnlyList<(string Address, (string Text, int Status) Answer)>> Expected(UncachedNode direct)
    {
        var addresses = new Addresses
        {
            Slugs = ["a-longer-view", "sea-lanes", "china", "tariff-tables-for-fifty-ports"],
            Values = ["china", "brief", "sea-lanes"],
            Searches = ["strait"],
            Crossed = false,
        }
            .Of(direct.Services)
            .Where(address => !address.Contains("wait=", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        Assert.True(addresses.Count > 300, $"only {addresses.Count}");
        var answers = new ConcurrentDictionary<string, (string, int)>();
        await Parallel.ForEachAsync(addresses, Cancel, async (address, _) => answers[address] = await direct.Answer(address));
        Assert.DoesNotContain(answers, answer => answer.Value.Item2 >= 500);
        return
        [
            .. addresses
                .Where((address, n) => n % 20 == 0 || answers[address].Item1.Length < 20_000)
                .Select(address => (address, answers[address])),
        ];
    }

    // On one line, as a summary shows only the first ones.
    private static string FirstDifference(string expected, string actual)
    {
        var at = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        string From(string text) => text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)].Replace('\n', ' ');
        return $"…{From(expected)}… but …{From(actual)}…";
    }

    private static async Task<string> Statuses(HttpClient client, params string[] paths)
    {
        List<int> statuses = [];
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(new Uri($"/v1/{path}", UriKind.Relative), Cancel);
            statuses.Add((int)answer.StatusCode);
        }
        return string.Join(' ', statuses);
    }

    /// <summary>Other clients of the pooler, each a transaction after the other.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private readonly CancellationTokenSource over = new();
        private readonly NpgsqlDataSource source;
        private readonly List<Task> clients;
        private readonly double? seconds;

        /// <param name="connections">The database through the pooler.</param>
        /// <param name="clients">How many at once.</param>
        /// <param name="seconds">How long each transaction takes; by default 0 to 3 ms.</param>
        public Load(Connections connections, int clients, double? seconds = null)
        {
            this.seconds = seconds;
            source = NpgsqlDataSource.Create($"{connections.Content};Pooling=false;{Waived}");
            this.clients = [.. Enumerable.Range(0, clients).Select(Run)];
        }

        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            await Task.WhenAll(clients);
            await source.DisposeAsync();
            over.Dispose();
        }

        private async Task Run(int client)
        {
            await using var connection = await source.OpenConnectionAsync();
            for (var n = client; !over.IsCancellationRequested; n++)
            {
                await using var command = new NpgsqlCommand("select pg_sleep($1)", connection)
                {
                    Parameters = { new() { Value = seconds ?? 0.001 * (n % 4) } },
                };
                await command.ExecuteNonQueryAsync();
            }
        }
    }
}
