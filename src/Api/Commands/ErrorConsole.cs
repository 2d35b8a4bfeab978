using Spectre.Console;

namespace Api.Commands;

/// <summary>The terminal behind standard error, where progress is shown: what is piped elsewhere stays clean.</summary>
internal static class ErrorConsole
{
    /// <summary>Bars with these columns.</summary>
    public static Progress Bars(params ProgressColumn[] columns) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress().Columns(columns);
}
