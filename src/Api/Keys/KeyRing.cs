using Api.Data;

namespace Api.Keys;

/// <summary>
/// The keys as this node knows them. They are read again when a request brings a key and three seconds have passed, so that a revocation
/// counts on every node within five seconds, and without such requests nothing is read.
/// </summary>
internal sealed class KeyRing(KeyRepository keys, TimeProvider clock, ILogger<KeyRing> log)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UsedFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UsedWhileAway = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private volatile Known? known;
    private Task<Known>? reading;

    /// <summary>The key with an id; null for none.</summary>
    /// <exception cref="TimeoutException">The database has not answered for a minute.</exception>
    public async ValueTask<HeldKey?> Find(string id, CancellationToken cancel)
    {
        if (known is { } fresh && Age(fresh) < FreshFor)
            return fresh.ById.GetValueOrDefault(id);
        var read = Read();
        if (known is { } usable && Age(usable) < UsedFor)
            return usable.ById.GetValueOrDefault(id);
        try
        {
            return (await read.WaitAsync(cancel)).ById.GetValueOrDefault(id);
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
        {
            if (known is { } old && Age(old) < UsedWhileAway)
                return old.ById.GetValueOrDefault(id);
            throw new TimeoutException("The keys cannot be read.", e);
        }
    }

    /// <summary>Notes that a key was used, at most once an hour.</summary>
    public void Use(HeldKey key)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (key.NotedAt is { } at && now - at < Hour && at.Hour == now.Hour)
            return;
        key.NotedAt = now;
        _ = Note(key.Row.Id);
    }

    private TimeSpan Age(Known one) => clock.GetElapsedTime(one.ReadAt);

    // One at a time, which no request cancels.
    private Task<Known> Read()
    {
        lock (gate)
            return reading is { IsCompleted: false } running ? running : reading = ReadAll();
    }

    private async Task<Known> ReadAll()
    {
        await Task.Yield();
        var asked = clock.GetTimestamp();
        var rows = await keys.All(CancellationToken.None);
        var before = known;
        return known = new Known(asked, rows.ToDictionary(row => row.Id, row => Held(row, before), StringComparer.Ordinal));
    }

    // It keeps its count.
    private HeldKey Held(StoredKey row, Known? before) =>
        before?.ById.GetValueOrDefault(row.Id) is { } held && held.Row.PerMinute == row.PerMinute
            ? held.With(row)
            : new HeldKey(row, new KeyRate(row.PerMinute, clock));

    private async Task Note(string id)
    {
        try
        {
            await keys.Used(id, CancellationToken.None);
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
        {
            log.LogDebug("The use of a key is not stored: {Reason}", e.Message);
        }
    }

    private sealed record Known(long ReadAt, IReadOnlyDictionary<string, HeldKey> ById);
}

/// <summary>A key on this node.</summary>
internal sealed class HeldKey(StoredKey row, KeyRate rate)
{
    public StoredKey Row => row;

    public KeyRate Rate => rate;

    /// <summary>When its use was last noted.</summary>
    public DateTime? NotedAt { get; set; }

    /// <summary>The same with a row that was read later.</summary>
    public HeldKey With(StoredKey later) => new(later, rate) { NotedAt = NotedAt };
}
