namespace Api.Site;

/// <summary>Language tags from the ranges that articles are found under. Pure.</summary>
internal static class LanguageTags
{
    /// <summary>
    /// The tags that articles have, in order. An article in en-US counts for the ranges en and en-us, so a tag is a range with more
    /// articles than the ranges one subtag longer have together.
    /// </summary>
    /// <param name="ranges">Ranges in small letters, with the articles found under each.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<(string Range, int Articles)> ranges) =>
    [
        .. ranges
            .Where(range => range.Articles > ranges.Where(other => IsBelow(other.Range, range.Range)).Sum(other => other.Articles))
            .Select(range => Spell(range.Range))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsBelow(string longer, string range) =>
        longer.StartsWith(range + "-", StringComparison.Ordinal) && !longer[(range.Length + 1)..].Contains('-', StringComparison.Ordinal);

    // RFC 5646 §2.1.1: regions in capitals, scripts with one, the rest small.
    private static string Spell(string range) => string.Join('-', range.Split('-').Select((subtag, n) => (n, subtag.Length) switch
    {
        (0, _) => subtag,
        (_, 2) => subtag.ToUpperInvariant(),
        (_, 4) when char.IsAsciiLetter(subtag[0]) => char.ToUpperInvariant(subtag[0]) + subtag[1..],
        _ => subtag,
    }));
}
