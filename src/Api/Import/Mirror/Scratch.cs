namespace Api.Import.Mirror;

/// <summary>Files that nobody else needs to find.</summary>
internal static class Scratch
{
    /// <summary>An empty file in the system's folder for temporary ones, gone when it is closed or the process ends.</summary>
    public static FileStream Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"content-mirror-{Path.GetRandomFileName()}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        // Without a name it is gone with the process, however that ends.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }
}
