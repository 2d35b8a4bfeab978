using Microsoft.Win32.SafeHandles;

namespace Api.Commands;

/// <summary>The target of an export: a file that appears under its name when it is complete, or a stream.</summary>
internal sealed class ExportFile : IAsyncDisposable
{
    /// <summary>The name of standard output on the command line.</summary>
    public const string StandardOutput = "-";

    private readonly string? file;
    private readonly string? partial;

    private ExportFile(Stream stream, string? file, string? partial)
    {
        Stream = stream;
        (this.file, this.partial) = (file, partial);
    }

    /// <summary>Receives the lines.</summary>
    public Stream Stream { get; }

    /// <summary>
    /// Whether output is written directly: standard output, or a device such as <c>/dev/stdout</c>, which must not be replaced by a file.
    /// </summary>
    public static bool IsStream(string file) => file == StandardOutput || file.StartsWith("/dev/", StringComparison.Ordinal);

    /// <param name="file">Path; <c>-</c> for standard output.</param>
    /// <exception cref="IOException">The target cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing the target is not permitted.</exception>
    public static ExportFile Open(string file)
    {
        // Not the stream of Console, which ignores that its reader has closed the pipe.
        if (file == StandardOutput)
            return new(new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0), null, null);
        if (IsStream(file))
            return new(new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), null, null);
        if (Directory.Exists(file))
            throw new IOException($"{file} is a folder.");
        // In the same folder: renaming is atomic only within a file system.
        var partial = $"{Path.GetFullPath(file)}.{Guid.NewGuid():N}.partial";
        return new(
            new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous),
            file,
            partial
        );
    }

    /// <summary>Renames the complete file to its final name, replacing an existing file.</summary>
    public async Task Keep(CancellationToken cancel)
    {
        await Stream.FlushAsync(cancel);
        if (this.partial is null)
            return;
        ((FileStream)Stream).Flush(flushToDisk: true);
        await Stream.DisposeAsync();
        File.Move(this.partial, this.file!, overwrite: true);
    }

    /// <summary>Deletes a file that was not kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (this.partial is not null)
            File.Delete(this.partial);
    }
}
