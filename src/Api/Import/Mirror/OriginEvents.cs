using System.Globalization;
using System.Net;

namespace Api.Import.Mirror;

/// <summary>What the stream of the other instance says.</summary>
/// <param name="Sequence">Its content has changed up to this sequence.</param>
/// <param name="IsResync">Whether anything may have changed.</param>
internal sealed record OriginNews(long Sequence, bool IsResync);

/// <summary>
/// Reads the stream of changes of the other instance in the background, and says when there are later ones. Without a stream, as behind a
/// proxy that holds it back, it says so.
/// </summary>
/// <param name="client">The other instance.</param>
/// <param name="clock">The clock for delays.</param>
internal sealed class OriginEvents(MirrorClient client, TimeProvider clock) : IAsyncDisposable
{
    // The other instance writes a comment every 15 seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    // A stream may be open and tell nothing; asking is cheap.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WithoutStream = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource end = new();
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? reading;
    private string position = "";
    private bool isOpen;
    private OriginNews? news;

    /// <summary>Receives messages for people.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>Waits until the stream tells of changes after a token, or five minutes.</summary>
    /// <param name="token">The token of the copy.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>What to pass to <see cref="Done"/> when the copy has them; null when no stream is open.</returns>
    public async Task<OriginNews?> Later(string token, CancellationToken cancel)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                position = token;
                reading ??= Task.Run(Run, CancellationToken.None);
                if (!isOpen)
                    return null;
                if (news is { } told && (told.IsResync || told.Sequence > SequenceOf(token)))
                    return told;
                next = changed.Task;
            }
            try
            {
                await next.WaitAsync(LongestWait, clock, cancel);
            }
            catch (TimeoutException)
            {
                return new OriginNews(0, false);
            }
        }
    }

    /// <summary>Says that the copy has what the stream told of.</summary>
    public void Done(OriginNews told)
    {
        lock (gate)
            if (ReferenceEquals(news, told))
                news = null;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        if (reading is not null)
            await reading;
        end.Dispose();
    }

    private async Task Run()
    {
        while (!end.IsCancellationRequested)
        {
            var pause = await Read();
            await Task.Delay(pause, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Reads one stream to its end; returns the time until the next.
    private async Task<TimeSpan> Read()
    {
        var wasOpen = false;
        try
        {
            await foreach (var item in client.Events(position, LongestSilence, clock, end.Token))
            {
                if (!wasOpen)
                    Tell("Following the stream of changes.");
                wasOpen = true;
                Set(true, new OriginNews(SequenceOf(item.EventId), item.EventType == "resync"));
            }
            return AfterEnd;
        }
        catch (TimeoutException)
        {
            Tell("The stream of changes is silent; asking for changes instead.");
            return WithoutStream;
        }
        catch (Exception e)
            when (e is MirrorException or HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.NotAcceptable })
        {
            Tell("The other instance has no stream of changes; asking for changes instead.");
            return WithoutStream;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            return wasOpen ? AfterEnd : AfterFailure;
        }
        finally
        {
            Set(false, null);
        }
    }

    private void Set(bool open, OriginNews? told)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            isOpen = open;
            // A resync holds until the copy has followed it, whatever else is told.
            news = open && news is { IsResync: true } && told is { IsResync: false } ? new OriginNews(told.Sequence, true) : told;
            before = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        before.SetResult();
    }

    private static long SequenceOf(string? token) =>
        long.TryParse(token?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
}
