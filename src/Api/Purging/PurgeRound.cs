using Api.Http.Tags;

namespace Api.Purging;

/// <summary>Keys that are purged at one cache together. Not safe for several threads.</summary>
/// <param name="due">When they may be sent, as a timestamp of the clock.</param>
/// <param name="repetition">The same purge again, once this one is accepted; null for a repetition.</param>
internal sealed class PurgeRound(long due, PurgeRound? repetition)
{
    private readonly TaskCompletionSource accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    /// <summary>When they may be sent, as a timestamp of the clock.</summary>
    public long Due { get; set; } = due;

    /// <summary>The same purge again, once this one is accepted; null for a repetition.</summary>
    public PurgeRound? Repetition => repetition;

    /// <summary>
    /// At most <see cref="PurgeQueue.MostWaiting"/>. <see cref="CacheKey.All"/> replaces all others, as it is on every answer.
    /// </summary>
    public IReadOnlyCollection<string> Keys => keys;

    /// <summary>Completes when the cache has accepted all keys; cancelled when the process stops before.</summary>
    public Task Accepted => accepted.Task;

    public void Add(IEnumerable<string> more)
    {
        keys.UnionWith(more);
        if (keys.Count > 1 && (keys.Contains(CacheKey.All) || keys.Count > PurgeQueue.MostWaiting))
            AddAll();
    }

    public void AddAll()
    {
        keys.Clear();
        keys.Add(CacheKey.All);
    }

    public void Complete() => accepted.TrySetResult();

    public void Cancel()
    {
        accepted.TrySetCanceled();
        repetition?.Cancel();
    }
}
