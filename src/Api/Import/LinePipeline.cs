using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Api.Import.Lines;
using Api.Import.Merging;

namespace Api.Import;

/// <summary>Parses lines on all cores, in order, a bounded number of them at a time.</summary>
internal static class LinePipeline
{
    // A parsed line takes about six times its bytes, and a whole import has to fit into 200 MB.
    private const int BatchLines = 200;
    private const int BatchBytes = 512 * 1024;
    private const int MaxBatches = 4;

    /// <summary>The parsed lines, in batches, in the order of the source.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<ParsedLine>> Parse(
        IAsyncEnumerable<ImportLine> lines,
        LineScope scope,
        Rejections rejections,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batches = Channel.CreateBounded<Task<IReadOnlyList<ParsedLine>>>(Math.Min(Environment.ProcessorCount, MaxBatches));
        var reading = Task.Run(() => Read(lines, scope, rejections, batches.Writer, stop.Token), stop.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancel))
                yield return await batch;
            await reading;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static async Task Read(
        IAsyncEnumerable<ImportLine> lines,
        LineScope scope,
        Rejections rejections,
        ChannelWriter<Task<IReadOnlyList<ParsedLine>>> batches,
        CancellationToken cancel
    )
    {
        Exception? failure = null;
        try
        {
            var batch = new List<ImportLine>();
            var bytes = 0;
            await foreach (var line in lines.WithCancellation(cancel))
            {
                batch.Add(line);
                bytes += line.Json.Length;
                if (batch.Count < BatchLines && bytes < BatchBytes)
                    continue;
                await batches.WriteAsync(Start(batch, scope, rejections, cancel), cancel);
                (batch, bytes) = ([], 0);
            }
            await batches.WriteAsync(Start(batch, scope, rejections, cancel), cancel);
        }
        catch (Exception e)
        {
            failure = e;
        }
        // The reader of the channel rethrows the failure: a broken source ends the import.
        batches.Complete(failure);
    }

    private static Task<IReadOnlyList<ParsedLine>> Start(
        List<ImportLine> batch,
        LineScope scope,
        Rejections rejections,
        CancellationToken cancel
    ) =>
        Task.Run<IReadOnlyList<ParsedLine>>(
            () => batch.ConvertAll(line => rejections == Rejections.Mend ? LineMender.Parse(line, scope) : LineParser.Parse(line, scope)),
            cancel
        );
}
