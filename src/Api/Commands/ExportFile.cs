using Microsoft.Win32.SafeHandles;

namespace Api.Commands;

/// <summary>Where an export goes: a file that is there when it is whole, or a stream.</summary>
internal sealed class ExportFile : IAsyncDisposable
{
    /// <summary>How the command line calls standard output.</summary>
    public const string StandardOutput = "-";

    private readonly string? _file;
    private readonly string? _partial;

    private ExportFile(Stream stream, string? file, string? partial)
    {
        Stream = stream;
        (_file, _partial) = (file, partial);
    }

    /// <summary>Takes the lines.</summary>
    public Stream Stream { get; }

    /// <summary>Whether what is written is seen at once: standard output, or a device such as <c>/dev/stdout</c>, whose place no file may take.</summary>
    public static bool IsStream(string file) => file == StandardOutput || file.StartsWith("/dev/", StringComparison.Ordinal);

    /// <param name="file">Path; <c>-</c> for standard output.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static ExportFile Open(string file)
    {
        // Not the console's stream, which goes on as if nothing were when its reader has left.
        if (file == StandardOutput)
            return new(new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0), null, null);
        if (IsStream(file))
            return new(new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), null, null);
        if (Directory.Exists(file))
            throw new IOException($"{file} is a folder.");
        // Beside it, as only within a file system is a renaming done at once.
        var partial = $"{Path.GetFullPath(file)}.{Guid.NewGuid():N}.partial";
        return new(new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous), file, partial);
    }

    /// <summary>Gives the file its name; what had it before is replaced.</summary>
    public async Task Keep(CancellationToken cancel)
    {
        await Stream.FlushAsync(cancel);
        if (_partial is null)
            return;
        ((FileStream)Stream).Flush(flushToDisk: true);
        await Stream.DisposeAsync();
        File.Move(_partial, _file!, overwrite: true);
    }

    /// <summary>Throws away what was not kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (_partial is not null)
            File.Delete(_partial);
    }
}
