using System.Diagnostics;
using Api.Data;
using Api.Data.Server;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Api.EndToEnd.Support;

/// <summary>A primary and a streaming standby of its own, which a test may kill, and an API that knows both.</summary>
public sealed class Replicated(TestServer server) : ApiFixture(server)
{
    private readonly TriedFolder primaryFolder = new();
    private readonly TriedFolder ofStandby = new();
    private PrivatePostgres? primary;
    private PrivateFolder? standbyFolder;
    private Cluster? standby;

    /// <summary>Statements for the standby, as its superuser.</summary>
    public NpgsqlDataSource Standby { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Standby is not null)
            await Standby.DisposeAsync();
        await KillStandby();
        await KillPrimary();
        await primaryFolder.DisposeAsync();
        await ofStandby.DisposeAsync();
    }

    public async Task StartPrimary()
    {
        await LaunchPrimary();
        // Those to the one that was killed.
        Database.Clear();
    }

    public Task StartStandby() => standby!.Launch(durable: false, CancellationToken.None);

    public async Task KillPrimary() => await Kill(await primaryFolder.Open());

    public Task KillStandby() => standbyFolder is null ? Task.CompletedTask : Kill(standbyFolder);

    private protected override async Task<Connections> Connect()
    {
        await LaunchPrimary();
        var alone = Connections.From(primary!.OwnerConnection, null);
        await using (var content = new ContentDatabase(alone))
        {
            await new Migrator(content, alone).Migrate(CancellationToken.None);
            // This server writes what is committed a little later: what was not written yet would be lost with it.
            await using var written = content.DataSource.CreateCommand(
                "begin; set local synchronous_commit = on; update content.head set one = one; commit"
            );
            await written.ExecuteNonQueryAsync();
        }
        NpgsqlConnection.ClearAllPools();
        await KillPrimary();
        await Copy();
        await LaunchPrimary();
        await StartStandby();
        var super = new NpgsqlConnectionStringBuilder(primary!.SuperuserConnection);
        Standby = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(super.ConnectionString) { Host = standbyFolder!.Socket }.ConnectionString
        );
        return Connections.From(
            new NpgsqlConnectionStringBuilder(alone.Content) { Host = $"{super.Host},{standbyFolder.Socket}" }.ConnectionString,
            null
        );
    }

    private protected override Task Disconnect(Connections connections) => Task.CompletedTask;

    protected override Task Seed() => Import(Some.ArticleType(new { slug = "brief" }), Some.Article(new { slug = "anchor" }));

    protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Cache:SafetySeconds"] = "1";

    private async Task LaunchPrimary() => primary = await PrivatePostgres.Start(primaryFolder.Settings, CancellationToken.None);

    // Of a server that does not run, so that no program is needed for it that only a full installation has.
    private async Task Copy()
    {
        var from = await primaryFolder.Open();
        standbyFolder = await ofStandby.Open();
        Assert.True((await Tool.Run("cp", ["-a", from.Data, standbyFolder.Data], CancellationToken.None)).Succeeded);
        File.Delete(standbyFolder.PostmasterPid);
        var super = new NpgsqlConnectionStringBuilder(primary!.SuperuserConnection);
        await File.AppendAllTextAsync(
            Path.Combine(standbyFolder.Data, "postgresql.auto.conf"),
            $"""

            primary_conninfo = 'host={super.Host} port={super.Port} user={super.Username} password={super.Password}'
            wal_retrieve_retry_interval = '100ms'

            """
        );
        var signal = Path.Combine(standbyFolder.Data, "standby.signal");
        await File.WriteAllTextAsync(signal, "");
        await standbyFolder.Account.HandOver(signal, CancellationToken.None);
        standby = new Cluster(
            standbyFolder,
            await PostgresBinaries.Choose(ofStandby.Settings, standbyFolder.DataVersion, standbyFolder.Packages, CancellationToken.None)
        );
    }

    // An immediate shutdown: like a crash, but its children are gone when it is.
    private static async Task Kill(PrivateFolder folder)
    {
        if (await Postmaster.Running(folder, CancellationToken.None) is not { } process)
            return;
        await Tool.Run("sh", ["-c", $"kill -QUIT {process}"], CancellationToken.None);
        var patience = Stopwatch.StartNew();
        while (await Postmaster.Running(folder, CancellationToken.None) is not null && patience.Elapsed < TimeSpan.FromSeconds(10))
            await Task.Delay(20);
    }
}
