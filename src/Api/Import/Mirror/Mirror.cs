using Api.Data;
using Api.Import.Lines;
using Dapper;
using Npgsql;

namespace Api.Import.Mirror;

/// <summary>
/// Keeps this database a copy of another instance's content: first from a snapshot, then change by change. Each step is one transaction
/// together with the token it leads to, so an interruption loses nothing and leaves nothing half done.
/// </summary>
/// <param name="content">The database of the copy.</param>
/// <param name="importer">Writes lines.</param>
/// <param name="client">The other instance.</param>
/// <param name="events">Its stream of changes.</param>
/// <param name="origin">Its base URL.</param>
/// <param name="clock">The clock for delays.</param>
internal sealed class Mirror(
    ContentDatabase content,
    Importer importer,
    MirrorClient client,
    OriginEvents events,
    string origin,
    TimeProvider clock
)
{
    private const int MaxReported = 20;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private const string IsEmptySql = "select not exists (select from content.items) and not exists (select from content.redirects)";

    private const string KnownSql =
        "select i.resource, i.id from content.items i where i.publication_status <> 'deleted' order by i.item_id";

    private const string OldRedirectsSql = """
        delete from content.redirects r
        using  delivery.redirects d
        where  d.path = r.path and d.status = 301
        and    not exists (select from unnest(@paths) p (path) where p.path = r.path collate "C")
        """;

    // The items that the running transaction has written.
    private const string DifferingSql = """
        select i.resource || ' ' || coalesce(i.public_slug, i.slug) from content.items i
        where  i.xmin = pg_current_xact_id()::xid
        order  by i.item_id
        limit  20
        """;

    /// <summary>Receives messages for people.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>The state of this copy; null when the database is empty and not a copy.</summary>
    /// <exception cref="MirrorException">The database has other content, or is a copy of another instance.</exception>
    public async Task<MirrorState?> Find(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        if (await MirrorState.Read(connection, cancel) is { } state)
            return state.Origin == origin
                ? state
                : throw new MirrorException($"This database is a copy of {state.Origin}; a copy of {origin} needs an empty one.");
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(IsEmptySql, cancellationToken: cancel)))
            throw new MirrorException("This database has content of its own; a copy needs an empty one.");
        return null;
    }

    /// <summary>Follows the changes until no more are available, from the snapshot if needed.</summary>
    /// <param name="wait">Whether to wait for the next change.</param>
    /// <param name="cancel">Cancels the operation; completed steps stay.</param>
    public async Task CatchUp(bool wait, CancellationToken cancel)
    {
        var state = await Find(cancel);
        client.IsKnown = state is not null;
        if (state is null)
        {
            await Begin(null, cancel);
            return;
        }
        try
        {
            await FollowWithRetry(state, wait, cancel);
        }
        catch (ResyncException)
        {
            Tell("The content of the other instance has another history now; copying it again.");
            await Begin(state.Token, cancel);
        }
        catch (RejectedException e)
        {
            Tell($"{e.Message}; copying the content again.");
            await Begin(state.Token, cancel);
        }
    }

    /// <summary>Makes this database independent. Its content stays.</summary>
    /// <returns>Whether it was a copy.</returns>
    /// <exception cref="MirrorException">It is a copy of another instance.</exception>
    public async Task<bool> Release(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        var state = await MirrorState.Read(connection, cancel);
        if (state is not null && state.Origin != origin)
            throw new MirrorException($"This database is a copy of {state.Origin}, not of {origin}.");
        await MirrorState.Drop(connection, cancel);
        return state is not null;
    }

    /// <summary>Compares the copy with a snapshot. Writes nothing.</summary>
    /// <returns>The number of items that differ; 0 when the copy is equal; -1 when copy and snapshot are of different states.</returns>
    public async Task<long> Verify(CancellationToken cancel)
    {
        await using var snapshot = new SnapshotFile();
        var state = await Find(cancel);
        await snapshot.Fetch(client, state?.Token ?? "0", clock, cancel);
        if (state?.Token != snapshot.Facts!.Next)
            return -1;
        Dictionary<string, long> missing = [];
        List<string> differing = [];
        var options = new ImportOptions
        {
            DryRun = true,
            IgnoresUnknown = true,
            TakesRedirectsAsTheyAre = true,
            Finish = async (connection, _) =>
                differing = (await connection.QueryAsync<string>(new CommandDefinition(DifferingSql, cancellationToken: cancel))).AsList(),
            Check = async connection => missing = await snapshot.Facts.Compare(connection, cancel),
        };
        var report = await importer.Run(new SnapshotLines(snapshot, await Known(cancel)).Read(cancel), options, cancel);
        foreach (var line in report.Rejected.Take(MaxReported))
            Tell($"{line.Resource} {line.Slug}: {line.Reason}");
        foreach (var item in differing)
            Tell($"{item} differs.");
        return report.Created + report.Updated + report.Rejected.Count + missing.Values.Sum(Math.Abs);
    }

    private async Task Begin(string? before, CancellationToken cancel)
    {
        Tell("Fetching the snapshot.");
        await using var snapshot = new SnapshotFile();
        await snapshot.Fetch(client, "0", clock, cancel);
        var facts = snapshot.Facts!;
        Tell($"Snapshot of {facts.Count} lines, whole and as its hash says; writing it.");
        var lines = new SnapshotLines(snapshot, await Known(cancel));
        var options = new ImportOptions
        {
            Finish = async (connection, _) =>
            {
                await DropRedirects(connection, lines.Paths, cancel);
                await new MirrorState(origin, facts.Next).Write(connection, before, cancel);
            },
            Check = async connection =>
            {
                if (await facts.Compare(connection, cancel) is { Count: > 0 } differences)
                    throw new RejectedException(
                        $"The copy would not hold what the snapshot does ({string.Join(", ", differences.Select(one => $"{one.Key} {one.Value:+#;-#}"))})"
                    );
            },
        };
        await Write(lines.Read(cancel), options, cancel);
        Tell($"Up to {facts.Next}: {string.Join(", ", facts.Counts.Select(count => $"{count.Value} {count.Key}"))}.");
    }

    // Two requests may have been answered from different states; asking again solves that.
    private async Task FollowWithRetry(MirrorState state, bool wait, CancellationToken cancel)
    {
        try
        {
            await Follow(state, wait, cancel);
        }
        catch (RejectedException e)
        {
            Tell($"{e.Message}; asking once more.");
            await Task.Delay(RetryDelay, clock, cancel);
            await Follow(state, wait: false, cancel);
        }
    }

    private async Task Follow(MirrorState state, bool wait, CancellationToken cancel)
    {
        var later = wait ? await events.Later(state.Token, cancel) : null;
        await Follow(state, wait && later is null, later?.Sequence ?? 0, cancel);
        if (later is not null)
            events.Done(later);
    }

    private async Task Follow(MirrorState state, bool wait, long least, CancellationToken cancel)
    {
        await using var told = new ToldChanges(client, origin);
        var token = await told.Collect(state.Token, wait, least, cancel);
        if (token == state.Token)
            return;
        var next = state with { Token = token };
        if (told.IsEmpty)
        {
            await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
            await next.Write(connection, state.Token, cancel);
            return;
        }
        var options = new ImportOptions
        {
            Finish = async (connection, _) =>
            {
                if (told.Paths is { } paths)
                    await DropRedirects(connection, paths, cancel);
                await next.Write(connection, state.Token, cancel);
            },
        };
        var report = await Write(told.Lines(cancel), options, cancel);
        Tell($"Up to {token}: {report.Created} created, {report.Updated} updated, {report.Unchanged} unchanged.");
    }

    private async Task<ImportReport> Write(IAsyncEnumerable<ImportLine> lines, ImportOptions options, CancellationToken cancel)
    {
        var report = await importer.Run(lines, options with { IgnoresUnknown = true, TakesRedirectsAsTheyAre = true }, cancel);
        return report.Succeeded
            ? report
            : throw new RejectedException(
                string.Join("; ", report.Rejected.Take(5).Select(line => $"{line.Resource} {line.Slug}: {line.Reason}"))
            );
    }

    // Redirects without a target stay: they answer 410.
    private static async Task DropRedirects(NpgsqlConnection connection, IReadOnlyCollection<string> paths, CancellationToken cancel) =>
        await connection.ExecuteAsync(new CommandDefinition(OldRedirectsSql, new { paths = paths.ToArray() }, cancellationToken: cancel));

    private async Task<Dictionary<Guid, string>> Known(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return (
            await connection.QueryAsync<(string Resource, Guid Id)>(
                new CommandDefinition(KnownSql, commandTimeout: 0, cancellationToken: cancel)
            )
        ).ToDictionary(row => row.Id, row => row.Resource);
    }
}
