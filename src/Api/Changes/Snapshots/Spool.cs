namespace Api.Changes.Snapshots;

/// <summary>
/// A file that any number of readers read while it is being written. It disappears from the disk when it is disposed and the last reader
/// has closed it.
/// </summary>
internal sealed class Spool : IAsyncDisposable
{
    private const int ChunkBytes = 1 << 17;

    private readonly FileStream file;
    private readonly string path;
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long written;

    /// <summary>A new, empty file in a folder.</summary>
    public Spool(string folder)
    {
        path = Path.Combine(folder, $"content-snapshot-{Path.GetRandomFileName()}");
        file = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete,
            0,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose
        );
        if (OperatingSystem.IsLinux())
        {
            // An unlinked file disappears when the process ends, however that happens; the process still reaches it through its descriptor.
            File.Delete(path);
            path = $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}";
        }
        // Observes the exception, because nobody may be awaiting the task.
        _ = completion.Task.ContinueWith(
            task => task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
    }

    /// <summary>Completes when the file is complete; fails with the reason when writing fails.</summary>
    public Task Completion => completion.Task;

    /// <summary>Bytes written so far.</summary>
    public long Length => Interlocked.Read(ref written);

    /// <summary>Appends bytes; one writer at a time.</summary>
    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await file.WriteAsync(bytes, cancel);
        Interlocked.Add(ref written, bytes.Length);
        Tell();
    }

    /// <summary>Marks the file as complete.</summary>
    public void Complete()
    {
        completion.TrySetResult();
        Tell();
    }

    /// <summary>Marks the file as failed; it stays incomplete.</summary>
    public void Fail(Exception reason)
    {
        completion.TrySetException(reason);
        Tell();
    }

    /// <summary>Opens the bytes written so far for a separate reader; seekable.</summary>
    public FileStream Open() =>
        new(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            0,
            FileOptions.Asynchronous | FileOptions.SequentialScan
        );

    /// <summary>Copies everything written so far and later, as it arrives. Fails with the reason when the file stays incomplete.</summary>
    public async Task CopyTo(Stream output, CancellationToken cancel)
    {
        await using var input = Open();
        var chunk = new byte[ChunkBytes];
        for (long copied = 0; ; )
        {
            var more = grown.Task;
            var isWhole = completion.Task.IsCompleted;
            if (copied == Length)
            {
                if (!isWhole)
                {
                    await more.WaitAsync(cancel);
                    continue;
                }
                await completion.Task;
                return;
            }
            var read = await input.ReadAsync(chunk.AsMemory(0, (int)Math.Min(ChunkBytes, Length - copied)), cancel);
            await output.WriteAsync(chunk.AsMemory(0, read), cancel);
            copied += read;
        }
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private void Tell() =>
        Interlocked.Exchange(ref grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
