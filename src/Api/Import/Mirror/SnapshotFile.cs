using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Api.Data;

namespace Api.Import.Mirror;

/// <summary>A downloaded and verified snapshot of another instance, in a temporary file.</summary>
internal sealed class SnapshotFile : IAsyncDisposable
{
    // A text has at most 20 MiB, and occurs twice in a line.
    private const long LongestLine = 256 * 1024 * 1024;
    private const int MostFailures = 8;

    private readonly FileStream file = Scratch.Open();

    /// <summary>The figures of its last line; null until it is fetched.</summary>
    public SnapshotFacts? Facts { get; private set; }

    /// <summary>Downloads the snapshot, resumes after lost connections, and verifies the number and the hash of its lines.</summary>
    /// <param name="client">The other instance.</param>
    /// <param name="least">The token that the snapshot must have reached; <c>0</c> for any.</param>
    /// <param name="clock">The clock for delays.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <exception cref="IOException">The snapshot is not available completely now.</exception>
    /// <exception cref="HttpRequestException">The snapshot is not available completely now.</exception>
    /// <exception cref="MirrorException">The other side is not an instance of this API, or refuses the request.</exception>
    public async Task Fetch(MirrorClient client, string least, TimeProvider clock, CancellationToken cancel)
    {
        EntityTagHeaderValue? tag = null;
        var pause = new Backoff(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
        for (var failures = 0; ; )
        {
            var before = file.Length;
            try
            {
                await client.Download(file, least, tag, began => tag = began, cancel);
                break;
            }
            catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && file.Length > 0)
            {
                // The file is complete.
                break;
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                failures = file.Length > before ? 0 : failures + 1;
                if (failures == MostFailures)
                    throw;
            }
            await Task.Delay(pause.Next(), clock, cancel);
        }
        Facts = await Check(cancel);
    }

    /// <summary>The changes in the snapshot, without the first line and the last.</summary>
    public async IAsyncEnumerable<JsonElement> Read([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var isFirst = true;
        await foreach (var line in Lines(cancel))
        {
            using var json = JsonDocument.Parse(line);
            if (!isFirst && !json.RootElement.TryGetProperty("end", out _))
                yield return json.RootElement;
            isFirst = false;
        }
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private async Task<SnapshotFacts> Check(CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[]? previous = null;
        var lines = 0L;
        try
        {
            await foreach (var line in Lines(cancel))
            {
                if (previous is not null)
                    hash.AppendData([.. previous, (byte)'\n']);
                previous = line;
                lines++;
            }
            using var last = JsonDocument.Parse(previous ?? []);
            var end = last.RootElement.GetProperty("end");
            var facts = new SnapshotFacts(
                end.GetProperty("count").GetInt64(),
                end.GetProperty("counts").EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt64()),
                end.GetProperty("next").GetString()!
            );
            if (lines - 2 != facts.Count)
                throw new IOException($"The snapshot holds {lines - 2} lines instead of {facts.Count}");
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != end.GetProperty("sha256").GetString())
                throw new IOException("The snapshot does not have the hash that it says");
            return facts;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidDataException or InvalidOperationException)
        {
            throw new IOException($"The snapshot is not whole: {e.Message}", e);
        }
    }

    private async IAsyncEnumerable<byte[]> Lines([EnumeratorCancellation] CancellationToken cancel)
    {
        file.Seek(0, SeekOrigin.Begin);
        var isCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b; // RFC 1952 §2.3.1
        file.Seek(0, SeekOrigin.Begin);
        var reader = PipeReader.Create(
            isCompressed ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file,
            new StreamPipeReaderOptions(bufferSize: 1 << 17, leaveOpen: true)
        );
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return buffer.Slice(0, end).ToArray();
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }
            if (buffer.Length > LongestLine)
                throw new IOException("The snapshot has a line that is too long");
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (!read.IsCompleted)
                continue;
            if (!buffer.IsEmpty)
                throw new IOException("The snapshot breaks off in the middle of a line");
            break;
        }
        await reader.CompleteAsync();
    }
}
