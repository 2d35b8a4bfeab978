namespace Api.Site;

/// <summary>Derives language tags from the language ranges that match articles. Pure.</summary>
internal static class LanguageTags
{
    /// <summary>
    /// The language tags of the articles, in order. An article in en-US counts for the ranges en and en-us, so a range is a tag when it has
    /// more articles than all ranges one subtag longer have together.
    /// </summary>
    /// <param name="ranges">Ranges in lower case, each with the number of matching articles.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<(string Range, int Articles)> ranges) =>
        [
            .. ranges
                .Where(range => range.Articles > ranges.Where(other => IsBelow(other.Range, range.Range)).Sum(other => other.Articles))
                .Select(range => Spell(range.Range))
                .Order(StringComparer.Ordinal),
        ];

    private static bool IsBelow(string longer, string range) =>
        longer.StartsWith(range + "-", StringComparison.Ordinal) && !longer[(range.Length + 1)..].Contains('-', StringComparison.Ordinal);

    // RFC 5646 §2.1.1: regions in upper case, scripts in title case, everything else in lower case.
    private static string Spell(string range) =>
        string.Join(
            '-',
            range
                .Split('-')
                .Select(
                    (subtag, n) =>
                        (n, subtag.Length) switch
                        {
                            (0, _) => subtag,
                            (_, 2) => subtag.ToUpperInvariant(),
                            (_, 4) when char.IsAsciiLetter(subtag[0]) => char.ToUpperInvariant(subtag[0]) + subtag[1..],
                            _ => subtag,
                        }
                )
        );
}
