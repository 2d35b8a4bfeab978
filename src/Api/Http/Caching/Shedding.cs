using System.Threading.RateLimiting;
using Api.Http.Errors;
using Api.Http.Site;

namespace Api.Http.Caching;

/// <summary>Lets so many answers be made at once, so many requests wait for it, and turns the others away: beyond its capacity the API answers as many as at it.</summary>
internal sealed class Shedding(LoadSettings settings) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = settings.Concurrent,
        QueueLimit = settings.Queued,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a place; dispose it when the answer is made.</summary>
    /// <exception cref="OverloadedException">There is none, or none came free within two seconds.</exception>
    public async ValueTask<IDisposable> Enter(CancellationToken cancel)
    {
        if (limiter.AttemptAcquire() is { IsAcquired: true } free) return free;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Patience);
        try
        {
            var place = await limiter.AcquireAsync(1, limited.Token);
            return place.IsAcquired ? place : throw new OverloadedException();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new OverloadedException();
        }
    }

    public void Dispose() => limiter.Dispose();
}

/// <summary>Settings <c>Load:…</c>.</summary>
/// <param name="Concurrent"><c>Load:Concurrent</c>: answers made at once, 1 to 1,000; by default four for each processor.</param>
/// <param name="Queued"><c>Load:Queued</c>: requests that wait for it, 0 to 100,000; default 500.</param>
internal sealed record LoadSettings(int Concurrent, int Queued)
{
    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static LoadSettings From(IConfiguration configuration) => new(
        (int)NumberSetting.Read(configuration, "Load:Concurrent", 4 * Environment.ProcessorCount, 1, 1_000),
        (int)NumberSetting.Read(configuration, "Load:Queued", 500, 0, 100_000));
}
