using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Api.Tests;

public class HealthTests(HealthTests.Fixture api) : IClassFixture<HealthTests.Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/healthz", "text/plain; charset=utf-8", "ok\n")]
    [InlineData("/readyz", "application/json", """{"status":"ready","reasons":[]}""")]
    public async Task A_process_with_its_database_is_live_and_ready(string path, string type, string body)
    {
        await Until();
        using var answer = await api.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancel));
        using var head = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancel);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(body.Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Without_its_database_a_process_is_live_and_says_why_it_is_not_ready()
    {
        await Until();
        api.Network.Refuse();
        try
        {
            await Until("database-unreachable");
            using (var live = await api.Client.GetAsync(new Uri("/healthz", UriKind.Relative), Cancel))
                Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            using (var ready = await api.Client.GetAsync(new Uri("/readyz", UriKind.Relative), Cancel))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
                Assert.InRange(ready.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
                Assert.Equal("no-store", ready.Headers.CacheControl?.ToString());
                Assert.StartsWith(
                    """{"status":"not-ready","reasons":[{"code":"database-unreachable","detail":"The database does not answer."}""",
                    await ready.Content.ReadAsStringAsync(Cancel),
                    StringComparison.Ordinal
                );
            }
            using (var live = ApiProcess.Start(["health", api.Client.BaseAddress!.ToString()]))
                Assert.Equal(0, await live.Exit(Cancel));
            using (var ready = ApiProcess.Start(["health", api.Client.BaseAddress!.ToString(), "--ready"]))
            {
                Assert.Equal(1, await ready.Exit(Cancel));
                Assert.Contains("\"database-unreachable\"", ready.Errors, StringComparison.Ordinal);
            }
            api.Clock.Jump(TimeSpan.FromSeconds(11));
            await Until("database-unreachable", "publisher-late", "changes-behind");
        }
        finally
        {
            api.Network.Admit();
            api.Database.Clear();
        }
        await Until();
    }

    [Fact]
    public async Task A_database_that_is_behind_is_a_reason()
    {
        const string take =
            "delete from public.schema_migrations where scriptname = (select max(scriptname) from public.schema_migrations) returning scriptname";
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        var name = await connection.ExecuteScalarAsync<string>(take);
        await Until("migrations-pending");
        await connection.ExecuteAsync("insert into public.schema_migrations (scriptname, applied) values (@name, now())", new { name });
        await Until();
    }

    [Fact]
    public async Task A_database_without_what_requests_ask_for_is_a_reason()
    {
        await api.Execute("revoke select on delivery.head from content_reader");
        // The changes are read from there as well.
        await Until("database-failing", "changes-behind");
        await api.Execute("grant select on delivery.head to content_reader");
        await Until();
    }

    [Fact]
    public async Task Publishing_that_is_held_up_is_a_reason()
    {
        await using var another = await api.Database.OpenConnectionAsync(Cancel);
        await another.ExecuteAsync("select pg_advisory_lock(7301188)");
        var slug = Some.Slug("scheduled");
        await api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Article(
                new
                {
                    slug,
                    publicationStatus = "scheduled",
                    publishedAt = TimeProvider.System.GetUtcNow().AddSeconds(2).UtcDateTime,
                }
            )
        );
        await Until(TimeSpan.FromSeconds(11), "publisher-late");
        await another.ExecuteAsync("select pg_advisory_unlock(7301188)");
        await Until();
        await api.GetJson($"/v1/articles/{slug}");
    }

    [Fact]
    public async Task However_often_it_is_asked_readiness_asks_the_database_once_a_second()
    {
        await Until();
        var (before, asked) = (api.Network.Accepted, Stopwatch.StartNew());
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => RawRequest.Send(api.Client.BaseAddress!, "/readyz", Cancel)));
        Assert.All(answers, status => Assert.Equal(200, status));
        // Each time in a session of its own. A pool may add one now and then.
        Assert.InRange(api.Network.Accepted - before, 0, asked.Elapsed.TotalSeconds + 10);
    }

    private Task Until(params string[] codes) => Until(TimeSpan.Zero, codes);

    // Whatever is late for as long as the clock jumps catches up within a second, unless it cannot.
    private async Task Until(TimeSpan jump, params string[] codes)
    {
        var (waited, said) = (Stopwatch.StartNew(), "");
        for (var nextJump = TimeSpan.FromSeconds(3); ; )
        {
            using var answer = await api.Client.GetAsync(new Uri("/readyz", UriKind.Relative), Cancel);
            said = await answer.Content.ReadAsStringAsync(Cancel);
            if (codes.SequenceEqual(JsonNode.Parse(said)!["reasons"]!.AsArray().Select(reason => reason!["code"]!.GetValue<string>())))
                return;
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), string.Create(CultureInfo.InvariantCulture, $"It says {said}"));
            await Task.Delay(100, Cancel);
            if (jump == TimeSpan.Zero || waited.Elapsed < nextJump)
                continue;
            api.Clock.Jump(jump);
            nextJump = waited.Elapsed + TimeSpan.FromSeconds(5);
        }
    }

    /// <summary>An API that reaches its database through a network that can fail, and whose clock may jump ahead.</summary>
    public sealed class Fixture(TestServer server) : ApiFixture(server)
    {
        internal TcpProxy Network { get; private set; } = null!;

        internal JumpingClock Clock { get; } = new();

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Network.DisposeAsync();
        }

        private protected override async Task<Connections> Connect()
        {
            var direct = new NpgsqlConnectionStringBuilder((await base.Connect()).Content);
            Network = TcpProxy.Start(Path.Combine(direct.Host!, $".s.PGSQL.{direct.Port}"));
            return Connections.From(
                new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = Network.Port }.ConnectionString,
                null
            );
        }

        protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Clock);
    }

    internal sealed class JumpingClock : TimeProvider
    {
        private long ahead;

        public void Jump(TimeSpan by) => Interlocked.Add(ref ahead, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref ahead);
    }
}
