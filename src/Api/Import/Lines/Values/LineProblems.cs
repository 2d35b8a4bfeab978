namespace Api.Import.Lines.Values;

/// <summary>All problems of a line, as sentences for a report and as locations for <see cref="LineMender"/>.</summary>
internal sealed class LineProblems : List<string>
{
    /// <summary>The locations of the problems, in the order in which they were found.</summary>
    public List<LineProblem> Places { get; } = [];

    /// <summary>Records a problem of a member.</summary>
    /// <param name="member">The member, such as <c>files[3].url</c>.</param>
    /// <param name="reason">The problem.</param>
    /// <param name="most">The maximum number of characters or values, if it was exceeded; else null.</param>
    public void Add(string member, string reason, int? most)
    {
        Add($"{member}: {reason}");
        Places.Add(new(member, reason, most));
    }
}

/// <summary>The location of a problem; see <see cref="LineProblems"/>.</summary>
internal sealed record LineProblem(string Member, string Reason, int? Most);
