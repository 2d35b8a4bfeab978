using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Api.Data;
using Api.Data.Server;
using Api.Tests.Support;
using Dapper;
using Microsoft.Extensions.Configuration;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Api.Tests.Support;

/// <summary>One private PostgreSQL for the whole run, with a migrated database to clone.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private readonly string run = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_");
    private readonly ConcurrentQueue<string> dropped = new();
    private PrivatePostgres? postgres;
    private int clones;

    public async ValueTask InitializeAsync()
    {
        postgres = await Start();
        // Test projects that run at the same time share the server, and so the login that migrating creates.
        await using var turn = new NpgsqlConnection(postgres.SuperuserConnection);
        await turn.ExecuteAsync("select pg_advisory_lock(1)", commandTimeout: 120);
        await DropLeftovers();
        await Execute($"create database {run}template owner content_owner");
        var connections = Connections($"{run}template");
        await using var content = new ContentDatabase(connections);
        await new Migrator(content, connections).Migrate(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is null)
            return;
        foreach (var name in dropped.Append($"{run}template"))
            await Execute($"drop database if exists {name} with (force)");
        await postgres.DisposeAsync();
    }

    private static async Task<PrivatePostgres> Start()
    {
        try
        {
            return await PrivatePostgres.Start(Settings("tests"), CancellationToken.None);
        }
        catch (SetupException)
        {
            // Through that a server comes where there is none.
            Tools.Need("npm");
            throw;
        }
    }

    /// <summary>
    /// Settings of a private server below <c>.data</c> of this checkout, from the binaries that <c>PostgreSql__Source</c> asks for.
    /// </summary>
    internal static PrivatePostgresSettings Settings(string name)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var asked = PrivatePostgresSettings.From(configuration, AppContext.BaseDirectory);
        var source = asked.Source == PostgresSource.Npm ? "-npm" : "";
        return asked with { DataFolder = Path.Combine(Checkout.Find(AppContext.BaseDirectory), ".data", name + source), Durable = false };
    }

    /// <summary>A new database, migrated and empty.</summary>
    internal async Task<Connections> Clone()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{run}{Interlocked.Increment(ref clones)}");
        // Copying the files takes a third of the time that logging each page takes.
        await Execute($"create database {name} template {run}template owner content_owner strategy file_copy");
        // A copy has everything but the rights on the database itself.
        await Execute($"revoke temporary on database {name} from public");
        await ShuffledPlans.Give(postgres!.SuperuserConnection, name);
        return Connections(name);
    }

    /// <summary>A new database with the content of another, whose connections are closed.</summary>
    internal async Task<Connections> Copy(Connections original)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{run}{Interlocked.Increment(ref clones)}");
        var of = new NpgsqlConnectionStringBuilder(original.Content).Database!;
        await Execute($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{of}'");
        await Execute($"create database {name} template {of} owner content_owner strategy file_copy");
        await Execute($"revoke temporary on database {name} from public");
        await ShuffledPlans.Give(postgres!.SuperuserConnection, name);
        return Connections(name);
    }

    /// <summary>A new database with nothing in it, not even the migrations.</summary>
    internal async Task<Connections> Blank()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{run}{Interlocked.Increment(ref clones)}");
        await Execute($"create database {name} owner content_owner");
        return Connections(name);
    }

    /// <summary>Closes the connections to a database, which is dropped at the end of the run.</summary>
    /// <remarks>
    /// Not dropped now: for some seconds, file systems such as ext4 do not reuse the inodes of deleted files, and pass over all of them when
    /// they create a file. The thousand files of a database would slow down each temporary table.
    /// </remarks>
    internal async Task Drop(Connections connections)
    {
        var name = new NpgsqlConnectionStringBuilder(connections.Content).Database!;
        dropped.Enqueue(name);
        await Execute($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    }

    /// <summary>Runs a statement as the server's superuser.</summary>
    internal async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(postgres!.SuperuserConnection);
        await connection.ExecuteAsync(sql);
    }

    private Connections Connections(string database) =>
        Api.Data.Connections.From(
            new NpgsqlConnectionStringBuilder(postgres!.OwnerConnection) { Database = database, MaxPoolSize = 10 }.ConnectionString,
            null
        );

    // Of runs that were killed: their names hold a process id that is gone.
    private async Task DropLeftovers()
    {
        await using var connection = new NpgsqlConnection(postgres!.SuperuserConnection);
        var names = await connection.QueryAsync<string>("select datname::text from pg_database where datname ~ '^test_[0-9]+_'");
        var alive = Process.GetProcesses().Select(process => process.Id).ToHashSet();
        foreach (var name in names.Where(name => !alive.Contains(int.Parse(name.Split('_')[1], CultureInfo.InvariantCulture))))
            await connection.ExecuteAsync($"drop database if exists {name} with (force)");
    }
}
