using Api.Http;
using Api.Http.Caching;
using Npgsql;

namespace Api.Changes.Snapshots;

/// <summary>Keeps the last snapshot, and has one made when it is asked for and the last is old: one at a time, once for all who ask.</summary>
internal sealed class SnapshotShelf(SnapshotMaker maker, AnswerCache cache, SnapshotSettings settings, TimeProvider clock, ILogger<SnapshotShelf> log) : IAsyncDisposable
{
    // Making those that take long takes a tenth of the time at most, however often the content changes and somebody asks.
    private const int Rest = 10;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private Snapshot? last;
    private Task making = Task.CompletedTask;

    /// <summary>A snapshot that is whole, or is being made; dispose it in the end. One that was made before the last change is given when it took long and is not old: it says itself where to go on from.</summary>
    /// <param name="links">What the addresses in it are on.</param>
    /// <param name="least">The sequence it has to have, unless it is being made already.</param>
    /// <exception cref="OverloadedException">One is being made that is on another base.</exception>
    public Snapshot Take(Links links, long least)
    {
        lock (gate)
        {
            if (last is not { } known || known.Base != links.Base || !known.IsGood || !IsFresh(known, least))
            {
                if (!making.IsCompleted) throw new OverloadedException();
                var old = last;
                last = known = new Snapshot(links.Base, settings.Folder, clock.GetTimestamp());
                making = Task.Run(() => Make(known, links, old));
            }
            known.Enter();
            return known;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await making;
        if (last is { } known) await known.DisposeAsync();
        stopping.Dispose();
    }

    private bool IsFresh(Snapshot known, long least)
    {
        if (!known.Sequence.IsCompletedSuccessfully || known.Took is not { } took) return true;
        var sequence = known.Sequence.Result;
        return sequence >= cache.Now.Sequence || (sequence >= least && took > Long && clock.GetElapsedTime(known.Begun) < Rest * (took - Long));
    }

    private async Task Make(Snapshot snapshot, Links links, Snapshot? old)
    {
        try
        {
            if (old is null) Spool.Clean(settings.Folder);
            else await old.DisposeAsync();
            await maker.Make(snapshot.Plain, links, snapshot.Is, stopping.Token);
            snapshot.Plain.Complete();
            snapshot.Took = clock.GetElapsedTime(snapshot.Begun);
        }
        catch (Exception e)
        {
            snapshot.Fail(e);
            if (stopping.IsCancellationRequested) return;
            if (e is NpgsqlException or IOException or TimeoutException) log.LogWarning("No snapshot could be made: {Reason}", e.Message);
            else log.LogError(e, "No snapshot could be made");
        }
    }

}

/// <summary>Settings <c>Snapshot:…</c>.</summary>
/// <param name="Folder"><c>Snapshot:Folder</c>: where snapshots are kept; by default the system's folder for temporary files. Takes about 1.5 times the size of all texts.</param>
internal sealed record SnapshotSettings(string Folder)
{
    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is wrong.</summary>
    public static SnapshotSettings From(IConfiguration configuration)
    {
        var folder = configuration["Snapshot:Folder"] is { Length: > 0 } given ? given : Path.GetTempPath();
        return Directory.Exists(folder) ? new SnapshotSettings(folder) : throw new InvalidOperationException($"The setting Snapshot:Folder is '{folder}'; it has to be a folder that exists.");
    }
}
