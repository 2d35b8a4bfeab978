namespace Api.Words.Languages;

/// <summary>Serbian, which is written in two alphabets.</summary>
internal static class Serbian
{
    private const string Cyrillic = "абвгдђежзијклмнопрстћуфхцчш";
    private const string Latin = "abvgdđežzijklmnoprstćufhcčš";

    /// <summary>A word in Latin letters.</summary>
    public static string ToLatin(string word) =>
        word.AsSpan().ContainsAnyInRange('\u0400', '\u04ff') ? string.Concat(word.Select(LatinOf)) : word;

    private static string LatinOf(char letter) =>
        letter switch
        {
            'љ' => "lj",
            'њ' => "nj",
            'џ' => "dž",
            _ => Cyrillic.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Latin[at].ToString() : letter.ToString(),
        };
}
