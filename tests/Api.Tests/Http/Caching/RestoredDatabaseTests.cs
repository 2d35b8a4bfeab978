using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;
using Npgsql;

namespace Api.Tests.Http.Caching;

/// <summary>A database that is put back to what it was some changes ago, under an API that goes on running.</summary>
public class RestoredDatabaseTests(TestServer server, ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_the_lost_history_is_shown()
    {
        string Line(string name) =>
            Some.Topic(
                new
                {
                    id = "6f6f3b0c-5e1c-4c3a-9a8e-0d4c6b1f0a01",
                    slug = "kept",
                    name,
                }
            );
        await api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Line("As it was saved"),
            Some.Article(new { slug = "on-it", topics = new[] { "kept" } })
        );
        var database = new NpgsqlConnectionStringBuilder(api.Connections.Content).Database!;
        await server.Execute($"alter database {database} allow_connections false");
        await server.Execute($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
        await Again(() => server.Execute($"create database {database}_saved template {database} owner content_owner"));
        await server.Execute($"alter database {database} allow_connections true");

        await Again(() => api.Import(Line("Lost"), Some.Article(new { slug = "lost", topics = new[] { "kept" } })));
        await Eventually.Is(async () => await Names("/v1/articles/on-it") == "Lost" && (await Slugs()).Contains("lost"));

        await server.Execute($"alter database {database} allow_connections false");
        await server.Execute($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
        await Again(() => server.Execute($"alter database {database} rename to {database}_lost"));
        await server.Execute($"alter database {database}_saved rename to {database}");
        NpgsqlConnection.ClearAllPools();
        await Eventually.Is(async () => !(await Slugs()).Contains("lost"));
        // Asked in another way each time, so that nothing is from memory.
        foreach (
            var path in new[]
            {
                "/v1/articles/on-it",
                "/v1/articles/on-it?fields=topics",
                "/v1/articles?slug=on-it",
                "/v1/articles?topic=kept",
            }
        )
            Assert.Equal("As it was saved", await Names(path));
        using var lost = await api.Client.GetAsync(new Uri("/v1/articles/lost", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, lost.StatusCode);
        await server.Execute($"drop database {database}_lost with (force)");
    }

    private async Task<string?> Names(string path)
    {
        using var answer = await api.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        if (!answer.IsSuccessStatusCode)
            return null;
        var data = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["data"]!;
        return (string?)(data is JsonArray all ? all[0]! : data)["topics"]![0]!["name"];
    }

    private async Task<string> Slugs()
    {
        using var answer = await api.Client.GetAsync(new Uri("/v1/articles", UriKind.Relative), Cancel);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(Cancel) : "lost";
    }

    // The API tries to connect all the time.
    private static async Task Again(Func<Task> act)
    {
        for (var patience = Stopwatch.StartNew(); ; )
        {
            try
            {
                await act();
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(50, Cancel);
            }
        }
    }
}
