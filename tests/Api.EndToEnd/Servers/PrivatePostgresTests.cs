using Api.Data;
using Api.Data.Server;
using Api.EndToEnd.Support;
using Api.Tests.Support;
using Dapper;
using Npgsql;

namespace Api.EndToEnd.Servers;

public sealed class PrivatePostgresTests(PrivatePostgresTests.DataFolder data) : IClassFixture<PrivatePostgresTests.DataFolder>
{
    private readonly string folder = data.Tried.Path;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_keeps_the_data_and_disposing_stops_the_server()
    {
        await using (var first = await Start())
        {
            await Run(first, "drop table if exists kept; create table kept (n int)");
        }
        await using var again = await Start();
        await Run(again, "select n from kept");
    }

    [Fact]
    public async Task Disposing_leaves_no_process()
    {
        var server = await Start();
        var pid = await server.ProcessId(Cancel);
        Assert.NotNull(pid);
        await server.DisposeAsync();
        Assert.Null(await server.ProcessId(Cancel));
    }

    [Fact]
    public async Task A_killed_server_starts_again_with_its_data()
    {
        await using (var server = await Start(durable: true))
        {
            await Run(server, "drop table if exists kept; create table kept (n int)");
            await Kill(server);
        }
        await using var again = await Start(durable: true);
        await Run(again, "select n from kept");
    }

    [Fact]
    public async Task A_lock_file_whose_process_id_went_to_somebody_else_does_not_block()
    {
        await using (var server = await Start())
        {
            await Kill(server);
            var lockFile = (await data.Tried.Open()).PostmasterPid;
            var lines = await File.ReadAllLinesAsync(lockFile, Cancel);
            lines[0] = $"{Environment.ProcessId}";
            await File.WriteAllLinesAsync(lockFile, lines, Cancel);
        }
        await using var again = await Start();
        await Run(again, "select 1");
    }

    [Fact]
    public async Task A_running_server_is_adopted_and_outlives_the_first_of_two_users()
    {
        var first = await Start();
        // Looks like another process to the server.
        var other = new NpgsqlConnectionStringBuilder(first.SuperuserConnection) { ApplicationName = "another", Pooling = false };
        await using (var connection = new NpgsqlConnection(other.ConnectionString))
        {
            await connection.OpenAsync(Cancel);
            var pid = await first.ProcessId(Cancel);
            await first.DisposeAsync();
            Assert.Equal(pid, await first.ProcessId(Cancel));
            Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select 1"));
        }
        var second = await Start();
        await second.DisposeAsync();
        Assert.Null(await second.ProcessId(Cancel));
    }

    [Fact]
    public async Task A_statement_that_a_killed_process_left_running_keeps_no_server()
    {
        var server = await Start();
        // No system gives a process this number.
        var killed = new NpgsqlConnectionStringBuilder(server.SuperuserConnection) { ApplicationName = $"api-{int.MaxValue}" };
        await using var connection = new NpgsqlConnection(killed.ConnectionString);
        await connection.OpenAsync(Cancel);
        var busy = connection.ExecuteAsync(
            new CommandDefinition("do $$ begin loop end loop; end $$", commandTimeout: 0, cancellationToken: Cancel)
        );
        await server.DisposeAsync();
        Assert.Null(await server.ProcessId(Cancel));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => busy);
    }

    [Theory]
    [InlineData("killed")]
    [InlineData("starting")]
    public async Task A_process_that_ends_does_not_wait_for_another_that_starts_the_server(string state)
    {
        var server = await Start();
        var files = await data.Tried.Open();
        var lines = await File.ReadAllLinesAsync(files.PostmasterPid, Cancel);
        if (state == "killed")
            await Kill(server);
        else
            await File.WriteAllLinesAsync(files.PostmasterPid, [.. lines[..^1], "starting"], Cancel);
        using (await files.Lock(Cancel))
            await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        if (state == "starting")
            await File.WriteAllLinesAsync(files.PostmasterPid, lines, Cancel);
        await using var again = await Start();
        await Run(again, "select 1");
    }

    [Fact]
    public async Task A_process_that_ends_waits_for_another_that_may_leave_it_the_running_server()
    {
        var server = await Start();
        Task ending;
        using (await (await data.Tried.Open()).Lock(Cancel))
        {
            ending = server.DisposeAsync().AsTask();
            await Task.Delay(300, Cancel);
            Assert.False(ending.IsCompleted);
        }
        await ending;
        Assert.Null(await server.ProcessId(Cancel));
    }

    [Fact]
    public async Task Two_folders_run_at_once()
    {
        var servers = await Task.WhenAll(Start(), Start("two"));
        try
        {
            await Run(servers[0], "create table only_in_one (n int)");
            await Assert.ThrowsAsync<PostgresException>(() => Run(servers[1], "select n from only_in_one"));
        }
        finally
        {
            await servers[0].DisposeAsync();
            await servers[1].DisposeAsync();
        }
    }

    [Fact]
    public async Task A_folder_with_a_very_long_path_works()
    {
        await using var server = await Start(string.Join('/', Enumerable.Repeat("a folder with 'quotes' and spaces", 8)));
        await Run(server, "select 1");
    }

    [Fact]
    public async Task Data_of_another_version_is_refused_with_advice()
    {
        await using (await Start()) { }
        var version = Path.Combine((await data.Tried.Open()).Data, "PG_VERSION");
        var ours = await File.ReadAllTextAsync(version, Cancel);
        await File.WriteAllTextAsync(version, "16\n", Cancel);
        var refusal = await Assert.ThrowsAsync<SetupException>(() => Start());
        await File.WriteAllTextAsync(version, ours, Cancel);
        Assert.Contains("is of PostgreSQL 16", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("or delete that folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_is_no_superuser_and_strangers_need_a_password()
    {
        await using var server = await Start();
        await using var connection = new NpgsqlConnection(server.OwnerConnection);
        Assert.Equal("off", await connection.ExecuteScalarAsync<string>("show is_superuser"));
        NpgsqlConnection.ClearPool(connection);
        var wrong = new NpgsqlConnectionStringBuilder(server.OwnerConnection) { Password = "wrong", Pooling = false };
        await using var stranger = new NpgsqlConnection(wrong.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => stranger.OpenAsync(Cancel));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    private Task<PrivatePostgres> Start(string below = "", bool durable = false) =>
        PrivatePostgres.Start(TestServer.Settings("tests") with { DataFolder = Path.Combine(folder, below), Durable = durable }, Cancel);

    private static async Task Run(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.OwnerConnection) { Pooling = false }.ConnectionString
        );
        await connection.ExecuteAsync(sql);
    }

    private static async Task Kill(PrivatePostgres server)
    {
        using var postmaster = System.Diagnostics.Process.GetProcessById((await server.ProcessId(Cancel))!.Value);
        postmaster.Kill();
        await postmaster.WaitForExitAsync(Cancel);
    }

    /// <summary>The data folder of all servers of this class. The tests run one after the other, and creating a new folder takes seconds.</summary>
    public sealed class DataFolder : IAsyncDisposable
    {
        internal TriedFolder Tried { get; } = new();

        public ValueTask DisposeAsync() => Tried.DisposeAsync();
    }
}
