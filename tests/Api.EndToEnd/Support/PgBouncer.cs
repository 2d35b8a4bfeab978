using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Api.Data;
using Api.Data.Server;
using Api.Tests.Support;
using Npgsql;

namespace Api.EndToEnd.Support;

/// <summary>
/// A real PgBouncer between the tests and their server, on a loopback port. It runs under the server's account, as it refuses to be root.
/// </summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pgbouncer-").FullName;
    private readonly Connections direct;
    private readonly int poolSize;

    private PgBouncer(Connections direct, int poolSize) => (this.direct, this.poolSize) = (direct, poolSize);

    public int Port { get; } = FreePort();

    /// <summary>How often it has read its settings anew.</summary>
    private int Reloads => Log.Split("re-reading config").Length - 1;

    private string Settings => Path.Combine(folder, "pgbouncer.ini");

    private string Log => File.Exists(Path.Combine(folder, "log")) ? File.ReadAllText(Path.Combine(folder, "log")) : "";

    /// <param name="direct">The database, as it is reached without.</param>
    /// <param name="mode"><c>session</c>, <c>transaction</c> or <c>statement</c>.</param>
    /// <param name="poolSize">The most server connections of a login.</param>
    public static async Task<PgBouncer> Start(Connections direct, string mode, int poolSize = 20)
    {
        Tools.Need("pgbouncer");
        var pooler = new PgBouncer(direct, poolSize);
        var account = (await PrivateFolder.Open(TestServer.Settings("tests"), CancellationToken.None)).Account;
        pooler.Write(mode);
        foreach (var path in new[] { pooler.folder, pooler.Settings, Path.Combine(pooler.folder, "users") })
            await account.HandOver(path, CancellationToken.None);
        var started = await account.Run("/usr/sbin/pgbouncer", ["-q", "-d", pooler.Settings], CancellationToken.None);
        Assert.True(started.Succeeded, started.Output);
        var patience = Stopwatch.StartNew();
        while (!await pooler.IsListening() && patience.Elapsed < TimeSpan.FromSeconds(10))
            await Task.Delay(20);
        return pooler;
    }

    /// <summary>The database as it is reached through here.</summary>
    /// <param name="settings">More of the connection strings, such as <c>Max Auto Prepare=0</c>.</param>
    public Connections Through(string settings = "") =>
        new(Through(direct.Content, settings), Through(direct.Delivery, settings), Through(direct.Preview!, settings));

    /// <summary>Changes the mode as an administrator does, under open connections.</summary>
    public async Task Reload(string mode)
    {
        var before = Reloads;
        Write(mode);
        await Signal("-HUP");
        while (Reloads == before)
            await Task.Delay(10);
    }

    public async ValueTask DisposeAsync()
    {
        await Signal("-TERM");
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Through(string connection, string settings) =>
        new NpgsqlConnectionStringBuilder($"{connection};{settings}") { Host = "127.0.0.1", Port = Port }.ConnectionString;

    private void Write(string mode)
    {
        var server = new NpgsqlConnectionStringBuilder(direct.Content);
        var logins = new[]
        {
            server,
            new NpgsqlConnectionStringBuilder(direct.Delivery),
            new NpgsqlConnectionStringBuilder(direct.Preview),
        };
        File.WriteAllLines(Path.Combine(folder, "users"), logins.Select(login => $"\"{login.Username}\" \"{login.Password}\""));
        File.WriteAllText(
            Settings,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host={server.Host} port={server.Port}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {Port}
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = {folder}/users
                pool_mode = {mode}
                default_pool_size = {poolSize}
                max_client_conn = 500
                logfile = {folder}/log
                pidfile = {folder}/pid

                """
            )
        );
    }

    private async Task<bool> IsListening()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task Signal(string signal) =>
        await Tool.Run("kill", [signal, (await File.ReadAllTextAsync(Path.Combine(folder, "pid"))).Trim()], CancellationToken.None);
}
