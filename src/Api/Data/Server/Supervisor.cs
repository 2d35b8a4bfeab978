using System.Globalization;

namespace Api.Data.Server;

/// <summary>Keeps a private server running: starts it again within a moment when it has died, cannot be reached any more, or was started from files that have been replaced since.</summary>
/// <remarks>When it keeps dying the pauses grow, up to half a minute. Several processes may supervise one server; one of them at a time acts.</remarks>
internal sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    // An update replaces hundreds of files: it is over when they are the same in two looks.
    private static readonly TimeSpan BetweenFiles = TimeSpan.FromSeconds(2);

    // A server that ran for so long has not died of what it was started with.
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    private readonly PrivatePostgres server;
    private readonly Action<string> tell;
    private readonly TimeProvider clock = TimeProvider.System;
    private readonly Backoff pause = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    private long filesLooked;
    private string? filesSeen;

    /// <summary>Begins to supervise; <paramref name="tell"/> is told, in sentences, what happens to the server.</summary>
    public Supervisor(PrivatePostgres server, Action<string> tell)
    {
        this.server = server;
        this.tell = tell;
        filesLooked = clock.GetTimestamp();
        running = Task.Run(() => Run(stopping.Token));
    }

    /// <summary>Ends it; the server is left as it is, and one that is just being started has been stopped.</summary>
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
            if ((await server.Trouble(Look, cancel) ?? Replaced()) is not { } trouble)
                continue;
            if (clock.GetElapsedTime(since) > Steady)
                pause.Reset();
            await Restart(trouble, cancel);
            since = clock.GetTimestamp();
        }
    }

    private string? Replaced()
    {
        if (clock.GetElapsedTime(filesLooked) < BetweenFiles)
            return null;
        filesLooked = clock.GetTimestamp();
        var seen = server.Replacement();
        (var before, filesSeen) = (filesSeen, seen);
        return seen is not null && seen == before ? "runs on files that have been replaced" : null;
    }

    private async Task Restart(string trouble, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        tell($"The private PostgreSQL server {trouble}: starting it again.");
        for (string? told = null; ;)
        {
            await Task.Delay(pause.Next(), clock, cancel);
            try
            {
                await server.Restart(cancel);
                tell(string.Create(CultureInfo.InvariantCulture, $"The private PostgreSQL server runs again, after {clock.GetElapsedTime(begun).TotalSeconds:0.0} s."));
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One line for each reason, however often it is tried.
                if (e.Message != told)
                    tell($"The private PostgreSQL server cannot be started again, trying on: {e.Message.ReplaceLineEndings(" ")}");
                told = e.Message;
            }
        }
    }
}
