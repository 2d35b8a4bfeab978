using System.Globalization;
using Api.Import;
using Spectre.Console;

namespace Api.Commands;

/// <summary>What an import shows: a bar on a terminal, plain lines in a pipe, then the report.</summary>
internal static class ImportScreen
{
    private const int MostShown = 50;

    /// <summary>Runs an import with its progress on the screen.</summary>
    public static async Task<ImportReport> Run(Func<IProgress<ImportProgress>, Task<ImportReport>> import)
    {
        // Standard error, so that a report piped elsewhere stays clean.
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return Console.IsErrorRedirected
            ? await import(new PlainProgress())
            : await screen.Progress().Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn()).StartAsync(async context =>
            {
                var task = context.AddTask("reading");
                task.IsIndeterminate = true;
                return await import(new BarProgress(task));
            });
    }

    /// <summary>Prints what happened.</summary>
    public static void Print(ImportReport report, IReadOnlyList<string> notes)
    {
        Print(notes);
        Print([.. report.Rejected.Take(MostShown + 1).Select(line =>
            string.Create(CultureInfo.InvariantCulture, $"line {line.Line}{Name(line)}: {line.Reason}"))]);
        Console.WriteLine(report.Succeeded
            ? $"{(report.DryRun ? "Dry run: would be " : "")}{report.Created} created, {report.Updated} updated, {report.Unchanged} unchanged."
            : $"{report.Rejected.Count} of {report.Lines} lines rejected; nothing was written.");
    }

    private static void Print(IReadOnlyList<string> lines)
    {
        foreach (var line in lines.Take(MostShown))
            Console.WriteLine(line);
        if (lines.Count > MostShown)
            Console.WriteLine("… and more; --report FILE has them all.");
    }

    private static string Name(RejectedLine line) => line.Resource is null ? "" : $", {line.Resource} {line.Slug}";

    private static string Describe(ImportProgress progress) => string.Create(CultureInfo.InvariantCulture, $"{progress.Step}, {progress.Lines:N0} lines");

    private sealed class BarProgress(ProgressTask task) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => task.Description = Describe(value);
    }

    private sealed class PlainProgress : IProgress<ImportProgress>
    {
        private readonly ProgressLines _lines = new();

        public void Report(ImportProgress value) => _lines.Tell(value.Step, value.Lines, Describe(value));
    }
}
