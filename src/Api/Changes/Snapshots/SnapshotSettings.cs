using Api.Settings;

namespace Api.Changes.Snapshots;

/// <summary>Settings <c>Snapshot:…</c>.</summary>
/// <param name="Folder">Where snapshots are kept.</param>
internal sealed record SnapshotSettings(string Folder)
{
    private static readonly Setting FolderSetting = new("Snapshot:Folder", "path of a folder")
    {
        DefaultNote = "the system's folder for temporary files",
        Range = "a folder that exists",
        Effect = "Where files of `/v1/snapshot` are kept. They take about 1.5 times the size of all texts.",
    };

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is wrong.</summary>
    public static SnapshotSettings From(IConfiguration configuration)
    {
        var folder = FolderSetting.Find(configuration) is { Length: > 0 } given ? given : Path.GetTempPath();
        return Directory.Exists(folder)
            ? new SnapshotSettings(folder)
            : throw new InvalidOperationException($"The setting Snapshot:Folder is '{folder}'; it has to be a folder that exists.");
    }
}
