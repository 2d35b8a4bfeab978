using Api.Import.Lines.Values;

namespace Api.Import.WordPress;

/// <summary>Assigns slugs, each once: a second claim of <c>china</c> gets <c>china-2</c>, the next <c>china-3</c>.</summary>
/// <param name="expected">Estimated number of slugs.</param>
internal sealed class SlugTable(int expected = 0)
{
    private readonly HashSet<ulong> _taken = new(expected);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    public bool IsTaken(string slug) => _taken.Contains(TextHash.Of(slug));

    /// <summary>The wanted slug, or the first free one with a number.</summary>
    /// <param name="wanted">A valid slug.</param>
    public string Claim(string wanted)
    {
        if (_taken.Add(TextHash.Of(wanted)))
            return wanted;
        var number = _next.GetValueOrDefault(wanted, 2);
        string slug;
        while (!_taken.Add(TextHash.Of(slug = Slugs.Numbered(wanted, number))))
            number++;
        _next[wanted] = number + 1;
        return slug;
    }
}
