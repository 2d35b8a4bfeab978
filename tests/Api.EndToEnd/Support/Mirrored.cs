using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Api.Data;
using Api.Data.Server;
using Api.Tests.Support;
using Npgsql;

namespace Api.EndToEnd.Support;

/// <summary>
/// Two instances with a database each, one of them a copy that follows the other through a network that can fail; on a server of their own,
/// which can be restarted.
/// </summary>
public sealed class Mirrored : IAsyncLifetime
{
    private readonly TriedFolder tried = new();
    private readonly int originPort = FreePort();
    private PrivatePostgres server = null!;
    private TcpProxy network = null!;
    private ApiProcess origin = null!;
    private ApiProcess copy = null!;
    private ApiProcess? following;

    internal Connections OriginDatabase { get; private set; } = null!;

    internal Connections CopyDatabase { get; private set; } = null!;

    public HttpClient Origin { get; private set; } = null!;

    public HttpClient Copy { get; private set; } = null!;

    /// <summary>What the following process has said since it was started last.</summary>
    public string Said => $"{following?.Output}\n{following?.Errors}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await PrivatePostgres.Start(tried.Settings, CancellationToken.None);
        (OriginDatabase, CopyDatabase) = (await Database("origin"), await Database("copy"));
        network = TcpProxy.Start(() => new Uri($"http://127.0.0.1:{originPort}"));
        origin = Serve(OriginDatabase, originPort);
        copy = Serve(CopyDatabase, 0);
        await origin.Listening(CancellationToken.None);
        Origin = Client(new Uri($"http://127.0.0.1:{originPort}"));
        Copy = Client(await copy.Listening(CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        following?.Dispose();
        origin?.Dispose();
        copy?.Dispose();
        Origin?.Dispose();
        Copy?.Dispose();
        if (network is not null)
            await network.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Stop("-QUIT");
        await tried.DisposeAsync();
    }

    /// <summary>Begins to follow, or goes on.</summary>
    public void Follow() => following = Mirror();

    /// <summary>Runs the command once.</summary>
    /// <returns>Its exit code and what it said.</returns>
    public async Task<(int Exit, string Said)> Run(params string[] options)
    {
        using var process = Mirror(options);
        var exit = await process.Exit(Cancel);
        return (exit, $"{process.Output}\n{process.Errors}");
    }

    /// <summary>Kills the process that follows, and starts another.</summary>
    public void KillFollower()
    {
        following!.Dispose();
        Follow();
    }

    /// <summary>Asks the process that follows to stop.</summary>
    public async Task<int> StopFollower()
    {
        following!.Terminate();
        var exit = await following.Exit(Cancel);
        following.Dispose();
        following = null;
        return exit;
    }

    /// <summary>Kills the other instance, and starts it again.</summary>
    public async Task KillOrigin()
    {
        origin.Dispose();
        await Task.Delay(100, Cancel);
        origin = Serve(OriginDatabase, originPort);
        await origin.Listening(Cancel);
    }

    /// <summary>Nothing gets through for a while.</summary>
    public async Task CutNetwork(TimeSpan pause)
    {
        network.Refuse();
        await Task.Delay(pause, Cancel);
        network.Admit();
    }

    /// <summary>Ends all connections between, in the middle of whatever is being sent.</summary>
    public void CutConnections() => network.Cut();

    /// <summary>Restarts the database of both.</summary>
    public async Task RestartDatabase()
    {
        await Stop("-INT");
        server = await PrivatePostgres.Start(tried.Settings, Cancel);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    private static ApiProcess Serve(Connections database, int port) =>
        ApiProcess.Start(
            ["serve", "--urls", $"http://127.0.0.1:{port}"],
            ("ConnectionStrings__Content", database.Content),
            ("ConnectionStrings__Delivery", database.Delivery),
            ("Api__PublicUrl", "https://content.example.org"),
            ("Serilog__MinimumLevel__Default", "Warning")
        );

    private ApiProcess Mirror(params string[] options) =>
        ApiProcess.Start(
            ["mirror", $"http://127.0.0.1:{network.Port}", .. options],
            ("ConnectionStrings__Content", CopyDatabase.Content),
            ("ConnectionStrings__Delivery", CopyDatabase.Delivery)
        );

    private async Task<Connections> Database(string name)
    {
        await using (var super = new NpgsqlConnection(server.SuperuserConnection))
        {
            await super.OpenAsync();
            await using var create = new NpgsqlCommand($"create database {name} owner content_owner", super);
            await create.ExecuteNonQueryAsync();
        }
        var connections = Connections.From(
            new NpgsqlConnectionStringBuilder(server.OwnerConnection) { Database = name, MaxPoolSize = 5 }.ConnectionString,
            null
        );
        await using (var content = new ContentDatabase(connections))
            await new Migrator(content, connections).Migrate(CancellationToken.None);
        await ShuffledPlans.Give(server.SuperuserConnection, name);
        return connections;
    }

    private async Task Stop(string signal)
    {
        var folder = await tried.Open();
        if (await Postmaster.Running(folder, CancellationToken.None) is not { } process)
            return;
        await Tool.Run("sh", ["-c", $"kill {signal} {process}"], CancellationToken.None);
        var patience = Stopwatch.StartNew();
        while (await Postmaster.Running(folder, CancellationToken.None) is not null && patience.Elapsed < TimeSpan.FromSeconds(20))
            await Task.Delay(20);
    }
}
