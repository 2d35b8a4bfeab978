namespace Api.Commands;

/// <summary>Progress for a pipe or a log: a line for each step, and one now and then within it.</summary>
internal sealed class ProgressLines
{
    private const int LinesApart = 10_000;
    private string _step = "";
    private long _lines;

    /// <param name="step">What is being done.</param>
    /// <param name="lines">Lines done so far.</param>
    /// <param name="text">What to print of it.</param>
    public void Tell(string step, long lines, string text)
    {
        if (step == _step && lines < _lines + LinesApart)
            return;
        (_step, _lines) = (step, lines);
        Console.Error.WriteLine(text);
    }
}
