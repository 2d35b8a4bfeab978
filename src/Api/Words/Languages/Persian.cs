namespace Api.Words.Languages;

/// <summary>Persian.</summary>
internal static class Persian
{
    // In the form of Folding.Fold, the longest first: plural with and without endings of possession, and these alone.
    private static readonly string[] Suffixes =
    [
        "هايشان",
        "هايمان",
        "هايتان",
        "هايي",
        "هايم",
        "هايت",
        "هايش",
        "هاي",
        "ترين",
        "تري",
        "ها",
        "تر",
        "ان",
        "ات",
        "ش",
        "ي",
    ];

    /// <summary>The word without its suffixes.</summary>
    public static IReadOnlyCollection<string> Stems(string given)
    {
        var word = given;
        // A half-space is where the suffix begins.
        var joiner = word.LastIndexOf('\u200c');
        if (joiner > 1 && Suffixes.Contains(Folding.Fold(word[(joiner + 1)..])))
            word = word[..joiner];
        word = Folding.Fold(word);
        if (word.Length == 0)
            return [given];
        var suffix = Suffixes.FirstOrDefault(suffix => word.Length >= suffix.Length + 3 && word.EndsWith(suffix, StringComparison.Ordinal));
        return [suffix is null ? word : word[..^suffix.Length]];
    }
}
