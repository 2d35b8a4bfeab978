using Api.Contracts.Site;
using Api.Data;
using Api.Data.Delivery;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Listing;
using Npgsql;

namespace Api.Hosting;

/// <summary>
/// Determines whether this process is ready. Runs at most once a second however often it is called, and takes three seconds at most.
/// </summary>
internal sealed class ReadinessCheck(
    DeliveryDatabase delivery,
    Migrator migrator,
    Publisher publisher,
    AnswerCache cache,
    ListIndex lists,
    TimeProvider clock,
    ILogger<ReadinessCheck> log
) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    // Publishing and following changes normally happen every second.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim checkLock = new(1, 1);
    private Readiness last = Report([]);
    private long? checkedAt;
    private bool hasReadWords;

    /// <summary>The readiness now, or up to a second ago.</summary>
    public async Task<Readiness> Look(CancellationToken cancel)
    {
        await checkLock.WaitAsync(cancel);
        try
        {
            if (checkedAt is { } at && clock.GetElapsedTime(at) < Fresh)
                return last;
            // Not the token of the client: waiting requests share the result, so the check continues when the client that started it
            // disconnects.
            using var limited = new CancellationTokenSource(Timeout);
            var now = Report(await Reasons(limited.Token));
            if (now.Status != last.Status)
                log.LogWarning("This process is {Status} {Reasons}", now.Status, now.Reasons.Select(reason => reason.Code));
            (last, checkedAt) = (now, clock.GetTimestamp());
            return now;
        }
        finally
        {
            checkLock.Release();
        }
    }

    /// <summary>Waits until all lists and words have been read.</summary>
    /// <param name="limit">The longest wait.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Whether they have been read.</returns>
    public Task<bool> UntilRead(TimeSpan limit, CancellationToken cancel) => lists.WaitUntilComplete(limit, cancel);

    public void Dispose() => checkLock.Dispose();

    private static Readiness Report(IReadOnlyList<ReadinessReason> reasons) =>
        new() { Status = reasons.Count == 0 ? "ready" : "not-ready", Reasons = reasons };

    private async Task<IReadOnlyList<ReadinessReason>> Reasons(CancellationToken cancel)
    {
        var database = OfDatabase(cancel);
        var migrations = OfMigrations(cancel);
        ReadinessReason?[] all =
        [
            await database,
            await migrations,
            publisher.Lateness > Late
                ? new("publisher-late", "What was to appear or vanish by now may not have: publishing is held up.")
                : null,
            IsReadingWords()
                ? new("words-unread", "The words of the texts are being read into memory: search does not find everything yet.")
                : null,
            lists.Latest is not { } read || read.Sequence < cache.Now.Sequence
                ? new("lists-unread", "The lists are being read into memory.")
                : null,
            cache.Age > Late ? new("changes-behind", "Changes are not followed: answers from memory may be old.") : null,
        ];
        return [.. all.OfType<ReadinessReason>()];
    }

    // A process is ready when it has read all words once. Those of a later import are no reason to send readers to other processes, which
    // read them as well.
    private bool IsReadingWords()
    {
        hasReadWords |= lists.Latest is { Words.IsComplete: true };
        return lists.Latest is not null && !hasReadWords;
    }

    // A server may accept connections and still fail on requests. New sessions notice that first.
    private async Task<ReadinessReason?> OfDatabase(CancellationToken cancel)
    {
        var failures = await Task.WhenAll(delivery.Hosts.All.Select(host => Failure(host, cancel)));
        if (failures.OfType<PostgresException>().FirstOrDefault(DatabaseErrors.IsOfFiles) is not null)
            return new(
                "database-files",
                "The database cannot load files of its own: they were removed, or replaced while it ran. It has to be started again."
            );
        if (failures.Contains(null))
            return null;
        return failures[0] is PostgresException { InvariantSeverity: "ERROR" }
            ? new("database-failing", "The database answers, but not what requests ask it.")
            : new("database-unreachable", "The database does not answer.");
    }

    private static async Task<Exception?> Failure(DeliveryHost host, CancellationToken cancel)
    {
        try
        {
            await host.Probe(cancel);
            return null;
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is OperationCanceledException)
        {
            return e;
        }
    }

    private async Task<ReadinessReason?> OfMigrations(CancellationToken cancel)
    {
        try
        {
            return (await migrator.Missing(cancel)).Count == 0
                ? null
                : new("migrations-pending", "The database is behind this program: it has to be migrated.");
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is OperationCanceledException or InvalidOperationException)
        {
            // A database that does not answer is reported by other reasons: by its own, or, while a standby answers, by late publishing.
            return null;
        }
    }
}
