using Api.Data;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Data;

public class MigratorTests(TestServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_pending_on_a_blank_database_and_nothing_after_a_run()
    {
        var connections = await server.Blank();
        await using (var content = new ContentDatabase(connections))
        {
            var migrator = new Migrator(content, connections);
            var pending = await migrator.Pending(Cancel);
            Assert.StartsWith("0001_", pending[0], StringComparison.Ordinal);
            Assert.Equal(pending.Order(StringComparer.Ordinal), pending);

            Assert.Equal(pending, await migrator.Migrate(Cancel));
            Assert.Empty(await migrator.Pending(Cancel));
            Assert.Empty(await migrator.Migrate(Cancel));
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task Two_at_once_run_each_script_once()
    {
        var connections = await server.Blank();
        await using (var one = new ContentDatabase(connections))
        await using (var two = new ContentDatabase(connections))
        {
            var ran = await Task.WhenAll(new Migrator(one, connections).Migrate(Cancel), new Migrator(two, connections).Migrate(Cancel));
            Assert.Contains(ran, names => names.Count == 0);
            Assert.Contains(ran, names => names.Count > 0);
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_failing_script_is_named_and_leaves_nothing_of_itself()
    {
        var connections = await server.Blank();
        await using (var content = new ContentDatabase(connections))
        {
            await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
            await connection.ExecuteAsync("create schema delivery");
            var failure = await Assert.ThrowsAsync<SetupException>(() => new Migrator(content, connections).Migrate(Cancel));
            Assert.Contains("0001_", failure.Message, StringComparison.Ordinal);
            Assert.False(await connection.ExecuteScalarAsync<bool>("select to_regnamespace('content') is not null"));
        }
        await server.Drop(connections);
    }
}
