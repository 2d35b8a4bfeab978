using System.IO.Compression;

namespace Api.Changes.Snapshots;

/// <summary>A snapshot, complete or being written, as plain bytes and, once a client asks for them, as compressed bytes.</summary>
/// <param name="baseUrl">The public base of the addresses in it.</param>
/// <param name="folder">The folder that holds its bytes.</param>
/// <param name="begun">A timestamp of the clock.</param>
/// <param name="histories">The history of the content that it belongs to.</param>
/// <param name="gone">Called when its bytes are dropped.</param>
internal sealed class Snapshot(string baseUrl, string folder, long begun, int histories, Action gone) : IAsyncDisposable
{
    private readonly TaskCompletionSource<long> sequence = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly CancellationTokenSource retired = new();
    private long asked = begun;
    private Spool? gzip;

    // The writer counts as a user.
    private int users = 1;

    /// <summary>The public base of the addresses in it.</summary>
    public string Base => baseUrl;

    /// <summary>All changes up to this sequence are in the snapshot; known once its first line is written.</summary>
    public Task<long> Sequence => sequence.Task;

    /// <summary>The history of the content that it belongs to.</summary>
    public int Histories => histories;

    /// <summary>When a client last asked for it, a timestamp of the clock.</summary>
    public long Asked => Volatile.Read(ref asked);

    /// <summary>Cancelled some time after a newer snapshot has replaced this one; ends its remaining readers.</summary>
    public CancellationToken Retired => retired.Token;

    /// <summary>When writing began, a timestamp of the clock.</summary>
    public long Begun { get; } = begun;

    /// <summary>How long writing took; null while it is being written.</summary>
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
                if (gzip is not null)
                    return gzip;
                gzip = new Spool(folder);
                Interlocked.Increment(ref users);
                _ = Task.Run(() => Compress(gzip));
                return gzip;
            }
        }
    }

    /// <summary>Whether it is complete or being written, and has not failed.</summary>
    public bool IsGood => !Plain.Completion.IsFaulted && gzip?.Completion.IsFaulted != true;

    /// <summary>Adds a user; each user calls <see cref="DisposeAsync"/> once at the end.</summary>
    public void Enter(long now)
    {
        Interlocked.Increment(ref users);
        Volatile.Write(ref asked, now);
    }

    /// <summary>A newer snapshot has replaced this one: its readers may continue for the grace period.</summary>
    public void Retire(TimeSpan grace) => retired.CancelAfter(grace);

    /// <summary>Removes a user, and drops the bytes with the last one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Decrement(ref users) > 0)
            return;
        await Plain.DisposeAsync();
        if (gzip is not null)
            await gzip.DisposeAsync();
        retired.Dispose();
        gone();
    }

    /// <summary>Sets the sequence up to which changes are in the snapshot.</summary>
    public void Is(long known) => sequence.TrySetResult(known);

    /// <summary>Marks the snapshot as failed.</summary>
    public void Fail(Exception reason)
    {
        sequence.TrySetException(reason);
        // Observes the exception, because nobody may be awaiting the task.
        _ = sequence.Task.Exception;
        Plain.Fail(reason);
    }

    // Compresses while the snapshot is still being written.
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
