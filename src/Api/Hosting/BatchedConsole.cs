using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Api.Hosting;

/// <summary>Writes log lines to the standard output, many at a time: a line of its own for each would take longer than finding a cached answer.</summary>
internal sealed class BatchedConsole(ITextFormatter formatter) : IBatchedLogEventSink
{
    /// <summary>A line is written a fifth of a second later at most. When more come in than can be written, the surplus is lost rather than memory.</summary>
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
        foreach (var line in batch) formatter.Format(line, lines);
        return Console.Out.WriteAsync(lines.ToString());
    }
}
