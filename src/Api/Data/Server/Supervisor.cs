using System.Globalization;

namespace Api.Data.Server;

/// <summary>
/// Keeps a private server running: restarts it when it has exited, cannot be reached, or its files have been replaced since it was started.
/// </summary>
/// <remarks>
/// When it keeps failing the pauses grow, up to 30 s. Several processes may supervise a server; one at a time restarts it.
/// </remarks>
internal sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(250);

    // An update replaces hundreds of files. It is complete when two consecutive checks find the same files.
    private static readonly TimeSpan FileCheckInterval = TimeSpan.FromSeconds(2);

    // After running this long, a failure is not caused by the start: the pauses start over.
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);

    private readonly PrivatePostgres server;
    private readonly Action<string> report;
    private readonly TimeProvider clock = TimeProvider.System;
    private readonly Backoff pause = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    private long filesCheckedAt;
    private string? lastFingerprint;

    /// <summary>Starts supervising; <paramref name="report"/> receives sentences about what happens to the server.</summary>
    public Supervisor(PrivatePostgres server, Action<string> report)
    {
        this.server = server;
        this.report = report;
        filesCheckedAt = clock.GetTimestamp();
        running = Task.Run(() => Run(stopping.Token));
    }

    /// <summary>Stops supervising. A running server keeps running; one that is being started is stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task Run(CancellationToken cancel)
    {
        var since = clock.GetTimestamp();
        while (!cancel.IsCancellationRequested)
        {
            if ((await server.Trouble(CheckInterval, cancel) ?? Replaced()) is not { } trouble)
                continue;
            if (clock.GetElapsedTime(since) > StableAfter)
                pause.Reset();
            await Restart(trouble, cancel);
            since = clock.GetTimestamp();
        }
    }

    private string? Replaced()
    {
        if (clock.GetElapsedTime(filesCheckedAt) < FileCheckInterval)
            return null;
        filesCheckedAt = clock.GetTimestamp();
        var seen = server.Replacement();
        (var before, lastFingerprint) = (lastFingerprint, seen);
        return seen is not null && seen == before ? "runs on files that have been replaced" : null;
    }

    private async Task Restart(string trouble, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        report($"The private PostgreSQL server {trouble}: starting it again.");
        for (string? lastReported = null; ; )
        {
            await Task.Delay(pause.Next(), clock, cancel);
            try
            {
                await server.Restart(cancel);
                var seconds = clock.GetElapsedTime(begun).TotalSeconds;
                report(string.Create(CultureInfo.InvariantCulture, $"The private PostgreSQL server runs again, after {seconds:0.0} s."));
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Reports each reason once, however often the restart fails.
                if (e.Message != lastReported)
                    report($"The private PostgreSQL server cannot be started again, retrying: {e.Message.ReplaceLineEndings(" ")}");
                lastReported = e.Message;
            }
        }
    }
}
