using Spectre.Console;

namespace Api.Commands;

/// <summary>Shows progress on standard error, so that standard output can be piped.</summary>
internal static class ErrorConsole
{
    /// <summary>Creates progress bars with these columns.</summary>
    public static Progress Bars(params ProgressColumn[] columns) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress().Columns(columns);
}
