namespace Api.Import.Lines.Values;

/// <summary>Everything that is wrong with a line, as sentences for a report and as places for <see cref="LineMender"/>.</summary>
internal sealed class LineProblems : List<string>
{
    /// <summary>Where something is wrong, in the order it was found.</summary>
    public List<LineProblem> Places { get; } = [];

    /// <summary>Notes a problem of a member.</summary>
    /// <param name="member">Such as <c>files[3].url</c>.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="most">The characters or values it may have at most, when it has more; else null.</param>
    public void Add(string member, string reason, int? most)
    {
        Add($"{member}: {reason}");
        Places.Add(new(member, reason, most));
    }
}

/// <summary>A place where something is wrong; see <see cref="LineProblems"/>.</summary>
internal sealed record LineProblem(string Member, string Reason, int? Most);
