namespace Api.Changes.Snapshots;

/// <summary>A file that is read while it is still being written, by as many as like. Gone from the disk when it is disposed and the last reader is done.</summary>
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
        file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        if (OperatingSystem.IsLinux())
        {
            // Without a name it is gone with the process, however that ends; its descriptor still leads there.
            File.Delete(path);
            path = $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}";
        }
        // Nobody may be waiting for it.
        _ = completion.Task.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Ends when it is whole; fails with what kept it from that.</summary>
    public Task Completion => completion.Task;

    /// <summary>Bytes there are so far.</summary>
    public long Length => Interlocked.Read(ref written);

    /// <summary>Adds bytes; one writer at a time.</summary>
    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await file.WriteAsync(bytes, cancel);
        Interlocked.Add(ref written, bytes.Length);
        Tell();
    }

    /// <summary>Says that it is whole.</summary>
    public void Complete()
    {
        completion.TrySetResult();
        Tell();
    }

    /// <summary>Says that it will never be whole.</summary>
    public void Fail(Exception reason)
    {
        completion.TrySetException(reason);
        Tell();
    }

    /// <summary>All there is, for a reader of its own; seekable.</summary>
    public FileStream Open() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>Copies all there is and will be, as it comes. Fails with what keeps it from becoming whole.</summary>
    public async Task CopyTo(Stream output, CancellationToken cancel)
    {
        await using var input = Open();
        var chunk = new byte[ChunkBytes];
        for (long copied = 0; ;)
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

    private void Tell() => Interlocked.Exchange(ref grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
