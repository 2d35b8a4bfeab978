namespace Api.Changes.Snapshots;

/// <summary>A reader's claim on a snapshot; dispose it after reading.</summary>
internal sealed class SnapshotLease(Snapshot snapshot, Action leave) : IAsyncDisposable
{
    public Snapshot Snapshot => snapshot;

    public async ValueTask DisposeAsync()
    {
        leave();
        await snapshot.DisposeAsync();
    }
}
