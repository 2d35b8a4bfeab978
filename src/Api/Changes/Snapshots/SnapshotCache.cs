using Api.Data;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Http.Site;

namespace Api.Changes.Snapshots;

/// <summary>
/// Keeps the latest snapshot and makes a new one when a client asks and the latest is outdated: one at a time, shared by all clients.
/// </summary>
/// <remarks>
/// Everything is limited: the number of snapshots, the number of readers and how often snapshots are made. Without <c>Api:PublicUrl</c>
/// there is one snapshot for each of two bases.
/// </remarks>
internal sealed class SnapshotCache(
    SnapshotMaker maker,
    AnswerCache cache,
    SnapshotSettings settings,
    TimeProvider clock,
    ILogger<SnapshotCache> log
) : IAsyncDisposable
{
    private const int MostReaders = 64;
    private const int MostSnapshots = 6;
    private const int MostBases = 2;

    // A snapshot that takes long to make takes at most a tenth of the time, however often the content changes and clients ask.
    private const int RestFactor = 10;
    private static readonly TimeSpan LongDuration = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(10);

    // How long readers may continue to read a snapshot after a newer one has replaced it.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, Snapshot> current = new(StringComparer.Ordinal);
    private Task making = Task.CompletedTask;
    private long? failed;
    private int readers;
    private int snapshots;

    /// <summary>
    /// A snapshot that is complete or being written. A snapshot from before the last change is returned when it took long to make and is
    /// not old; it contains the token to continue from.
    /// </summary>
    /// <param name="links">Their base is the base of the addresses in the snapshot.</param>
    /// <param name="least">The lowest acceptable sequence, unless the snapshot is already being written.</param>
    /// <exception cref="OverloadedException">There is no snapshot and none can be made now, or there are too many readers.</exception>
    public SnapshotLease Take(Links links, long least)
    {
        lock (gate)
        {
            if (readers >= MostReaders)
                throw new OverloadedException();
            var known = current.GetValueOrDefault(links.Base);
            if (known is not { IsGood: true } || !(IsFresh(known, least) || snapshots >= MostSnapshots))
                known = Begin(links, known);
            readers++;
            known.Enter(clock.GetTimestamp());
            return new SnapshotLease(known, Leave);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await making;
        foreach (var snapshot in current.Values)
            await snapshot.DisposeAsync();
        stopping.Dispose();
    }

    private Snapshot Begin(Links links, Snapshot? old)
    {
        if (!making.IsCompleted || snapshots >= MostSnapshots || (failed is { } at && clock.GetElapsedTime(at) < RetryDelay))
            throw new OverloadedException();
        if (old is null && current.Count >= MostBases)
        {
            old = current.Values.MinBy(one => one.Asked)!;
            if (clock.GetElapsedTime(old.Asked) < IdleAfter)
                throw new OverloadedException();
        }
        if (old is not null)
            current.Remove(old.Base);
        snapshots++;
        var made = new Snapshot(
            links.Base,
            settings.Folder,
            clock.GetTimestamp(),
            cache.Histories,
            () => Interlocked.Decrement(ref snapshots)
        );
        current[links.Base] = made;
        making = Task.Run(() => Make(made, links, old));
        return made;
    }

    private bool IsFresh(Snapshot known, long least)
    {
        if (known.Histories != cache.Histories)
            return false;
        if (!known.Sequence.IsCompletedSuccessfully || known.Took is not { } took)
            return true;
        // A snapshot with a higher sequence than the content dates from before a restore.
        var sequence = known.Sequence.Result;
        return sequence == cache.Now.Sequence
            || (
                sequence >= least
                && sequence < cache.Now.Sequence
                && took > LongDuration
                && clock.GetElapsedTime(known.Begun) < RestFactor * (took - LongDuration)
            );
    }

    private async Task Make(Snapshot snapshot, Links links, Snapshot? old)
    {
        try
        {
            if (old is not null)
            {
                old.Retire(Grace);
                await old.DisposeAsync();
            }
            await maker.Make(snapshot.Plain, links, snapshot.Is, stopping.Token);
            snapshot.Plain.Complete();
            snapshot.Took = clock.GetElapsedTime(snapshot.Begun);
        }
        catch (Exception e)
        {
            snapshot.Fail(e);
            failed = clock.GetTimestamp();
            if (stopping.IsCancellationRequested)
                return;
            if (DatabaseFailure.Is(e) || e is IOException)
                log.LogWarning("No snapshot could be made: {Reason}", e.Message);
            else
                log.LogError(e, "No snapshot could be made");
        }
    }

    private void Leave()
    {
        lock (gate)
            readers--;
    }
}
