using Api.Data.Server;
using Api.Tests.Support;

namespace Api.EndToEnd.Support;

/// <summary>A copy of the machine's PostgreSQL, whose files a test may replace as a package manager does.</summary>
internal sealed class CopiedPostgres : IDisposable
{
    private readonly string root;

    private CopiedPostgres(string root, PostgresBinaries binaries) => (this.root, Binaries) = (root, binaries);

    public PostgresBinaries Binaries { get; }

    /// <summary>The library of PL/pgSQL, which commits need.</summary>
    public string Plpgsql => Directory.EnumerateFiles(Binaries.Libraries!, "plpgsql.*").Single();

    public string Postgres => Path.Combine(Binaries.Folder, "postgres");

    public static async Task<CopiedPostgres> Make(CancellationToken cancel)
    {
        // Where every account may enter, as not everybody may enter a checkout.
        var root = Directory.CreateTempSubdirectory("postgres-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                root,
                UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupExecute
                    | UnixFileMode.OtherExecute
            );
        var settings = TestServer.Settings("tests");
        var folder = await PrivateFolder.Open(settings, cancel);
        var original = await PostgresBinaries.Choose(settings, folder.DataVersion, folder.Packages, cancel);
        // The server finds its files relative to its program; one that brings its own libraries, as npm's does, has them beside those of
        // the extensions.
        var bin = Path.Combine([root, .. original.Folder.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeLast(4)]);
        var libraries = original.Folder == "/usr/bin" ? original.Libraries! : Path.GetFullPath(Path.Combine(original.Folder, "..", "lib"));
        foreach (var from in new[] { original.Folder, libraries, original.Libraries!, original.Share! })
        {
            var to = Path.GetFullPath(Path.Combine(bin, Path.GetRelativePath(original.Folder, from)));
            if (Directory.Exists(to))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            Assert.True((await Tool.Run("cp", ["-a", from, to], cancel)).Succeeded);
        }
        return new CopiedPostgres(root, new PostgresBinaries(bin, original.Major));
    }

    /// <summary>Puts another file in the place of one, in one step.</summary>
    public static void Replace(string file, byte[] content)
    {
        File.WriteAllBytes(file + ".new", content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file + ".new", File.GetUnixFileMode(file));
        File.Move(file + ".new", file, overwrite: true);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
