using Api.Data;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Http.Site;

namespace Api.Changes.Snapshots;

/// <summary>Keeps the last snapshot, and has one made when it is asked for and the last is old: one at a time, once for all who ask.</summary>
/// <remarks>Everything is bounded: how many there are, how many read them, how often they are made. Without <c>Api:PublicUrl</c> there is one for each of two bases.</remarks>
internal sealed class SnapshotCache(SnapshotMaker maker, AnswerCache cache, SnapshotSettings settings, TimeProvider clock, ILogger<SnapshotCache> log) : IAsyncDisposable
{
    private const int MostReaders = 64;
    private const int MostSnapshots = 6;
    private const int MostBases = 2;

    // Making those that take long takes a tenth of the time at most, however often the content changes and somebody asks.
    private const int Rest = 10;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Unasked = TimeSpan.FromMinutes(10);

    // Who still reads one that another has taken the place of may do so for as long.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, Snapshot> current = new(StringComparer.Ordinal);
    private Task making = Task.CompletedTask;
    private long? failed;
    private int readers;
    private int snapshots;

    /// <summary>A snapshot that is whole, or is being made. One that was made before the last change is given when it took long and is not old: it says itself where to go on from.</summary>
    /// <param name="links">What the addresses in it are on.</param>
    /// <param name="least">The sequence it has to have, unless it is being made already.</param>
    /// <exception cref="OverloadedException">There is none, and none can be made now; or too many read.</exception>
    public SnapshotLease Take(Links links, long least)
    {
        lock (gate)
        {
            if (readers >= MostReaders) throw new OverloadedException();
            var known = current.GetValueOrDefault(links.Base);
            if (known is not { IsGood: true } || !(IsFresh(known, least) || snapshots >= MostSnapshots)) known = Begin(links, known);
            readers++;
            known.Enter(clock.GetTimestamp());
            return new SnapshotLease(known, Leave);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await making;
        foreach (var snapshot in current.Values) await snapshot.DisposeAsync();
        stopping.Dispose();
    }

    private Snapshot Begin(Links links, Snapshot? old)
    {
        if (!making.IsCompleted || snapshots >= MostSnapshots || (failed is { } at && clock.GetElapsedTime(at) < AfterFailure)) throw new OverloadedException();
        if (old is null && current.Count >= MostBases)
        {
            old = current.Values.MinBy(one => one.Asked)!;
            if (clock.GetElapsedTime(old.Asked) < Unasked) throw new OverloadedException();
        }
        if (old is not null) current.Remove(old.Base);
        snapshots++;
        var made = new Snapshot(links.Base, settings.Folder, clock.GetTimestamp(), cache.Histories, () => Interlocked.Decrement(ref snapshots));
        current[links.Base] = made;
        making = Task.Run(() => Make(made, links, old));
        return made;
    }

    private bool IsFresh(Snapshot known, long least)
    {
        if (known.Histories != cache.Histories) return false;
        if (!known.Sequence.IsCompletedSuccessfully || known.Took is not { } took) return true;
        // One that is ahead of the content is of what was there before a restore.
        var sequence = known.Sequence.Result;
        return sequence == cache.Now.Sequence || (sequence >= least && sequence < cache.Now.Sequence && took > Long && clock.GetElapsedTime(known.Begun) < Rest * (took - Long));
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
            if (stopping.IsCancellationRequested) return;
            if (DatabaseFailure.Is(e) || e is IOException) log.LogWarning("No snapshot could be made: {Reason}", e.Message);
            else log.LogError(e, "No snapshot could be made");
        }
    }

    private void Leave()
    {
        lock (gate) readers--;
    }
}
