using Api.Data;
using Api.Data.Server;
using Npgsql;

namespace Api.Commands;

/// <summary>
/// The database of a command: that of <c>ConnectionStrings__Content</c>, otherwise a private server that runs as long as this object.
/// </summary>
internal sealed class ContentServer : IAsyncDisposable
{
    private readonly PrivatePostgres? own;
    private Supervisor? supervisor;

    private ContentServer(PrivatePostgres? own, Connections connections)
    {
        this.own = own;
        Connections = connections;
    }

    public Connections Connections { get; }

    /// <summary>Whether only this checkout uses it. It may then be migrated and filled without being asked to.</summary>
    public bool IsPrivate => own is not null;

    private string Name => IsPrivate ? "the private server" : "ConnectionStrings__Content";

    /// <exception cref="SetupException">The private server does not start, or a connection string is invalid.</exception>
    public static async Task<ContentServer> Open(IConfiguration configuration, string contentRoot, CancellationToken cancel)
    {
        var (delivery, preview) = (Connections.DeliverySetting.Find(configuration), Connections.PreviewSetting.Find(configuration));
        if (Connections.ContentSetting.Find(configuration) is { Length: > 0 } given)
            return new ContentServer(null, Connections.From(given, delivery, preview));
        var own = await PrivatePostgres.Start(
            PrivatePostgresSettings.From(configuration, contentRoot) with
            {
                Tell = Console.Error.WriteLine,
            },
            cancel
        );
        return new ContentServer(own, Connections.From(own.OwnerConnection, delivery, preview));
    }

    /// <summary>Starts supervising the private server; does nothing for the operator's own server.</summary>
    /// <param name="report">Receives sentences about what happens to the server.</param>
    public void Supervise(Action<string> report) => supervisor = own is null ? null : new Supervisor(own, report);

    /// <summary>Makes sure the database answers and is up to date.</summary>
    /// <param name="migrate">Whether to migrate an outdated database instead of refusing it.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="SetupException">The database does not answer, or is outdated and may not be migrated.</exception>
    public Task Prepare(bool migrate, CancellationToken cancel) =>
        Explained(async migrator =>
        {
            // A private server has no other clients. Another database may have been migrated by a later version, which this version can
            // work with.
            var pending = own is not null ? await migrator.Pending(cancel) : await migrator.Missing(cancel);
            if (migrate && (pending.Count > 0 || !await migrator.LoginsAreReady(cancel)))
                await migrator.Migrate(cancel);
            else if (pending.Count > 0)
                throw new SetupException(
                    $"The database is {pending.Count} migration(s) behind, from {pending[0]}: run 'dotnet run --project src/Api -- migrate', or set Database__MigrateOnStart=true."
                );
            return pending;
        });

    /// <summary>Brings the database up to date and creates the logins for requests.</summary>
    /// <returns>Names of the migrations that ran.</returns>
    /// <exception cref="SetupException">The database does not answer, or a migration failed.</exception>
    public Task<IReadOnlyList<string>> Migrate(CancellationToken cancel) => Explained(migrator => migrator.Migrate(cancel));

    private async Task<IReadOnlyList<string>> Explained(Func<Migrator, Task<IReadOnlyList<string>>> work)
    {
        await using var content = new ContentDatabase(Connections);
        try
        {
            return await work(new Migrator(content, Connections));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new SetupException(
                $"The login of {Name} may not do that: {e.MessageText}. It must own the database and may create roles (createrole).",
                e
            );
        }
        catch (Exception e) when (SharedSessionException.In(e) is null && DatabaseFailure.Is(e))
        {
            throw new SetupException(
                $"The database of {Name} does not answer ({e.Message.ReplaceLineEndings(" ")}): start it or correct ConnectionStrings__Content, then run 'dotnet run --project src/Api -- migrate'.",
                e
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (supervisor is not null)
            await supervisor.DisposeAsync();
        if (own is not null)
            await own.DisposeAsync();
    }
}
