namespace Api.Http.Caching;

/// <summary>The changes of late: an answer that was begun before one that concerns it must not be kept. Not for several threads at once.</summary>
internal sealed class RecentChanges
{
    private const int MostBatches = 1_000;
    private const int MostChanges = 20_000;

    private readonly Queue<Batch> batches = new();
    private int changes;

    /// <summary>Remembers the changes that end an epoch; null when they are not known, and concern everything.</summary>
    public void Add(long epoch, IReadOnlyList<Change>? batch)
    {
        batches.Enqueue(new Batch(epoch, batch));
        changes += batch?.Count ?? 0;
        while (batches.Count > MostBatches || changes > MostChanges) changes -= batches.Dequeue().Changes?.Count ?? 0;
    }

    /// <summary>Whether a change since an answer was begun concerns it, or may: of those that are no longer remembered, any.</summary>
    public bool Concern(CachedAnswer answer, long epoch) =>
        answer.AsOf.Epoch < epoch
        && (batches.Count == 0 || batches.Peek().Epoch > answer.AsOf.Epoch + 1
            || batches.Where(batch => batch.Epoch > answer.AsOf.Epoch).Any(batch => batch.Changes?.Any(answer.ComesFrom) ?? true));

    private sealed record Batch(long Epoch, IReadOnlyList<Change>? Changes);
}
