using System.Runtime.CompilerServices;
using Api.Import.Lines;

namespace Api.Import.Mirror;

/// <summary>Lines of the import format in a temporary file, the last line of each item; only their positions are in memory.</summary>
internal sealed class ChangedLines : IAsyncDisposable
{
    private readonly FileStream file = Scratch.Open();

    private readonly Dictionary<string, (long At, int Length)> places = new(StringComparer.Ordinal);

    /// <summary>The number of lines.</summary>
    public int Count => places.Count;

    /// <summary>Adds a line, which replaces an earlier line of the same item.</summary>
    public async Task Add(string item, ReadOnlyMemory<byte> line, CancellationToken cancel)
    {
        if (line.IsEmpty)
            return;
        places.Remove(item);
        places.Add(item, (file.Position, line.Length));
        await file.WriteAsync(line, cancel);
    }

    /// <summary>Removes lines.</summary>
    public void Remove(Func<string, bool> those)
    {
        foreach (var item in places.Keys.Where(those).ToList())
            places.Remove(item);
    }

    /// <summary>The lines, in the order in which they were added.</summary>
    public async IAsyncEnumerable<ImportLine> Read([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await file.FlushAsync(cancel);
        var number = 0;
        foreach (var (at, length) in places.Values.OrderBy(place => place.At))
        {
            var line = new byte[length];
            file.Seek(at, SeekOrigin.Begin);
            await file.ReadExactlyAsync(line, cancel);
            yield return new ImportLine(++number, line);
        }
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
