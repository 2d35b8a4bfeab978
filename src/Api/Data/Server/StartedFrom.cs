using System.Globalization;

namespace Api.Data.Server;

/// <summary>The installation a server was started from, kept beside its data: a process that adopts the server can tell as well whether the files have been replaced since.</summary>
/// <param name="Binaries">Its programs.</param>
/// <param name="Fingerprint">Their <see cref="PostgresBinaries.Fingerprint"/> then.</param>
internal sealed record StartedFrom(PostgresBinaries Binaries, string Fingerprint)
{
    /// <summary>What is kept; null when nothing is, or nothing that can be read.</summary>
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

    /// <summary>The fingerprint of the files that are there now; null when they are the same.</summary>
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

    /// <summary>Keeps what a server is about to be started from.</summary>
    public static void Write(PrivateFolder folder, PostgresBinaries binaries) =>
        File.WriteAllLines(folder.StartedFrom, [binaries.Folder, binaries.Major.ToString(CultureInfo.InvariantCulture), binaries.Fingerprint()]);
}
