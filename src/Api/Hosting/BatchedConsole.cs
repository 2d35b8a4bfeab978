using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Api.Hosting;

/// <summary>
/// Writes log lines to standard output in batches. Writing each line on its own would take longer than looking up a cached answer.
/// </summary>
internal sealed class BatchedConsole(ITextFormatter formatter) : IBatchedLogEventSink
{
    /// <summary>
    /// A line is delayed by 200 ms at most. When lines arrive faster than they can be written, the surplus is discarded to bound memory.
    /// </summary>
    public static readonly BatchingOptions Batching = new()
    {
        EagerlyEmitFirstEvent = true,
        BatchSizeLimit = 500,
        BufferingTimeLimit = TimeSpan.FromMilliseconds(200),
        QueueLimit = 20_000,
    };

    public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        using var lines = new StringWriter();
        foreach (var line in batch)
            formatter.Format(line, lines);
        return Console.Out.WriteAsync(lines.ToString());
    }
}
