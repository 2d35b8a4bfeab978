using System.Threading.RateLimiting;
using Api.Settings;

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

/// <summary>There is more to do than can be done in time.</summary>
internal sealed class OverloadedException : Exception;

/// <summary>Settings <c>Load:…</c>.</summary>
/// <param name="Concurrent">Answers made at once.</param>
/// <param name="Queued">Requests that wait for it.</param>
internal sealed record LoadSettings(int Concurrent, int Queued)
{
    private static readonly NumberSetting ConcurrentSetting = new("Load:Concurrent", "answers", 4 * Environment.ProcessorCount, 1, 1_000)
    {
        DefaultNote = "4 for each processor",
        Effect = "Answers that are made at the same time. Cached answers do not count.",
    };

    private static readonly NumberSetting QueuedSetting = new("Load:Queued", "requests", 500, 0, 100_000)
    {
        Effect = "Requests that wait for that, two seconds at most. Further requests are answered 503 with `Retry-After`.",
    };

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static LoadSettings From(IConfiguration configuration) => new((int)ConcurrentSetting.Read(configuration), (int)QueuedSetting.Read(configuration));
}
