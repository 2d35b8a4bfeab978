using System.Runtime.CompilerServices;
using System.Text.Json;
using Api.Contracts;
using Api.Import.Lines;

namespace Api.Import.Mirror;

/// <summary>A snapshot as lines of the import format, and at their end lines that drop what the copy has and the snapshot has not.</summary>
/// <param name="snapshot">The snapshot.</param>
/// <param name="missing">What the copy has: the resource of each id. What is met is taken out.</param>
internal sealed class SnapshotLines(SnapshotFile snapshot, Dictionary<Guid, string> missing)
{
    private readonly List<string> paths = [];

    /// <summary>The addresses of old that were met.</summary>
    public IReadOnlyCollection<string> Paths => paths;

    /// <summary>The lines; once.</summary>
    public async IAsyncEnumerable<ImportLine> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 0L;
        await foreach (var change in snapshot.Read(cancel))
        {
            Note(change);
            if (MirrorLine.Of(change) is { IsEmpty: false } line) yield return new ImportLine(++number, line);
        }
        foreach (var (id, resource) in missing) yield return new ImportLine(++number, MirrorLine.Dropped(resource, id));
    }

    private void Note(JsonElement change)
    {
        if (change.GetProperty("resource").ValueEquals(Catalogue.Redirect)) paths.Add(change.GetProperty("item").GetProperty("from").GetString()!);
        else if (Guid.TryParse(change.GetProperty("id").GetString()!.AsSpan("urn:uuid:".Length), out var id)) missing.Remove(id);
    }
}
