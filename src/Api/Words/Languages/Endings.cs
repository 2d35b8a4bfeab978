namespace Api.Words.Languages;

/// <summary>Cuts the ending of a word, where Lucene has no stemmer: most endings of cases, and few of verbs.</summary>
internal static class Endings
{
    private const int LeastStem = 3;

    public static readonly Stemmer Polish = Of(
        """
        owie ami ach ego emu ymi imi owi iem ych ich ów om em ie ią ej ym im y i a ą ę u o e
        iego iemu ia ią ię ii iom iami iach
        ować owali owała owało ował ali ała ało ał ać
        """,
        "ter"
    );

    public static readonly Stemmer Ukrainian = Of(
        """
        ами ями ові еві єві ого ому ими іми их іх ий ів їв ах ях ою ею єю ом ем єм ам ям у ю а я о е є и і ї ь й
        ія ії ію ією ій іям іями іях ати али ала ало ав
        """
    );

    public static readonly Stemmer Belarusian = Of(
        """
        амі ямі оў аў яў ага аму яму ымі імі ых іх ах ях ам ям ом ем ай ой у ю а я о е э ы і ь й
        ія іі ію іяй ій іям іямі іях ыя ыі ыю ыяй ый ыям ыямі ыях аць алі ала ало
        """
    );

    public static readonly Stemmer Croatian = Of(
        """
        ovima evima ovi evi ova eva ove eve ama ima oga ome omu ega emu om em og eg im ih oj a e i o u
        ati ali ala alo ao
        """,
        "tar"
    );

    public static readonly Stemmer Slovene = Of(
        "ovi ovih ovom ama oma ema ima ega emu imi ami ih im om em ah eh oj ov ev a e i o u ati ali ala alo al",
        "ter"
    );

    public static readonly Stemmer Macedonian = Of("овите евите овци ови еви ата ето ите от та то те а о е и у ија ии иите ијата", "тер");

    public static readonly Stemmer Nepali = Of("हरूको हरूका हरूले हरूलाई हरूमा हरूबाट हरू को का की ले लाई मा बाट सँग सङ्ग");

    // In the first case a word such as minister has a vowel that its other forms do not have: ministra.
    private static Stemmer Of(string list, string? first = null)
    {
        var endings = list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).OrderByDescending(ending => ending.Length).ToArray();
        return new Stemmer(word =>
        {
            if (first is not null && word.Length > LeastStem + 2 && word.EndsWith(first, StringComparison.Ordinal))
                return [word.Remove(word.Length - 2, 1)];
            var ending = endings.FirstOrDefault(ending =>
                word.Length >= LeastStem + ending.Length && word.EndsWith(ending, StringComparison.Ordinal)
            );
            return [ending is null ? word : word[..^ending.Length]];
        });
    }
}
