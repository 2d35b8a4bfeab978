using Api.Data.Server;
using Api.Tests.Support;

namespace Api.EndToEnd.Support;

/// <summary>
/// A data folder for a private server that a test tries. Disposing deletes all its files, which are elsewhere when the server's account may
/// not enter the checkout; the server has been stopped.
/// </summary>
internal sealed class TriedFolder : IAsyncDisposable
{
    /// <summary>Settings of a server there, which need not survive a crash.</summary>
    public PrivatePostgresSettings Settings { get; } = TestServer.Settings($"try-{Guid.NewGuid():N}");

    /// <summary>The path to set as <c>PostgreSql__DataFolder</c>.</summary>
    public string Path => Settings.DataFolder;

    /// <summary>Where the files are.</summary>
    public Task<PrivateFolder> Open() => PrivateFolder.Open(Settings, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        var folder = await Open();
        var roots = new[] { System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(folder.Data))!, Path };
        if (!OperatingSystem.IsWindows())
            roots = [.. roots, folder.Socket];
        foreach (var root in roots.Where(Directory.Exists))
            Directory.Delete(root, recursive: true);
    }
}
