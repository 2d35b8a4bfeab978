namespace Api.Changes.Snapshots;

/// <summary>A snapshot for somebody who reads it; dispose it in the end.</summary>
internal sealed class SnapshotLease(Snapshot snapshot, Action leave) : IAsyncDisposable
{
    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot => snapshot;

    public async ValueTask DisposeAsync()
    {
        leave();
        await snapshot.DisposeAsync();
    }
}
