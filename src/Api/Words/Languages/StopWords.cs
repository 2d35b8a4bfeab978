using System.Collections.Frozen;
using System.Text;
using Lucene.Net.Analysis.Hunspell;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Api.Words.Languages;

/// <summary>Words too common to be searched, from the lists of Lucene.</summary>
internal static class StopWords
{
    private const string Folder = "Lucene.Net.Analysis.Common.Analysis.";

    /// <summary>Whether a word in the form of <see cref="Folding.Normal"/> is a stop word; of a language without a list none is.</summary>
    /// <param name="language">The first subtag.</param>
    public static Func<string, bool> Of(string language)
    {
        var words = Read(language);
        // These lists are without accents, with the letters of Arabic in Persian, or with the cedillas that Romanian had before its commas.
        if (language is not ("ar" or "el" or "fa" or "ro"))
            return words.Contains;
        var folded = words.Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);
        return word => folded.Contains(Folding.Fold(word));
    }

    private static FrozenSet<string> Read(string language) =>
        language switch
        {
            "da" => Snowball("danish"),
            "nl" => Snowball("dutch"),
            "en" => Snowball("english"),
            "fi" => Snowball("finnish"),
            "fr" => Snowball("french"),
            "de" => Snowball("german"),
            "hu" => Snowball("hungarian"),
            "it" => Snowball("italian"),
            "no" => Snowball("norwegian"),
            "pt" => Snowball("portuguese"),
            "ru" => Snowball("russian"),
            "es" => Snowball("spanish"),
            "sv" => Snowball("swedish"),
            "ar" => Lines("Ar"),
            "bg" => Lines("Bg"),
            "ca" => Lines("Ca"),
            "ckb" => Lines("Ckb"),
            "cs" => Lines("Cz"),
            "el" => Lines("El"),
            "eu" => Lines("Eu"),
            "fa" => Lines("Fa"),
            "ga" => Lines("Ga"),
            "gl" => Lines("Gl"),
            "hi" => Lines("Hi"),
            "hy" => Lines("Hy"),
            "id" => Lines("Id"),
            "lv" => Lines("Lv"),
            "ro" => Lines("Ro"),
            "th" => Lines("Th"),
            "tr" => Lines("Tr"),
            _ => FrozenSet<string>.Empty,
        };

    private static FrozenSet<string> Snowball(string name)
    {
        using var reader = Open($"Snowball.{name}_stop.txt");
        return Set(WordlistLoader.GetSnowballWordSet(reader, LuceneVersion.LUCENE_48));
    }

    private static FrozenSet<string> Lines(string folder)
    {
        using var reader = Open($"{folder}.stopwords.txt");
        return Set(WordlistLoader.GetWordSet(reader, "#", LuceneVersion.LUCENE_48));
    }

    private static FrozenSet<string> Set(CharArraySet words) => words.Select(Folding.Normal).ToFrozenSet(StringComparer.Ordinal);

    private static StreamReader Open(string name) =>
        new(
            typeof(HunspellStemFilter).Assembly.GetManifestResourceStream(Folder + name)
                ?? throw new InvalidOperationException($"Lucene has no {name}."),
            Encoding.UTF8
        );
}
