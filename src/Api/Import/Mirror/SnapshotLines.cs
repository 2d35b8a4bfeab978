using System.Runtime.CompilerServices;
using System.Text.Json;
using Api.Contracts;
using Api.Import.Lines;

namespace Api.Import.Mirror;

/// <summary>
/// The lines of a snapshot in the import format, followed by lines that delete the items of the copy that the snapshot does not have.
/// </summary>
/// <param name="snapshot">The snapshot.</param>
/// <param name="missing">The items of the copy: the resource of each id. Items found in the snapshot are removed from it.</param>
internal sealed class SnapshotLines(SnapshotFile snapshot, Dictionary<Guid, string> missing)
{
    private readonly List<string> paths = [];

    /// <summary>The paths of the redirects that were read.</summary>
    public IReadOnlyCollection<string> Paths => paths;

    /// <summary>The lines. Can be read once.</summary>
    public async IAsyncEnumerable<ImportLine> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 0L;
        await foreach (var change in snapshot.Read(cancel))
        {
            Note(change);
            if (MirrorLine.Of(change) is { IsEmpty: false } line)
                yield return new ImportLine(++number, line);
        }
        foreach (var (id, resource) in missing)
            yield return new ImportLine(++number, MirrorLine.Dropped(resource, id));
    }

    private void Note(JsonElement change)
    {
        if (change.GetProperty("resource").ValueEquals(Catalogue.Redirect))
            paths.Add(change.GetProperty("item").GetProperty("from").GetString()!);
        else if (Guid.TryParse(change.GetProperty("id").GetString()!.AsSpan("urn:uuid:".Length), out var id))
            missing.Remove(id);
    }
}
