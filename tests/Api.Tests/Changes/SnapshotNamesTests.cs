using System.Text.Json.Nodes;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Changes;

/// <summary>The names of other items in the items of a snapshot.</summary>
public class SnapshotNamesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_names_nothing_that_is_gone_before_the_publisher_has_seen_it()
    {
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("select pg_advisory_lock(7301188)");
        try
        {
            var soon = TimeProvider.System.GetUtcNow().AddSeconds(2);
            await api.Import(
                Some.ArticleType(new { slug = "brief" }),
                Some.Topic(new { slug = "brief-topic", expiresAt = soon }),
                Some.Expert(new { slug = "brief-expert", expiresAt = soon })
            );
            await api.Import(
                Some.Article(
                    new
                    {
                        slug = "outlives-its-topic",
                        topics = new[] { "brief-topic" },
                        experts = new[] { new { slug = "brief-expert", role = "author" } },
                    }
                )
            );
            // Its names are in memory now.
            await api.GetJson("/v1/articles/outlives-its-topic");
            await Task.Delay(
                soon.AddMilliseconds(100) - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
                Cancel
            );
            var snapshot = await api.Client.GetStringAsync(new Uri("/v1/snapshot", UriKind.Relative), Cancel);
            var article = snapshot
                .TrimEnd('\n')
                .Split('\n')
                .Select(line => JsonNode.Parse(line)!)
                .Single(line => line["slug"]?.GetValue<string>() == "outlives-its-topic")["item"]!;
            Assert.Empty(article["topics"]!.AsArray());
            Assert.Empty(article["experts"]!.AsArray());
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(7301188)");
            await api.Execute("select content.publish_due()");
        }
    }
}
