namespace Api.Http.Caching;

/// <summary>The recent changes. An answer begun before a change that affects it must not be cached. Not thread-safe.</summary>
internal sealed class RecentChanges
{
    private const int MostBatches = 1_000;
    private const int MostChanges = 20_000;

    private readonly Queue<Batch> batches = new();
    private int changes;

    /// <summary>Adds the changes that began an epoch; null when they are unknown and so affect every answer.</summary>
    public void Add(long epoch, IReadOnlyList<Change>? batch)
    {
        batches.Enqueue(new Batch(epoch, batch));
        changes += batch?.Count ?? 0;
        while (batches.Count > MostBatches || changes > MostChanges)
            changes -= batches.Dequeue().Changes?.Count ?? 0;
    }

    /// <summary>
    /// Whether a change since an answer was begun affects it, or may: changes that are no longer stored count as affecting it.
    /// </summary>
    public bool Concern(CachedAnswer answer, long epoch) =>
        answer.AsOf.Epoch < epoch
        && (
            batches.Count == 0
            || batches.Peek().Epoch > answer.AsOf.Epoch + 1
            || batches.Where(batch => batch.Epoch > answer.AsOf.Epoch).Any(batch => batch.Changes?.Any(answer.ComesFrom) ?? true)
        );

    private sealed record Batch(long Epoch, IReadOnlyList<Change>? Changes);
}
