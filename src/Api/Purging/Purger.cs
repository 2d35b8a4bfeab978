namespace Api.Purging;

/// <summary>
/// Drops answers from the caches in front by their keys: Varnish, Fastly and Cloudflare, as the settings <c>Purge:…</c> say. A cache that
/// fails delays no other. Each purge is repeated ten seconds after a cache has accepted it.
/// </summary>
internal sealed class Purger : BackgroundService
{
    private static readonly Purge Nothing = new(Task.CompletedTask, Task.CompletedTask);

    private readonly PurgeQueue[] queues;

    public Purger(IReadOnlyList<IPurgedCache> caches, TimeProvider clock, ILogger<Purger> log) =>
        queues = [.. caches.Select(cache => new PurgeQueue(cache, clock, log))];

    /// <summary>Whether any cache is configured.</summary>
    public bool IsOn => queues.Length > 0;

    /// <summary>Begins to purge keys at every cache. Returns at once, and no failure of a cache escapes.</summary>
    /// <param name="keys">Keys as answers have them; none completes at once.</param>
    /// <exception cref="ArgumentException">A text is no key; nothing is purged.</exception>
    public Purge Begin(IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            if (key.Length == 0 || key.AsSpan().ContainsAnyExceptInRange('!', '~') || key.Contains(','))
                throw new ArgumentException(
                    $"'{key}' is no key: a key has printable ASCII characters without space and comma.",
                    nameof(keys)
                );
        }
        if (keys.Count == 0 || !IsOn)
            return Nothing;
        var rounds = Array.ConvertAll(queues, queue => queue.Add(keys));
        return new Purge(
            Task.WhenAll(rounds.Select(round => round.Accepted)),
            Task.WhenAll(rounds.Select(round => round.Repetition!.Accepted))
        );
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(queues.Select(queue => queue.Run(stoppingToken)));
}

/// <summary>A purge that was begun. Both tasks wait for as long as a cache fails, and are cancelled when the process stops.</summary>
/// <param name="Accepted">Completes when each cache has accepted the purge.</param>
/// <param name="Done">
/// Completes when each cache has also accepted its repetition. From then on no cache has an old answer, unless it took ten seconds from the
/// API to the cache.
/// </param>
internal sealed record Purge(Task Accepted, Task Done);
