using System.Globalization;
using Api.Import;
using Spectre.Console;

namespace Api.Commands;

/// <summary>What an import shows: a bar on a terminal, plain lines in a pipe, then the report.</summary>
internal static class ImportScreen
{
    private const int MostShown = 50;

    /// <summary>Runs an import with its progress on the screen, then prints its report.</summary>
    public static async Task<ImportReport> Show(Func<IProgress<ImportProgress>, Task<ImportReport>> import)
    {
        // Standard error, so that a report piped elsewhere stays clean.
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var report = Console.IsErrorRedirected
            ? await import(new PlainProgress())
            : await screen.Progress().Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn()).StartAsync(async context =>
            {
                var task = context.AddTask("reading");
                task.IsIndeterminate = true;
                return await import(new BarProgress(task));
            });
        Print(report);
        return report;
    }

    private static void Print(ImportReport report)
    {
        foreach (var line in report.Rejected.Take(MostShown))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"line {line.Line}{Name(line)}: {line.Reason}"));
        if (report.Rejected.Count > MostShown)
            Console.WriteLine($"… and {report.Rejected.Count - MostShown} more; --report FILE has all of them.");
        Console.WriteLine(report.Succeeded
            ? $"{(report.DryRun ? "Dry run: would be " : "")}{report.Created} created, {report.Updated} updated, {report.Unchanged} unchanged."
            : $"{report.Rejected.Count} of {report.Lines} lines rejected; nothing was written.");
    }

    private static string Name(RejectedLine line) => line.Resource is null ? "" : $", {line.Resource} {line.Slug}";

    private static string Describe(ImportProgress progress) => string.Create(CultureInfo.InvariantCulture, $"{progress.Step}, {progress.Lines:N0} lines");

    private sealed class BarProgress(ProgressTask task) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => task.Description = Describe(value);
    }

    private sealed class PlainProgress : IProgress<ImportProgress>
    {
        private const int LinesApart = 10_000;
        private string _step = "";
        private long _lines;

        public void Report(ImportProgress value)
        {
            if (value.Step == _step && value.Lines < _lines + LinesApart)
                return;
            (_step, _lines) = (value.Step, value.Lines);
            Console.Error.WriteLine(Describe(value));
        }
    }
}
