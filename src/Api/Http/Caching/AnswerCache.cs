using System.Collections.Concurrent;

namespace Api.Http.Caching;

/// <summary>
/// The answers of this node, each until a change concerns it. Whoever follows the changes calls <see cref="Apply"/> and <see cref="Verify"/>; an answer is
/// served only while that was not longer ago than <see cref="CacheSettings.Safety"/>, or while the database is known to be away.
/// </summary>
/// <remarks>Looking up takes no lock. Of the rest everything is short.</remarks>
internal sealed class AnswerCache(CacheSettings settings, TimeProvider clock)
{
    private const int MostAddresses = 16;

    private readonly ConcurrentDictionary<Address, CachedAnswer> byAddress = new();
    private readonly ConcurrentDictionary<string, CachedAnswer> byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PendingAnswer> pending = new(StringComparer.Ordinal);

    private readonly Lock gate = new();
    private readonly Dictionary<Tag, HashSet<CachedAnswer>> byTag = [];
    private readonly HashSet<CachedAnswer> ofEverything = [];
    private readonly RecentChanges recent = new();
    private long bytes;

    private volatile Moment now = Moment.Unknown;
    private long verified;
    private long head = Moment.Unknown.Sequence;
    private volatile bool away;
    private volatile TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is known now; read before an answer is found, it is what the answer reflects at least.</summary>
    public Moment Now => now;

    /// <summary>Ends when <see cref="Now"/> is another. Take it before looking at that.</summary>
    public Task News => news.Task;

    /// <summary>What the kept answers take in memory.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Whether the kept answers may be old, as the database is away.</summary>
    public bool IsAway => away;

    /// <summary>How many answers are kept.</summary>
    public int Count => byKey.Count;

    /// <summary>How long ago the kept answers were known to be the current ones.</summary>
    public TimeSpan Age => clock.GetElapsedTime(Interlocked.Read(ref verified));

    /// <summary>Whether what is in memory may be served: it is known to be current, or the database is known to be away and it is not too old.</summary>
    public bool MayServe => Age is var age && (age <= settings.Safety || (away && age.TotalSeconds <= settings.StaleIfError));

    /// <summary>Whether it was looked for changes after a timestamp of the clock.</summary>
    public bool IsVerifiedSince(long timestamp) => Interlocked.Read(ref verified) >= timestamp;

    /// <summary>The content's sequence as far as it is known to be, which may be further on than <see cref="Now"/>: a large commit takes a moment to be read.</summary>
    public long Head => Interlocked.Read(ref head);

    /// <summary>Says how far the content is.</summary>
    public void Hear(long sequence) => Interlocked.Exchange(ref head, sequence);

    /// <summary>Looks for changes at once; set by whoever follows them. Gives whether the database answered.</summary>
    public Func<CancellationToken, Task<bool>> LookAgain { get; set; } = _ => Task.FromResult(false);

    /// <summary>The answer to a request as it was sent; null when there is none that may be served.</summary>
    public CachedAnswer? Find(in Address address) => byAddress.TryGetValue(address, out var answer) && MayServe && !IsOver(answer) ? Touched(answer) : null;

    /// <summary>The answer to a request in its one spelling; null when there is none that may be served.</summary>
    public CachedAnswer? Find(string key) => byKey.TryGetValue(key, out var answer) && MayServe && !IsOver(answer) ? Touched(answer) : null;

    /// <summary>An answer for when there is no newer one to be had; null when there is none, or it is older than <see cref="CacheSettings.StaleIfError"/>.</summary>
    public CachedAnswer? FindStale(string key) => byKey.TryGetValue(key, out var answer) && !IsOver(answer) && Age <= TimeSpan.FromSeconds(settings.StaleIfError) ? answer : null;

    /// <summary>Makes the answer to <paramref name="key"/>, or waits for who is making it. Nobody waits for an answer that was begun before the last change.</summary>
    /// <returns>The pending answer, and whether the caller has to make it and then call <see cref="Complete"/> or <see cref="Fail"/>.</returns>
    public (PendingAnswer Pending, bool IsMine) Join(string key)
    {
        while (true)
        {
            var mine = new PendingAnswer(now);
            var known = pending.GetOrAdd(key, mine);
            if (known == mine) return (mine, true);
            if (known.Begun.Epoch == mine.Begun.Epoch) return (known, false);
            if (pending.TryUpdate(key, mine, known)) return (mine, true);
        }
    }

    /// <summary>Hands an answer to everybody who waits for it, and keeps it if no change concerns it since it was begun.</summary>
    /// <returns>Whether it is kept.</returns>
    public bool Complete(string key, PendingAnswer mine, CachedAnswer? answer)
    {
        var kept = answer is not null && Keep(answer);
        pending.TryRemove(new(key, mine));
        mine.Complete(answer);
        return kept;
    }

    /// <summary>Tells everybody who waits that it failed.</summary>
    public void Fail(string key, PendingAnswer mine, Exception exception)
    {
        pending.TryRemove(new(key, mine));
        mine.Fail(exception);
    }

    /// <summary>Lets requests that look like this one find the answer without being parsed.</summary>
    public void Remember(in Address address, CachedAnswer answer)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(answer.Key, out var kept) || kept != answer || answer.Addresses.Count >= MostAddresses || !byAddress.TryAdd(address, answer)) return;
            answer.Addresses.Add(address);
            Charge(answer);
            MakeRoom();
        }
    }

    /// <summary>What was encoded since it was kept counts as well.</summary>
    public void Grew(CachedAnswer answer)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(answer.Key, out var kept) || kept != answer) return;
            Charge(answer);
            MakeRoom();
        }
    }

    /// <summary>Drops what changes make old.</summary>
    /// <param name="changes">The changes since the last call; null when they are not known, which drops everything.</param>
    /// <param name="sequence">The content's sequence after them.</param>
    /// <param name="changedAt">When the last of them was made (UTC, by the database's clock).</param>
    public void Apply(IReadOnlyList<Change>? changes, long sequence, DateTime changedAt)
    {
        lock (gate)
        {
            Drop(changes, sequence, changedAt);
        }
    }

    /// <summary>Drops what the passing of a moment makes old, though nothing has changed in the database; everything for null.</summary>
    public void Expire(IReadOnlyList<Change>? expired)
    {
        lock (gate)
        {
            Drop(expired, now.Sequence, clock.GetUtcNow().UtcDateTime);
        }
    }

    /// <summary>Says that all changes up to <paramref name="asOf"/>, a timestamp of the clock, have been applied.</summary>
    public void Verify(long asOf)
    {
        Interlocked.Exchange(ref verified, asOf);
        away = false;
    }

    /// <summary>How often the content was found to have another history, as after a restore.</summary>
    public int Histories { get; private set; }

    /// <summary>Says that the content has another history: nothing that was known of it counts.</summary>
    public void ForgetHistory() => Histories++;

    /// <summary>Says that the database cannot be asked: what is kept is served on.</summary>
    public void Lose() => away = true;

    private bool IsOver(CachedAnswer answer) => answer.Until is { } until && clock.GetUtcNow().UtcDateTime >= until;

    private CachedAnswer Touched(CachedAnswer answer)
    {
        // A tenth of a second is exact enough, and spares the processors' caches.
        var time = clock.GetTimestamp();
        if (time - answer.Used > clock.TimestampFrequency / 10) answer.Used = time;
        return answer;
    }

    private bool Keep(CachedAnswer answer)
    {
        lock (gate)
        {
            if (!answer.AsOf.IsKnown || answer.Bytes > settings.MaxBytes / 4 || recent.Concern(answer, now.Epoch)) return false;
            if (byKey.TryGetValue(answer.Key, out var older)) Drop(older);
            byKey[answer.Key] = answer;
            answer.Used = clock.GetTimestamp();
            Charge(answer);
            if (answer.Tags.Count == 0) ofEverything.Add(answer);
            foreach (var tag in answer.Tags)
                (byTag.TryGetValue(tag, out var tagged) ? tagged : byTag[tag] = []).Add(answer);
            MakeRoom();
            return true;
        }
    }

    private List<CachedAnswer> Concerned(IReadOnlyList<Change>? changes)
    {
        if (changes is null || changes.Any(change => change.ConcernsAll)) return [.. byKey.Values];
        if (changes.Count == 0) return [];
        return [.. ofEverything, .. changes.SelectMany(change => change.Tags).Distinct().SelectMany(tag => byTag.GetValueOrDefault(tag) ?? [])];
    }

    private void Drop(IReadOnlyList<Change>? changes, long sequence, DateTime changedAt)
    {
        var epoch = now.Epoch + 1;
        recent.Add(epoch, changes);
        foreach (var answer in Concerned(changes)) Drop(answer);
        // Only now: who reads this first and then finds an answer may say that it reflects the changes.
        now = new Moment(epoch, sequence, new[] { changedAt, now.ChangedAt, clock.GetUtcNow().UtcDateTime }.Max());
        Interlocked.Exchange(ref news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private void Drop(CachedAnswer answer)
    {
        if (!byKey.TryRemove(new(answer.Key, answer))) return;
        foreach (var address in answer.Addresses) byAddress.TryRemove(new(address, answer));
        ofEverything.Remove(answer);
        foreach (var tag in answer.Tags)
        {
            if (byTag.TryGetValue(tag, out var tagged) && tagged.Remove(answer) && tagged.Count == 0) byTag.Remove(tag);
        }
        bytes -= answer.Charged;
        answer.Charged = 0;
    }

    private void Charge(CachedAnswer answer)
    {
        bytes += answer.Bytes - answer.Charged;
        answer.Charged = answer.Bytes;
    }

    // A fifth at a time, so that it is seldom.
    private void MakeRoom()
    {
        if (bytes <= settings.MaxBytes) return;
        foreach (var answer in byKey.Values.OrderBy(answer => answer.Used))
        {
            if (bytes <= settings.MaxBytes / 5 * 4) break;
            Drop(answer);
        }
    }
}
