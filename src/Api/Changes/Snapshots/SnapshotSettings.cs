namespace Api.Changes.Snapshots;

/// <summary>Settings <c>Snapshot:…</c>.</summary>
/// <param name="Folder">
/// <c>Snapshot:Folder</c>: the folder for snapshots; default: the system's folder for temporary files. Needs about 1.5 times the size of
/// all texts.
/// </param>
internal sealed record SnapshotSettings(string Folder)
{
    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that names the invalid value.</summary>
    public static SnapshotSettings From(IConfiguration configuration)
    {
        var folder = configuration["Snapshot:Folder"] is { Length: > 0 } given ? given : Path.GetTempPath();
        return Directory.Exists(folder) ? new SnapshotSettings(folder) : throw new InvalidOperationException($"The setting Snapshot:Folder is '{folder}'; it has to be a folder that exists.");
    }
}
