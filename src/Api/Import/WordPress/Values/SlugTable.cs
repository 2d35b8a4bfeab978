using Api.Import.Lines.Values;

namespace Api.Import.WordPress.Values;

/// <summary>Assigns slugs, each once: a second claim of <c>china</c> gets <c>china-2</c>, the next <c>china-3</c>.</summary>
/// <param name="expected">Estimated number of slugs.</param>
internal sealed class SlugTable(int expected = 0)
{
    private readonly HashSet<ulong> taken = new(expected);
    private readonly Dictionary<string, int> next = new(StringComparer.Ordinal);

    public bool IsTaken(string slug) => taken.Contains(TextHash.Of(slug));

    /// <summary>The wanted slug, or the first free one with a number.</summary>
    /// <param name="wanted">A valid slug.</param>
    public string Claim(string wanted)
    {
        if (taken.Add(TextHash.Of(wanted)))
            return wanted;
        var number = next.GetValueOrDefault(wanted, 2);
        string slug;
        while (!taken.Add(TextHash.Of(slug = Slugs.Numbered(wanted, number))))
            number++;
        next[wanted] = number + 1;
        return slug;
    }
}
