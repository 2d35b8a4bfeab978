namespace Api.Commands;

/// <summary>Progress for a pipe or a log: a line for each step, and further lines at intervals within a step.</summary>
/// <param name="apart">Interval between two lines within a step, in lines done.</param>
internal sealed class ProgressLines(long apart = 10_000)
{
    private readonly Lock gate = new();
    private string step = "";
    private long lines;

    /// <summary>Prints a line when a step starts, at each interval, and at the end. Thread-safe.</summary>
    /// <param name="step">The current step.</param>
    /// <param name="lines">Lines done so far.</param>
    /// <param name="text">The text to print.</param>
    /// <param name="isLast">Whether the step ends; the line is then always printed.</param>
    public void Tell(string step, long lines, string text, bool isLast = false)
    {
        lock (gate)
        {
            if (step == this.step && lines < this.lines + apart && !isLast)
                return;
            (this.step, this.lines) = (step, lines);
            Console.Error.WriteLine(text);
        }
    }
}
