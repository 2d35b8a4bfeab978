using System.Globalization;
using Api.Import;
using Api.Import.Lines;
using Api.Import.WordPress.Live;
using Spectre.Console;

namespace Api.Commands;

/// <summary>The output of an import: a progress bar on a terminal, plain lines in a pipe, then the report.</summary>
internal static class ImportScreen
{
    private const int MostShown = 50;

    /// <summary>Runs an import and shows its progress.</summary>
    /// <param name="read">The fraction of the source read so far, 0 to 1; null when unknown.</param>
    /// <param name="import">The import.</param>
    public static async Task<ImportReport> Run(Func<double?> read, Func<IProgress<ImportProgress>, Task<ImportReport>> import)
    {
        return Console.IsErrorRedirected
            ? await import(new PlainProgress())
            : await ErrorConsole
                .Bars(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
                .StartAsync(async context =>
                {
                    var task = context.AddTask("reading");
                    task.IsIndeterminate = true;
                    return await import(new BarProgress(task, read));
                });
    }

    /// <summary>Fetches a site and shows its progress: a bar for each collection.</summary>
    public static async Task<LiveSite> Fetch(Func<IProgress<LiveProgress>, Task<LiveSite>> fetch) =>
        Console.IsErrorRedirected
            ? await fetch(new PlainFetching())
            : await ErrorConsole
                .Bars(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(context => fetch(new FetchingBars(context)));

    /// <summary>Prints the report.</summary>
    /// <param name="report">The result of the import.</param>
    /// <param name="notes">Notes from reading the source.</param>
    /// <param name="summary">What a WordPress import could not take over.</param>
    /// <param name="place">The word before a line number in messages.</param>
    public static void Print(ImportReport report, IReadOnlyList<string> notes, IReadOnlyList<ImportSummaryLine> summary, string place)
    {
        Print(notes);
        Print([
            .. report
                .Mended.Concat(report.Rejected)
                .Take(MostShown + 1)
                .Select(line => string.Create(CultureInfo.InvariantCulture, $"{place} {line.Line}{Name(line)}: {line.Reason}")),
        ]);
        foreach (var line in ImportSummary.Describe(summary))
            Console.WriteLine(line);
        Console.WriteLine(
            report.Stands
                ? $"{(report.DryRun ? "Dry run: would be " : "")}{report.Created} created, {report.Updated} updated, {report.Unchanged} unchanged{(report.Succeeded ? "" : $"; {report.Rejected.Count} of {report.Lines} lines rejected")}."
                : $"{report.Rejected.Count} of {report.Lines} lines rejected; nothing was written."
        );
    }

    private static void Print(IReadOnlyList<string> lines)
    {
        foreach (var line in lines.Take(MostShown))
            Console.WriteLine(line);
        if (lines.Count > MostShown)
            Console.WriteLine("… and more; --report FILE has them all.");
    }

    private static string Name(RejectedLine line) => line.Resource is null ? "" : $", {line.Resource} {line.Slug}";

    private static string Describe(ImportProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Step}, {progress.Lines:N0} lines");

    // The duration of the later steps is unknown, so their bar is indeterminate.
    private sealed class BarProgress(ProgressTask task, Func<double?> read) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            task.Description = Describe(value);
            var share = value.Step == "reading" ? read() : null;
            task.IsIndeterminate = share is null;
            task.Value = 100 * share ?? 0;
        }
    }

    private static string Describe(LiveProgress progress) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"fetching {progress.What}, {progress.Done:N0}{(progress.Total is { } total ? $" of {total:N0}" : "")}"
        );

    private sealed class FetchingBars(ProgressContext context) : IProgress<LiveProgress>
    {
        private readonly Lock gate = new();
        private readonly Dictionary<string, ProgressTask> bars = new(StringComparer.Ordinal);

        public void Report(LiveProgress value)
        {
            lock (gate)
            {
                if (!bars.TryGetValue(value.What, out var bar))
                    bars[value.What] = bar = context.AddTask(value.What);
                bar.Description = Describe(value).EscapeMarkup();
                bar.IsIndeterminate = value.Total is null;
                bar.MaxValue = Math.Max(1, value.Total ?? value.Done);
                bar.Value = value.Total == 0 ? 1 : value.Done;
            }
        }
    }

    private sealed class PlainFetching : IProgress<LiveProgress>
    {
        private readonly ProgressLines lines = new(apart: 1_000);

        public void Report(LiveProgress value) =>
            this.lines.Tell(value.What, value.Done, Describe(value), isLast: value.Done >= value.Total);
    }

    private sealed class PlainProgress : IProgress<ImportProgress>
    {
        private readonly ProgressLines lines = new();

        public void Report(ImportProgress value) => this.lines.Tell(value.Step, value.Lines, Describe(value));
    }
}
