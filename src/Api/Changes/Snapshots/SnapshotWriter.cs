using System.Buffers;
using System.Security.Cryptography;
using Api.Contracts;
using Api.Http.Json;
using Api.Live;

namespace Api.Changes.Snapshots;

/// <summary>Writes the lines of a snapshot, counts them and computes their hash.</summary>
internal sealed class SnapshotWriter(Spool spool) : IDisposable
{
    private const int ChunkBytes = 1 << 18;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> chunk = new(ChunkBytes * 2);
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private long lines;

    /// <summary>Writes the first line.</summary>
    public ValueTask Begin(SnapshotManifest manifest, CancellationToken cancel)
    {
        Add(ApiJson.Write(new SnapshotHead(manifest)));
        return Flush(cancel);
    }

    /// <summary>Writes serialized items, each followed by a line end.</summary>
    /// <param name="counted">The resource to count the lines under; null to count none.</param>
    /// <param name="ready">Lines in UTF-8 without their line ends.</param>
    /// <param name="cancel">Cancels writing.</param>
    public async ValueTask Write(string? counted, IEnumerable<ReadOnlyMemory<byte>> ready, CancellationToken cancel)
    {
        foreach (var line in ready)
        {
            Add(line.Span);
            lines++;
            if (counted is not null)
                counts[counted] = counts.GetValueOrDefault(counted) + 1;
            if (chunk.WrittenCount >= ChunkBytes)
                await Flush(cancel);
        }
    }

    /// <summary>Writes the last line.</summary>
    public async Task End(ChangeToken next, CancellationToken cancel)
    {
        await Flush(cancel);
        var sum = Convert.ToHexStringLower(hash.GetHashAndReset());
        Add(
            ApiJson.Write(
                new SnapshotTail(
                    new SnapshotEnd
                    {
                        Count = lines,
                        Counts = counts,
                        Sha256 = sum,
                        Next = next.ToString(),
                    }
                )
            )
        );
        await Flush(cancel);
    }

    public void Dispose() => hash.Dispose();

    private void Add(ReadOnlySpan<byte> line)
    {
        chunk.Write(line);
        chunk.Write("\n"u8);
    }

    private async ValueTask Flush(CancellationToken cancel)
    {
        hash.AppendData(chunk.WrittenSpan);
        await spool.Write(chunk.WrittenMemory, cancel);
        chunk.ResetWrittenCount();
    }
}
