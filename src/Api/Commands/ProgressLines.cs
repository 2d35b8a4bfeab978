namespace Api.Commands;

/// <summary>Progress for a pipe or a log: a line for each step, and one now and then within it.</summary>
/// <param name="apart">How far, from one line to the next within a step.</param>
internal sealed class ProgressLines(long apart = 10_000)
{
    private readonly Lock _lock = new();
    private string _step = "";
    private long _lines;

    /// <summary>Prints, if it is time to. Safe on any thread.</summary>
    /// <param name="step">What is being done.</param>
    /// <param name="lines">Lines done so far.</param>
    /// <param name="text">What to print of it.</param>
    /// <param name="isLast">Whether the step ends with it; it is printed then.</param>
    public void Tell(string step, long lines, string text, bool isLast = false)
    {
        lock (_lock)
        {
            if (step == _step && lines < _lines + apart && !isLast)
                return;
            (_step, _lines) = (step, lines);
            Console.Error.WriteLine(text);
        }
    }
}
