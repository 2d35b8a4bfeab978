namespace Api.Import.Mirror;

/// <summary>Temporary files of this process.</summary>
internal static class Scratch
{
    /// <summary>An empty file in the system's temporary folder, deleted when it is closed or the process ends.</summary>
    public static FileStream Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"content-mirror-{Path.GetRandomFileName()}");
        var file = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Delete,
            1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        // Unlinked at once, so that it disappears with the process, however that ends.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
