using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Api.Data.Server;
using Api.EndToEnd.Support;
using Dapper;
using Npgsql;

namespace Api.EndToEnd.Servers;

public sealed class SupervisorTests(SupervisorTests.DataFolder data) : IAsyncLifetime, IClassFixture<SupervisorTests.DataFolder>
{
    private readonly ConcurrentQueue<string> told = new();
    private readonly PrivatePostgresSettings settings = data.Settings;
    private PrivatePostgres server = null!;
    private PrivateFolder folder = null!;
    private Supervisor supervisor = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await PrivatePostgres.Start(settings, Cancel);
        folder = await PrivateFolder.Open(settings, Cancel);
        supervisor = new Supervisor(server, told.Enqueue);
    }

    public async ValueTask DisposeAsync()
    {
        await supervisor.DisposeAsync();
        await server.DisposeAsync();
        Assert.Empty(await Processes());
    }

    [Fact]
    public async Task A_server_that_is_killed_runs_again_with_its_data()
    {
        await Run("drop table if exists kept; create table kept (n int)");
        var killed = await Kill();
        await RunsAgain(killed);
        await Run("select n from kept");
        Assert.Collection(
            told,
            sentence => Assert.Equal("The private PostgreSQL server has died: starting it again.", sentence),
            sentence => Assert.StartsWith("The private PostgreSQL server runs again, after ", sentence, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_statement_that_a_killed_server_left_running_holds_nobody_up()
    {
        await using var connection = new NpgsqlConnection(server.SuperuserConnection);
        await connection.OpenAsync(Cancel);
        // It waits for nothing, and so does not notice that the postmaster has gone.
        var busy = connection.ExecuteAsync(
            new CommandDefinition("do $$ begin loop end loop; end $$", commandTimeout: 0, cancellationToken: Cancel)
        );
        await Task.Delay(200, Cancel);
        await RunsAgain(await Kill());
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => busy);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("socket lock")]
    [InlineData("socket folder")]
    [InlineData("data lock")]
    public async Task A_server_whose_files_a_cleaner_removed_is_reached_again(string what)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        var before = (await server.ProcessId(Cancel))!.Value;
        switch (what)
        {
            case "socket folder":
                Directory.Delete(folder.Socket, recursive: true);
                break;
            case "data lock":
                File.Delete(folder.PostmasterPid);
                break;
            default:
                File.Delete(folder.SocketFiles[what == "socket" ? 0 : 1]);
                break;
        }
        await RunsAgain(before);
        Assert.All(folder.SocketFiles, file => Assert.True(File.Exists(file)));
        Assert.Equal(
            "The private PostgreSQL server cannot be reached any more, as its socket or a lock file was removed: starting it again.",
            told.First()
        );
        Assert.Single(await Processes(), process => process.Contains(" -D ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_does_not_start_is_tried_less_and_less_often_and_the_reason_is_told_once()
    {
        var settingsFile = Path.Combine(folder.Data, "postgresql.auto.conf");
        await File.AppendAllTextAsync(settingsFile, "no_such_setting = on\n", Cancel);
        var killed = await Kill();
        await Until(() => told.Count >= 2);
        Assert.StartsWith(
            "The private PostgreSQL server cannot be started again, retrying: PostgreSQL did not start",
            told.ElementAt(1),
            StringComparison.Ordinal
        );
        await Until(async () => (await Starts()).Count >= 5);
        var starts = await Starts();
        Assert.Equal(2, told.Count);
        Assert.True(starts[4] - starts[3] > starts[2] - starts[1], string.Join(", ", starts));
        await File.WriteAllTextAsync(settingsFile, "", Cancel);
        await RunsAgain(killed);

        async Task<List<DateTime>> Starts() =>
            [
                .. (await Log())
                    .Where(line => line.Contains("\"no_such_setting\"", StringComparison.Ordinal))
                    .Select(line => DateTime.Parse(line[..23], CultureInfo.InvariantCulture)),
            ];
    }

    [Fact]
    public async Task A_server_whose_installation_gave_way_to_another_major_version_runs_on_and_the_cure_is_told()
    {
        var before = await server.ProcessId(Cancel);
        var version = Path.Combine(folder.Data, "PG_VERSION");
        var ours = await File.ReadAllTextAsync(version, Cancel);
        var startedFrom = await File.ReadAllLinesAsync(folder.StartedFrom, Cancel);
        await File.WriteAllTextAsync(version, "14\n", Cancel);
        await File.WriteAllLinesAsync(folder.StartedFrom, [.. startedFrom[..2], "another"], Cancel);
        try
        {
            await Until(() => told.Count >= 2);
            Assert.Equal("The private PostgreSQL server runs on files that have been replaced: starting it again.", told.First());
            Assert.Matches("is of PostgreSQL 14, but (there is only|this machine has none)", told.ElementAt(1));
            Assert.Equal(before, await server.ProcessId(Cancel));
        }
        finally
        {
            await File.WriteAllTextAsync(version, ours, Cancel);
        }
        await RunsAgain(before!.Value);
    }

    [Fact]
    public async Task Two_supervisors_of_one_server_start_it_once()
    {
        await using var other = await PrivatePostgres.Start(settings, Cancel);
        var toldOther = new ConcurrentQueue<string>();
        await using var second = new Supervisor(other, toldOther.Enqueue);
        var before = (await Log()).Length;
        await RunsAgain(await Kill());
        await Until(() => told.Count == 2 && toldOther.Count == 2);
        Assert.Single((await Log())[before..], line => line.Contains("starting PostgreSQL", StringComparison.Ordinal));
        Assert.Single(await Processes(), process => process.Contains(" -D ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_stops_during_a_restart_leaves_no_process()
    {
        for (var milliseconds = 0; milliseconds < 800; milliseconds += 200)
        {
            await Kill();
            await Until(() => !told.IsEmpty);
            await Task.Delay(milliseconds, Cancel);
            await supervisor.DisposeAsync();
            await server.DisposeAsync();
            Assert.Empty(await Processes());
            told.Clear();
            server = await PrivatePostgres.Start(settings, Cancel);
            supervisor = new Supervisor(server, told.Enqueue);
        }
    }

    private async Task<int> Kill()
    {
        var id = (await server.ProcessId(Cancel))!.Value;
        using var postmaster = Process.GetProcessById(id);
        postmaster.Kill();
        await postmaster.WaitForExitAsync(Cancel);
        return id;
    }

    private async Task RunsAgain(int before)
    {
        var waited = Stopwatch.StartNew();
        await Until(async () => await server.ProcessId(Cancel) is { } now && now != before && await Answers());
        TestContext.Current.SendDiagnosticMessage($"It runs again after {waited.Elapsed.TotalSeconds:0.0} s.");
        await Until(() => told.LastOrDefault()?.Contains("runs again", StringComparison.Ordinal) == true);
    }

    private async Task<bool> Answers()
    {
        try
        {
            await Run("select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.OwnerConnection) { Pooling = false }.ConnectionString
        );
        await connection.ExecuteAsync(sql);
    }

    private Task<string[]> Log() => File.ReadAllLinesAsync(folder.Log, Cancel);

    // Of this server, whatever they call themselves.
    private async Task<string[]> Processes() =>
        [
            .. (await Tool.Run("ps", ["-axo", "command="], CancellationToken.None))
                .Output.Split('\n')
                .Where(line =>
                    line.StartsWith($"postgres: {folder.Name}:", StringComparison.Ordinal)
                    || line.Contains($" {folder.Data} ", StringComparison.Ordinal)
                ),
        ];

    private static Task Until(Func<bool> happened) => Until(() => Task.FromResult(happened()));

    private static async Task Until(Func<Task<bool>> happened)
    {
        var waited = Stopwatch.StartNew();
        while (!await happened())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), "It did not happen within a minute.");
            await Task.Delay(50, Cancel);
        }
    }

    /// <summary>
    /// The data folder of all servers of this class. The tests run one after the other, and creating a new folder takes seconds. Committed
    /// data must survive a crash.
    /// </summary>
    public sealed class DataFolder : IAsyncDisposable
    {
        private readonly TriedFolder tried = new();

        internal PrivatePostgresSettings Settings => tried.Settings with { Durable = true };

        public ValueTask DisposeAsync() => tried.DisposeAsync();
    }
}
