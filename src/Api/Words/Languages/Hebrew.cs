namespace Api.Words.Languages;

/// <summary>Hebrew.</summary>
internal static class Hebrew
{
    private const string Prefixes = "והבכלמש";

    // The longest first.
    private static readonly string[] Suffixes = ["ויות", "יות", "ים", "ות", "ית", "יי", "ה", "ת", "י"];

    /// <summary>The word without up to two prefixes and a suffix.</summary>
    public static IReadOnlyCollection<string> Stems(string given)
    {
        var word = Folding.Fold(given);
        if (word.Length == 0)
            return [given];
        var stems = new List<string>(3) { Root(word) };
        for (var begin = 1; begin <= 2 && word.Length - begin >= 3 && Prefixes.Contains(word[begin - 1]); begin++)
            stems.Add(Root(word[begin..]));
        return stems;
    }

    private static string Root(string word)
    {
        var suffix = Suffixes.FirstOrDefault(suffix => word.Length >= suffix.Length + 3 && word.EndsWith(suffix, StringComparison.Ordinal));
        return Medial(suffix is null ? word : word[..^suffix.Length]);
    }

    // Five letters have another form at the end of a word.
    private static string Medial(string word) =>
        word[^1] switch
        {
            'ך' => word[..^1] + 'כ',
            'ם' => word[..^1] + 'מ',
            'ן' => word[..^1] + 'נ',
            'ף' => word[..^1] + 'פ',
            'ץ' => word[..^1] + 'צ',
            _ => word,
        };
}
