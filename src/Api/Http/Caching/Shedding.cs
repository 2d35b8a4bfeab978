using System.Threading.RateLimiting;
using Api.Http.Errors;
using Api.Settings;

namespace Api.Http.Caching;

/// <summary>
/// Load shedding: limits how many answers are made at once and how many requests wait, and rejects the others. So throughput stays the same
/// when the load exceeds the capacity.
/// </summary>
internal sealed class Shedding(LoadSettings settings) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrencyLimiter limiter = new(
        new ConcurrencyLimiterOptions
        {
            PermitLimit = settings.Concurrent,
            QueueLimit = settings.Queued,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    /// <summary>Waits for a permit; dispose it when the answer is made.</summary>
    /// <exception cref="OverloadedException">The queue is full, or no permit became free within two seconds.</exception>
    public async ValueTask<IDisposable> Enter(CancellationToken cancel)
    {
        if (limiter.AttemptAcquire() is { IsAcquired: true } free)
            return free;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(LongestWait);
        try
        {
            var permit = await limiter.AcquireAsync(1, limited.Token);
            return permit.IsAcquired ? permit : throw new OverloadedException();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new OverloadedException();
        }
    }

    public void Dispose() => limiter.Dispose();
}

/// <summary>Settings <c>Load:…</c>.</summary>
/// <param name="Concurrent">Answers made at once.</param>
/// <param name="Queued">Requests that wait for it.</param>
internal sealed record LoadSettings(int Concurrent, int Queued)
{
    private static readonly NumberSetting ConcurrentSetting = new("Load:Concurrent", "answers", 4 * Environment.ProcessorCount, 1, 1_000)
    {
        DefaultNote = "4 for each processor",
        Effect = "Maximum number of answers that are computed at the same time. Cached answers do not count.",
    };

    private static readonly NumberSetting QueuedSetting = new("Load:Queued", "requests", 500, 0, 100_000)
    {
        Effect =
            "Maximum number of requests that wait for a free place, each for two seconds at most. Further requests are answered 503 with `Retry-After`.",
    };

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static LoadSettings From(IConfiguration configuration) =>
        new((int)ConcurrentSetting.Read(configuration), (int)QueuedSetting.Read(configuration));
}
