using System.Globalization;
using Api.Export;
using Spectre.Console;

namespace Api.Commands;

/// <summary>What an export shows, all on standard error: a bar on a terminal, plain lines in a pipe, then how much it was.</summary>
internal static class ExportScreen
{
    /// <summary>Runs an export with its progress on the screen; without it when the lines go to that screen.</summary>
    public static async Task<long> Run(string file, Func<IProgress<ExportProgress>?, Task<long>> export)
    {
        if (ExportFile.IsStream(file) && !Console.IsOutputRedirected)
            return await export(null);
        if (Console.IsErrorRedirected)
        {
            var lines = new ProgressLines();
            return await export(new Told(value => lines.Tell(value.Resource, value.Lines, Describe(value))));
        }
        return await ErrorConsole.Bars(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(context =>
        {
            var task = context.AddTask("export");
            return export(new Told(value =>
            {
                (task.Description, task.MaxValue, task.Value) = (value.Resource, Math.Max(value.Total, 1), value.Lines);
            }));
        });
    }

    public static void Print(string file, long lines) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines} lines written{(ExportFile.IsStream(file) ? "" : $" to {file}")}."));

    private static string Describe(ExportProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Resource}, {progress.Lines:N0} of {progress.Total:N0} lines");

    // The one of .NET reports from the thread pool, in any order.
    private sealed class Told(Action<ExportProgress> tell) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => tell(value);
    }
}
