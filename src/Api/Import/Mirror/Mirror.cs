using System.Runtime.CompilerServices;
using System.Text.Json;
using Api.Data;
using Dapper;
using Npgsql;

namespace Api.Import.Mirror;

/// <summary>
/// Keeps this database a copy of another instance's content: all of it from a snapshot, then change by change. Each step and how far it leads are one transaction, so
/// nothing is lost or done by halves, whatever breaks.
/// </summary>
/// <param name="content">The database of the copy.</param>
/// <param name="importer">Writes lines.</param>
/// <param name="client">The other instance.</param>
/// <param name="origin">Its base URL.</param>
/// <param name="clock">For pauses.</param>
internal sealed class Mirror(ContentDatabase content, Importer importer, MirrorClient client, string origin, TimeProvider clock)
{
    private const int LongestWait = 30;
    private const int MostNamed = 20;
    private const string Redirect = "redirect";

    private const string IsEmptySql = "select not exists (select from content.items) and not exists (select from content.redirects)";

    private const string KnownSql = "select i.resource, i.id from content.items i where i.publication_status <> 'deleted' and i.resource <> 'articleType'";

    private const string OldRedirectsSql = """
        delete from content.redirects r
        using  delivery.redirects d
        where  d.path = r.path and d.status = 301
        and    not exists (select from unnest(@paths) p (path) where p.path = r.path collate "C")
        """;

    private const string CountsSql = """
        select v.resource, count(*) from content.visible_items v group by v.resource
        union all
        select 'redirect', count(*) from delivery.redirects r where r.status = 301
        """;

    // What the running transaction has written.
    private const string DifferingSql = """
        select i.resource || ' ' || coalesce(i.public_slug, i.slug) from content.items i
        where  i.xmin = pg_current_xact_id()::xid
        order  by i.item_id
        limit  20
        """;

    /// <summary>Told what happens, in words for people.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>How far this copy is; null when it is none, and the database is empty.</summary>
    /// <exception cref="MirrorException">The database has other content, or is a copy of another instance.</exception>
    public async Task<MirrorState?> Find(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        if (await MirrorState.Read(connection, cancel) is { } state)
            return state.Origin == origin ? state : throw new MirrorException($"This database is a copy of {state.Origin}; a copy of {origin} needs an empty one.");
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(IsEmptySql, cancellationToken: cancel)))
            throw new MirrorException("This database has content of its own; a copy needs an empty one.");
        return null;
    }

    /// <summary>Follows until there is nothing more to be had at once, from the snapshot where that is needed.</summary>
    /// <param name="wait">Whether to wait for something to happen.</param>
    /// <param name="cancel">Stops; what was done stays.</param>
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
            await Follow(state, wait, cancel);
        }
        catch (ResyncException)
        {
            Tell("The other instance has another history of its content now; beginning anew.");
            await Begin(state.Token, cancel);
        }
        catch (RejectedException e)
        {
            Tell($"{e.Message}; beginning anew.");
            await Begin(state.Token, cancel);
        }
    }

    /// <summary>Holds the copy against a snapshot. Nothing is written.</summary>
    /// <returns>How many items differ; 0 when the copy is right.</returns>
    public async Task<long> Verify(CancellationToken cancel)
    {
        await using var snapshot = new SnapshotFile();
        var state = await Find(cancel);
        await snapshot.Fetch(client, state?.Token ?? "0", clock, cancel);
        if (state?.Token != snapshot.Facts!.Next) return -1;
        Dictionary<string, long> missing = [];
        List<string> differing = [];
        var options = new ImportOptions
        {
            DryRun = true,
            IgnoresUnknown = true,
            Finish = async connection =>
            {
                missing = await Differences(connection, snapshot.Facts, cancel);
                differing = (await connection.QueryAsync<string>(new CommandDefinition(DifferingSql, cancellationToken: cancel))).AsList();
            },
        };
        var report = await importer.Run(Lines(snapshot, new SnapshotContents(await Known(cancel)), cancel), options, cancel);
        foreach (var line in report.Rejected.Take(MostNamed)) Tell($"{line.Resource} {line.Slug}: {line.Reason}");
        foreach (var item in differing) Tell($"{item} differs.");
        return report.Created + report.Updated + report.Rejected.Count + missing.Values.Sum(Math.Abs);
    }

    private async Task Begin(string? before, CancellationToken cancel)
    {
        Tell("Fetching the snapshot.");
        await using var snapshot = new SnapshotFile();
        await snapshot.Fetch(client, "0", clock, cancel);
        var facts = snapshot.Facts!;
        Tell($"Snapshot of {facts.Count} lines, whole and as its hash says; writing it.");
        var contents = new SnapshotContents(await Known(cancel));
        await Write(Lines(snapshot, contents, cancel), async connection =>
        {
            await connection.ExecuteAsync(new CommandDefinition(OldRedirectsSql, new { paths = contents.Paths.ToArray() }, cancellationToken: cancel));
            if (await Differences(connection, facts, cancel) is { Count: > 0 } differences)
                throw new RejectedException($"The copy would not hold what the snapshot does ({string.Join(", ", differences.Select(one => $"{one.Key} {one.Value:+#;-#}"))})");
            await new MirrorState(origin, facts.Next).Write(connection, before, cancel);
        }, cancel);
        Tell($"Up to {facts.Next}: {string.Join(", ", facts.Counts.Select(count => $"{count.Value} {count.Key}"))}.");
    }

    private async Task Follow(MirrorState state, bool wait, CancellationToken cancel)
    {
        try
        {
            await FollowAsTold(state, wait, cancel);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"The other side answers something else than changes: {e.Message}", e);
        }
    }

    private async Task FollowAsTold(MirrorState state, bool wait, CancellationToken cancel)
    {
        await using var lines = new ChangedLines();
        var token = state.Token;
        List<string>? paths = null;
        while (true)
        {
            var redirectsChanged = false;
            bool more;
            do
            {
                using var page = await client.Changes(token, wait && lines.Count == 0 ? LongestWait : 0, cancel);
                foreach (var change in page.RootElement.GetProperty("data").EnumerateArray())
                {
                    if (change.GetProperty("resource").ValueEquals(Redirect)) redirectsChanged = true;
                    else await lines.Add(change.GetProperty("id").GetString()!, MirrorLine.Of(change), cancel);
                }
                var info = page.RootElement.GetProperty("page");
                (token, more) = (info.GetProperty("next").GetString()!, info.GetProperty("more").GetBoolean());
            }
            while (more);
            // Whatever was read refers to what was there then, and all of that is among the changes by now. Redirects lead to what the next changes may tell.
            if (!redirectsChanged) break;
            paths = await Redirects(lines, cancel);
        }
        if (token == state.Token) return;
        var next = state with { Token = token };
        if (lines.Count == 0 && paths is null)
        {
            await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
            await next.Write(connection, state.Token, cancel);
            return;
        }
        var report = await Write(lines.Read(cancel), async connection =>
        {
            if (paths is not null) await connection.ExecuteAsync(new CommandDefinition(OldRedirectsSql, new { paths = paths.ToArray() }, cancellationToken: cancel));
            await next.Write(connection, state.Token, cancel);
        }, cancel);
        Tell($"Up to {token}: {report.Created} created, {report.Updated} updated, {report.Unchanged} unchanged.");
    }

    // They are few, and change seldom: all of them, anew.
    private async Task<List<string>> Redirects(ChangedLines lines, CancellationToken cancel)
    {
        var paths = new List<string>();
        lines.Remove(item => item.StartsWith('/'));
        for (var address = $"{origin}/v1/redirects?limit=100&count=none"; address is not null;)
        {
            using var page = await client.Json(address, cancel);
            foreach (var redirect in page.RootElement.GetProperty("data").EnumerateArray())
            {
                paths.Add(redirect.GetProperty("from").GetString()!);
                await lines.Add(paths[^1], MirrorLine.Redirect(redirect), cancel);
            }
            // On the address that leads there from here, which may not be the one that the other instance has for itself.
            var next = page.RootElement.GetProperty("page").GetProperty("next").GetString();
            address = next is null ? null : $"{origin}/v1/redirects?limit=100&count=none&cursor={next}";
        }
        return paths;
    }

    private async Task<ImportReport> Write(IAsyncEnumerable<ImportLine> lines, Func<NpgsqlConnection, Task> finish, CancellationToken cancel)
    {
        var report = await importer.Run(lines, new ImportOptions { Finish = finish, LeavesWords = true, IgnoresUnknown = true }, cancel);
        return report.Succeeded ? report : throw new RejectedException(string.Join("; ", report.Rejected.Take(5).Select(line => $"{line.Resource} {line.Slug}: {line.Reason}")));
    }

    private static async IAsyncEnumerable<ImportLine> Lines(SnapshotFile snapshot, SnapshotContents contents, [EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 0L;
        await foreach (var change in snapshot.Read(cancel))
        {
            contents.Note(change);
            if (MirrorLine.Of(change) is { IsEmpty: false } line) yield return new ImportLine(++number, line);
        }
        foreach (var (id, resource) in contents.Missing) yield return new ImportLine(++number, MirrorLine.Dropped(resource, id));
    }

    private async Task<Dictionary<Guid, string>> Known(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<(string Resource, Guid Id)>(new CommandDefinition(KnownSql, commandTimeout: 0, cancellationToken: cancel))).ToDictionary(row => row.Id, row => row.Resource);
    }

    // Article types are never dropped, so there may be more of them.
    private static async Task<Dictionary<string, long>> Differences(NpgsqlConnection connection, SnapshotFacts facts, CancellationToken cancel)
    {
        var counts = (await connection.QueryAsync<(string Resource, long Count)>(new CommandDefinition(CountsSql, commandTimeout: 0, cancellationToken: cancel))).ToDictionary(row => row.Resource, row => row.Count);
        return counts.Keys.Union(facts.Counts.Keys)
            .Select(resource => (resource, difference: counts.GetValueOrDefault(resource) - facts.Counts.GetValueOrDefault(resource)))
            .Where(one => one.difference < 0 || (one.difference > 0 && one.resource != "articleType"))
            .ToDictionary(one => one.resource, one => one.difference);
    }

    // What a snapshot is seen to hold, and what of the copy it does not.
    private sealed class SnapshotContents(Dictionary<Guid, string> missing)
    {
        public IReadOnlyDictionary<Guid, string> Missing => missing;

        public List<string> Paths { get; } = [];

        public void Note(JsonElement change)
        {
            if (change.GetProperty("resource").ValueEquals(Redirect)) Paths.Add(change.GetProperty("item").GetProperty("from").GetString()!);
            else if (Guid.TryParse(change.GetProperty("id").GetString()!.AsSpan("urn:uuid:".Length), out var id)) missing.Remove(id);
        }
    }
}

/// <summary>Lines could not be taken: the copy is not what it is thought to be.</summary>
internal sealed class RejectedException(string message) : Exception(message);
