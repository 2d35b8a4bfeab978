using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Api.Import.Lines;

namespace Api.Import;

/// <summary>Splits newline-delimited JSON into lines.</summary>
internal static class NdjsonReader
{
    /// <summary>The maximum length of a line in bytes.</summary>
    public const int MaxLineBytes = 32 * 1024 * 1024;

    /// <summary>The lines of a stream, without blank lines and without the byte order mark. Holds one line in memory.</summary>
    public static async IAsyncEnumerable<ImportLine> Read(Stream stream, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        long number = 0;
        var skipping = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            var buffer = read.Buffer;
            while (Next(ref buffer, read.IsCompleted, out var line))
            {
                number++;
                if (skipping || line.Length > MaxLineBytes)
                    yield return TooLong(number);
                else if (Trim(line.ToArray(), number) is { Length: > 0 } json)
                    yield return new ImportLine(number, json);
                skipping = false;
            }
            if (buffer.Length > MaxLineBytes)
            {
                buffer = buffer.Slice(buffer.End);
                skipping = true;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                break;
        }
        await reader.CompleteAsync();
    }

    private static ImportLine TooLong(long number) => new(number, default, $"the line is longer than {MaxLineBytes / 1024 / 1024} MiB");

    private static bool Next(ref ReadOnlySequence<byte> buffer, bool last, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }
        line = buffer;
        if (!last || buffer.IsEmpty)
            return false;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line, long number)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (number == 1 && line.Span.StartsWith(mark))
            line = line[3..];
        return line.TrimStart(" \t\r"u8).TrimEnd(" \t\r"u8);
    }
}
