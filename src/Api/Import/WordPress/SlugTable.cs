namespace Api.Import.WordPress;

/// <summary>Gives out slugs, each once: a second claim on <c>china</c> gets <c>china-2</c>, the next <c>china-3</c>.</summary>
internal sealed class SlugTable
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    public bool IsTaken(string slug) => _taken.Contains(slug);

    /// <summary>The wanted slug, or the first free one with a number.</summary>
    /// <param name="wanted">A valid slug.</param>
    public string Claim(string wanted)
    {
        if (_taken.Add(wanted))
            return wanted;
        var number = _next.GetValueOrDefault(wanted, 2);
        string slug;
        while (!_taken.Add(slug = Slugs.Numbered(wanted, number)))
            number++;
        _next[wanted] = number + 1;
        return slug;
    }
}
