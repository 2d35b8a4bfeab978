using System.Globalization;

namespace Api.Data.Server;

/// <summary>
/// The installation a server was started from, stored beside its data. So a process that adopts the server can also detect that the files
/// have been replaced since.
/// </summary>
/// <param name="Binaries">The server's programs.</param>
/// <param name="Fingerprint">Their <see cref="PostgresBinaries.Fingerprint"/> at the start.</param>
internal sealed record StartedFrom(PostgresBinaries Binaries, string Fingerprint)
{
    /// <summary>Reads the stored record; null when it is missing or malformed.</summary>
    public static StartedFrom? Read(PrivateFolder folder)
    {
        try
        {
            return File.ReadAllLines(folder.StartedFrom) is [var bin, var major, var fingerprint]
                ? new StartedFrom(new PostgresBinaries(bin, int.Parse(major, CultureInfo.InvariantCulture)), fingerprint)
                : null;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The current fingerprint of the files; null when they are unchanged.</summary>
    public string? Replacement()
    {
        try
        {
            return Binaries.Fingerprint() is var now && now == Fingerprint ? null : now;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "being replaced";
        }
    }

    /// <summary>Stores the installation that a server is about to be started from.</summary>
    public static void Write(PrivateFolder folder, PostgresBinaries binaries) =>
        File.WriteAllLines(
            folder.StartedFrom,
            [binaries.Folder, binaries.Major.ToString(CultureInfo.InvariantCulture), binaries.Fingerprint()]
        );
}
