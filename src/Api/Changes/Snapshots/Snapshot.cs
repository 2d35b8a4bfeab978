using System.IO.Compression;

namespace Api.Changes.Snapshots;

/// <summary>A snapshot that is made, or being made, as plain and, once somebody asks for that, as compressed bytes.</summary>
/// <param name="baseUrl">What the addresses in it are on.</param>
/// <param name="folder">Where its bytes are kept.</param>
/// <param name="begun">A timestamp of the clock.</param>
/// <param name="histories">Which history of the content it is of.</param>
/// <param name="gone">Told when its bytes are dropped.</param>
internal sealed class Snapshot(string baseUrl, string folder, long begun, int histories, Action gone) : IAsyncDisposable
{
    private readonly TaskCompletionSource<long> sequence = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly CancellationTokenSource retired = new();
    private long asked = begun;
    private Spool? gzip;

    // Whoever made it is one.
    private int users = 1;

    /// <summary>Public base of the addresses in it.</summary>
    public string Base => baseUrl;

    /// <summary>The changes up to it are in it; known once its first line is being written.</summary>
    public Task<long> Sequence => sequence.Task;

    /// <summary>Which history of the content it is of.</summary>
    public int Histories => histories;

    /// <summary>When it was asked for last, a timestamp of the clock.</summary>
    public long Asked => Volatile.Read(ref asked);

    /// <summary>Ends those who still read it, some time after another has taken its place.</summary>
    public CancellationToken Retired => retired.Token;

    /// <summary>When it was begun, a timestamp of the clock.</summary>
    public long Begun { get; } = begun;

    /// <summary>How long it took; null while it is being made.</summary>
    public TimeSpan? Took { get; set; }

    /// <summary>Its bytes.</summary>
    public Spool Plain { get; } = new(folder);

    /// <summary>Its bytes in gzip (RFC 1952).</summary>
    public Spool Gzip
    {
        get
        {
            lock (gate)
            {
                if (gzip is not null) return gzip;
                gzip = new Spool(folder);
                Interlocked.Increment(ref users);
                _ = Task.Run(() => Compress(gzip));
                return gzip;
            }
        }
    }

    /// <summary>Whether it is being made, or whole.</summary>
    public bool IsGood => !Plain.Completion.IsFaulted && gzip?.Completion.IsFaulted != true;

    /// <summary>Somebody more needs it; whoever says so calls <see cref="DisposeAsync"/> in the end.</summary>
    public void Enter(long now)
    {
        Interlocked.Increment(ref users);
        Volatile.Write(ref asked, now);
    }

    /// <summary>Another has taken its place: who still reads it may do so for a while.</summary>
    public void Retire(TimeSpan grace) => retired.CancelAfter(grace);

    /// <summary>Drops its bytes when nobody needs them any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Decrement(ref users) > 0) return;
        await Plain.DisposeAsync();
        if (gzip is not null) await gzip.DisposeAsync();
        retired.Dispose();
        gone();
    }

    /// <summary>Says which changes are in it.</summary>
    public void Is(long known) => sequence.TrySetResult(known);

    /// <summary>Says that there will be none.</summary>
    public void Fail(Exception reason)
    {
        sequence.TrySetException(reason);
        // Nobody may be waiting for it.
        _ = sequence.Task.Exception;
        Plain.Fail(reason);
    }

    // Beside the making, from what is there already.
    private async Task Compress(Spool output)
    {
        try
        {
            await using (var writing = new SpoolStream(output))
            await using (var encoder = new GZipStream(writing, CompressionLevel.Fastest))
                await Plain.CopyTo(encoder, CancellationToken.None);
            output.Complete();
        }
        catch (Exception e)
        {
            output.Fail(e);
        }
        finally
        {
            await DisposeAsync();
        }
    }
}
