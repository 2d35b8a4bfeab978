using System.Collections.Concurrent;
using Api.Http.Tags;

namespace Api.Http.Caching;

/// <summary>
/// The cached answers of this node. Each stays until a change affects it. The code that follows the changes calls <see cref="Apply"/> and
/// <see cref="Verify"/>; an answer is served only if the last call is no longer ago than <see cref="CacheSettings.Safety"/>, or while the
/// database is known to be unavailable.
/// </summary>
/// <remarks>Look-ups take no lock. All other operations hold one briefly.</remarks>
internal sealed class AnswerCache(CacheSettings settings, TimeProvider clock)
{
    private const int MostAddresses = 16;

    private readonly ConcurrentDictionary<Address, CachedAnswer> byAddress = new();
    private readonly ConcurrentDictionary<string, CachedAnswer> byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PendingAnswer> pending = new(StringComparer.Ordinal);

    private readonly Lock gate = new();
    private readonly Dictionary<Tag, HashSet<CachedAnswer>> byTag = [];
    private readonly HashSet<CachedAnswer> withoutTags = [];
    private readonly RecentChanges recent = new();
    private long bytes;

    private volatile Moment now = Moment.Unknown;
    private long verified;
    private long head = Moment.Unknown.Sequence;
    private volatile bool away;
    private volatile TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The state of the content that this node knows. An answer looked up after reading it reflects at least this state.</summary>
    public Moment Now => now;

    /// <summary>Completes when <see cref="Now"/> changes. Read it before <see cref="Now"/>, or a change in between is missed.</summary>
    public Task NextChange => changed.Task;

    /// <summary>Memory use of the cached answers, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Whether the cached answers may be stale because the database is unavailable.</summary>
    public bool IsAway => away;

    /// <summary>Number of cached answers.</summary>
    public int Count => byKey.Count;

    /// <summary>Time since the cached answers were last known to be current.</summary>
    public TimeSpan Age => clock.GetElapsedTime(Interlocked.Read(ref verified));

    /// <summary>
    /// Whether cached answers may be served: they are known to be current, or the database is known to be unavailable and they are not too
    /// old.
    /// </summary>
    public bool MayServe => Age is var age && (age <= settings.Safety || (away && age.TotalSeconds <= settings.StaleIfError));

    /// <summary>Whether all changes up to a timestamp of the clock have been applied.</summary>
    public bool IsVerifiedSince(long timestamp) => Interlocked.Read(ref verified) >= timestamp;

    /// <summary>
    /// The highest known sequence of the content. It may be ahead of <see cref="Now"/> while a large commit is being read.
    /// </summary>
    public long Head => Interlocked.Read(ref head);

    /// <summary>Sets <see cref="Head"/>.</summary>
    public void SetHead(long sequence) => Interlocked.Exchange(ref head, sequence);

    /// <summary>The answer to a request by its address as sent; null when there is none that may be served.</summary>
    public CachedAnswer? Find(in Address address) =>
        byAddress.TryGetValue(address, out var answer) && MayServe && !HasExpired(answer) ? MarkUsed(answer) : null;

    /// <summary>The answer to a request by its canonical address; null when there is none that may be served.</summary>
    public CachedAnswer? Find(string key) =>
        byKey.TryGetValue(key, out var answer) && MayServe && !HasExpired(answer) ? MarkUsed(answer) : null;

    /// <summary>
    /// A possibly stale answer, for when a new one cannot be made; null when there is none, or it is older than
    /// <see cref="CacheSettings.StaleIfError"/>.
    /// </summary>
    public CachedAnswer? FindStale(string key) =>
        byKey.TryGetValue(key, out var answer) && !HasExpired(answer) && Age <= TimeSpan.FromSeconds(settings.StaleIfError) ? answer : null;

    /// <summary>
    /// Joins the request that is making the answer to <paramref name="key"/>, or registers the caller as the one that makes it. An answer
    /// that was begun before the last change is not joined.
    /// </summary>
    /// <returns>
    /// The pending answer, and whether the caller has to make it and then call <see cref="Complete"/> or <see cref="Fail"/>.
    /// </returns>
    public (PendingAnswer Pending, bool IsMine) Join(string key)
    {
        while (true)
        {
            var mine = new PendingAnswer(now);
            var known = pending.GetOrAdd(key, mine);
            if (known == mine)
                return (mine, true);
            if (known.Begun.Epoch == mine.Begun.Epoch)
                return (known, false);
            if (pending.TryUpdate(key, mine, known))
                return (mine, true);
        }
    }

    /// <summary>The answer to <paramref name="key"/> that another request is making, to be joined; null when there is none.</summary>
    public PendingAnswer? FindPending(string key) =>
        pending.TryGetValue(key, out var known) && known.Begun.Epoch == now.Epoch ? known : null;

    /// <summary>
    /// Passes an answer to the requests that wait for it, and caches it unless a change has affected it since it was begun.
    /// </summary>
    /// <returns>Whether it was cached.</returns>
    public bool Complete(string key, PendingAnswer mine, CachedAnswer? answer)
    {
        var kept = answer is { IsPassing: false } && Keep(answer);
        pending.TryRemove(new(key, mine));
        mine.Complete(answer);
        return kept;
    }

    /// <summary>Passes a failure to the requests that wait for the answer.</summary>
    public void Fail(string key, PendingAnswer mine, Exception exception)
    {
        pending.TryRemove(new(key, mine));
        mine.Fail(exception);
    }

    /// <summary>Lets requests with the same address find the answer without being parsed.</summary>
    public void Remember(in Address address, CachedAnswer answer)
    {
        lock (gate)
        {
            if (
                !byKey.TryGetValue(answer.Key, out var kept)
                || kept != answer
                || answer.Addresses.Count >= MostAddresses
                || !byAddress.TryAdd(address, answer)
            )
                return;
            answer.Addresses.Add(address);
            Charge(answer);
            EvictLeastUsed();
        }
    }

    /// <summary>Updates the memory use of an answer that has been encoded since it was cached.</summary>
    public void Grew(CachedAnswer answer)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(answer.Key, out var kept) || kept != answer)
                return;
            Charge(answer);
            EvictLeastUsed();
        }
    }

    /// <summary>Drops the answers that changes affect.</summary>
    /// <param name="changes">The changes since the last call; null when they are unknown, which drops everything.</param>
    /// <param name="sequence">The content's sequence after them.</param>
    /// <param name="changedAt">When the last of them was made (UTC, by the database's clock).</param>
    public void Apply(IReadOnlyList<Change>? changes, long sequence, DateTime changedAt)
    {
        lock (gate)
        {
            Drop(changes, sequence, changedAt);
        }
    }

    /// <summary>Drops the answers that expiries affect, which need no change in the database; null drops everything.</summary>
    public void Expire(IReadOnlyList<Change>? expired)
    {
        lock (gate)
        {
            Drop(expired, now.Sequence, clock.GetUtcNow().UtcDateTime);
        }
    }

    /// <summary>Records that all changes up to <paramref name="asOf"/>, a timestamp of the clock, have been applied.</summary>
    public void Verify(long asOf)
    {
        Interlocked.Exchange(ref verified, asOf);
        away = false;
    }

    /// <summary>How often the content was replaced by another history, as after a restore.</summary>
    public int Histories { get; private set; }

    /// <summary>Records that the content has another history, so that earlier knowledge of it is invalid.</summary>
    public void ForgetHistory() => Histories++;

    /// <summary>Records that the database is unavailable: cached answers are still served.</summary>
    public void SetAway() => away = true;

    private bool HasExpired(CachedAnswer answer) => answer.Until is { } until && clock.GetUtcNow().UtcDateTime >= until;

    private CachedAnswer MarkUsed(CachedAnswer answer)
    {
        // Written at most ten times a second: each write invalidates the line in the caches of the other processors.
        var time = clock.GetTimestamp();
        if (time - answer.Used > clock.TimestampFrequency / 10)
            answer.Used = time;
        return answer;
    }

    private bool Keep(CachedAnswer answer)
    {
        lock (gate)
        {
            if (!answer.AsOf.IsKnown || answer.Bytes > settings.MaxBytes / 4 || recent.Concern(answer, now.Epoch))
                return false;
            if (byKey.TryGetValue(answer.Key, out var older))
                Drop(older);
            byKey[answer.Key] = answer;
            answer.Used = clock.GetTimestamp();
            Charge(answer);
            if (answer.Tags.Count == 0)
                withoutTags.Add(answer);
            foreach (var tag in answer.Tags)
                (byTag.TryGetValue(tag, out var tagged) ? tagged : byTag[tag] = []).Add(answer);
            EvictLeastUsed();
            return true;
        }
    }

    private List<CachedAnswer> Concerned(IReadOnlyList<Change>? changes)
    {
        if (changes is null || changes.Any(change => change.ConcernsAll))
            return [.. byKey.Values];
        if (changes.Count == 0)
            return [];
        return
        [
            .. withoutTags,
            .. changes.SelectMany(change => change.Tags).Distinct().SelectMany(tag => byTag.GetValueOrDefault(tag) ?? []),
        ];
    }

    private void Drop(IReadOnlyList<Change>? changes, long sequence, DateTime changedAt)
    {
        var epoch = now.Epoch + 1;
        recent.Add(epoch, changes);
        foreach (var answer in Concerned(changes))
            Drop(answer);
        // After the answers are dropped: a reader that reads this and then finds an answer relies on the answer reflecting the changes.
        now = new Moment(epoch, sequence, new[] { changedAt, now.ChangedAt, clock.GetUtcNow().UtcDateTime }.Max());
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private void Drop(CachedAnswer answer)
    {
        if (!byKey.TryRemove(new(answer.Key, answer)))
            return;
        foreach (var address in answer.Addresses)
            byAddress.TryRemove(new(address, answer));
        withoutTags.Remove(answer);
        foreach (var tag in answer.Tags)
        {
            if (byTag.TryGetValue(tag, out var tagged) && tagged.Remove(answer) && tagged.Count == 0)
                byTag.Remove(tag);
        }
        bytes -= answer.Charged;
        answer.Charged = 0;
    }

    private void Charge(CachedAnswer answer)
    {
        bytes += answer.Bytes - answer.Charged;
        answer.Charged = answer.Bytes;
    }

    // Evicts a fifth of the limit at a time, so that it seldom runs.
    private void EvictLeastUsed()
    {
        if (bytes <= settings.MaxBytes)
            return;
        foreach (var answer in byKey.Values.OrderBy(answer => answer.Used))
        {
            if (bytes <= settings.MaxBytes / 5 * 4)
                break;
            Drop(answer);
        }
    }
}
