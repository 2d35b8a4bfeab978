using System.Globalization;
using Api.Export;
using Spectre.Console;

namespace Api.Commands;

/// <summary>
/// The output of an export on standard error: a progress bar on a terminal, plain lines in a pipe, then the number of lines.
/// </summary>
internal static class ExportScreen
{
    /// <summary>Runs an export and shows its progress, unless the export itself is written to the terminal.</summary>
    public static async Task<long> Run(string file, Func<IProgress<ExportProgress>?, Task<long>> export)
    {
        if (ExportFile.IsStream(file) && !Console.IsOutputRedirected)
            return await export(null);
        if (Console.IsErrorRedirected)
        {
            var lines = new ProgressLines();
            return await export(new SynchronousProgress(value => lines.Tell(value.Resource, value.Lines, Describe(value))));
        }
        return await ErrorConsole
            .Bars(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask("export");
                return export(
                    new SynchronousProgress(value =>
                    {
                        (task.Description, task.MaxValue, task.Value) = (value.Resource, Math.Max(value.Total, 1), value.Lines);
                    })
                );
            });
    }

    public static void Print(string file, long lines) =>
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{lines} lines written{(ExportFile.IsStream(file) ? "" : $" to {file}")}.")
        );

    private static string Describe(ExportProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Resource}, {progress.Lines:N0} of {progress.Total:N0} lines");

    // .NET's Progress<T> reports on the thread pool, in any order.
    private sealed class SynchronousProgress(Action<ExportProgress> report) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => report(value);
    }
}
