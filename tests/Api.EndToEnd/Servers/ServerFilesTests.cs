using System.Diagnostics;
using System.Net;
using Api.Data;
using Api.Data.Server;
using Api.EndToEnd.Support;
using Api.Tests.Support;
using Npgsql;

namespace Api.EndToEnd.Servers;

/// <summary>A server of the operator's whose files somebody removes or replaces while it runs.</summary>
public class ServerFilesTests(ServerFilesTests.Fixture api) : IClassFixture<ServerFilesTests.Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Gone: 58P01. Not a library: XX000. Of another build, without a function: 42883.
    [Theory]
    [InlineData("gone")]
    [InlineData("no library")]
    [InlineData("of another build")]
    public async Task Readiness_says_that_a_file_is_not_as_it_was_and_readers_are_answered_all_the_same(string what)
    {
        var file = api.Postgres.Plpgsql;
        var good = await File.ReadAllBytesAsync(file, Cancel);
        await Until(HttpStatusCode.OK, "ready");
        switch (what)
        {
            case "no library":
                CopiedPostgres.Replace(file, "no library"u8.ToArray());
                break;
            case "of another build":
                CopiedPostgres.Replace(
                    file,
                    await File.ReadAllBytesAsync(file.Replace("plpgsql.", "pg_trgm.", StringComparison.Ordinal), Cancel)
                );
                break;
            default:
                File.Move(file, file + ".away");
                break;
        }
        try
        {
            await NewSessions();
            await Until(HttpStatusCode.ServiceUnavailable, "database-files");
            foreach (var path in new[] { $"/v1/search?q={Guid.NewGuid():N}", "/v1/articles", "/healthz" })
            {
                using var answer = await Ask(path);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }
        finally
        {
            if (File.Exists(file + ".away"))
                File.Move(file + ".away", file);
            else
                CopiedPostgres.Replace(file, good);
        }
        await Until(HttpStatusCode.OK, "ready");
        using var again = await Ask($"/v1/search?q={Guid.NewGuid():N}");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private Task<HttpResponseMessage> Ask(string path) => api.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    // A session goes on with what it has loaded.
    private async Task NewSessions()
    {
        await using var connection = new NpgsqlConnection(api.Superuser);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'content%'",
            connection
        );
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task Until(HttpStatusCode status, string what)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100, Cancel))
        {
            using var answer = await Ask("/readyz");
            var said = await answer.Content.ReadAsStringAsync(Cancel);
            if (answer.StatusCode == status && said.Contains($"\"{what}\"", StringComparison.Ordinal))
                return;
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), said);
        }
    }

    public sealed class Fixture(TestServer server) : ApiFixture(server)
    {
        private readonly TriedFolder tried = new();
        private Cluster? cluster;

        internal CopiedPostgres Postgres { get; private set; } = null!;

        public string Superuser { get; private set; } = "";

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
            if (cluster is not null)
                await cluster.Stop(CancellationToken.None);
            Postgres?.Dispose();
            await tried.DisposeAsync();
        }

        private protected override async Task<Connections> Connect()
        {
            Postgres = await CopiedPostgres.Make(Cancel);
            var folder = await tried.Open();
            cluster = new Cluster(folder, Postgres.Binaries);
            await cluster.Initialise("postgres", "secret", Cancel);
            await cluster.Launch(durable: false, Cancel);
            Superuser = $"Host={folder.Socket};Username=postgres;Password=secret;Database=postgres;Pooling=false";
            await using (var connection = new NpgsqlConnection(Superuser))
            {
                await connection.OpenAsync(Cancel);
                foreach (
                    var sql in new[]
                    {
                        "create role content_owner login createdb createrole password 'secret'",
                        "create database content owner content_owner",
                    }
                )
                {
                    await using var command = new NpgsqlCommand(sql, connection);
                    await command.ExecuteNonQueryAsync(Cancel);
                }
            }
            var connections = Connections.From($"Host={folder.Socket};Username=content_owner;Password=secret;Database=content", null);
            await using var content = new ContentDatabase(connections);
            await new Migrator(content, connections).Migrate(Cancel);
            return connections;
        }

        private protected override Task Disconnect(Connections connections) => Task.CompletedTask;

        protected override Task Seed() => Import(Some.ArticleType(new { slug = "brief" }), Some.Article());
    }
}
