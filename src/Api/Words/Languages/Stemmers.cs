using Lucene.Net.Analysis.Ar;
using Lucene.Net.Analysis.Bg;
using Lucene.Net.Analysis.Ckb;
using Lucene.Net.Analysis.Cz;
using Lucene.Net.Analysis.El;
using Lucene.Net.Analysis.Fi;
using Lucene.Net.Analysis.Gl;
using Lucene.Net.Analysis.Hi;
using Lucene.Net.Analysis.Id;
using Lucene.Net.Analysis.In;
using Lucene.Net.Analysis.Lv;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Sv;
using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace Api.Words.Languages;

/// <summary>The stemmer of each language, without a dictionary.</summary>
internal static class Stemmers
{
    /// <summary>The stemmer of a language; null when nothing is known of it.</summary>
    /// <param name="language">The first subtag.</param>
    public static Stemmer? Find(string language) =>
        language switch
        {
            "ca" => Snowball(() => new CatalanStemmer()),
            "da" => Snowball(() => new DanishStemmer()),
            "de" => Snowball(() => new GermanStemmer()),
            "es" => Snowball(() => new SpanishStemmer()),
            "no" => Snowball(() => new NorwegianStemmer()),
            "ro" => Snowball(() => new RomanianStemmer(), Cedillas, Folding.Fold),
            "sv" => Snowball(() => new SwedishStemmer()).And(Letters(() => new SwedishLightStemmer().Stem)),
            "eu" => Snowball(() => new BasqueStemmer()).And(Cut(6)),
            "fi" => Letters(() => new FinnishLightStemmer().Stem).And(Cut(6)),
            "ga" => Snowball(() => new IrishStemmer()).And(Cut(6)),
            "hy" => Snowball(() => new ArmenianStemmer()).And(Cut(6)),
            "tr" => Snowball(() => new TurkishStemmer()).And(Cut(6)),
            "ar" => Letters(() => new ArabicStemmer().Stem, Folding.Fold),
            "bg" => Letters(() => new BulgarianStemmer().Stem),
            "ckb" => Letters(() => new SoraniStemmer().Stem, Sorani),
            "gl" => Letters(() => new GalicianStemmer().Stem),
            "cs" => Letters(() => new CzechStemmer().Stem),
            "sk" => Letters(() => new CzechStemmer().Stem),
            "hu" => Snowball(() => new HungarianStemmer()),
            "lv" => Letters(() => new LatvianStemmer().Stem),
            "is" => Cut(5),
            "lt" or "ta" or "yi" => Cut(5) with { Dictionary = DictionaryUse.First },
            "be" => Endings.Belarusian,
            "bs" or "hr" or "sr" => Endings.Croatian,
            "mk" => Endings.Macedonian,
            "ne" => Endings.Nepali,
            "pl" => Endings.Polish,
            "sl" => Endings.Slovene,
            "uk" => Endings.Ukrainian,
            _ when Alone(language) is { } stemmer => stemmer with { Dictionary = DictionaryUse.None },
            _ => null,
        };

    // Those to which no dictionary adds anything.
    private static Stemmer? Alone(string language) =>
        language switch
        {
            "en" => Snowball(() => new EnglishStemmer()),
            "fr" => Snowball(() => new FrenchStemmer()),
            "it" => Snowball(() => new ItalianStemmer()),
            "nl" => Snowball(() => new DutchStemmer()).And(Snowball(() => new KpStemmer())),
            // Of itself Snowball's keeps nação and nações apart.
            "pt" => Letters(() => new PortugueseMinimalStemmer().Stem)
                .Then(Snowball(() => new Lucene.Net.Tartarus.Snowball.Ext.PortugueseStemmer())),
            "ru" => Snowball(() => new RussianStemmer(), word => word.Replace('ё', 'е')),
            "el" => Letters(() => new GreekStemmer().Stem, Folding.Fold, Greek.Finish),
            "hi" => Letters(() => new HindiStemmer().Stem, Hindi),
            "id" or "ms" => Letters(Indonesian),
            "fa" => new Stemmer(Persian.Stems),
            "he" => new Stemmer(Hebrew.Stems),
            "ko" => new Stemmer(Korean.Stems),
            "et" => Cut(5),
            _ => null,
        };

    /// <summary>The first letters of a word.</summary>
    private static Stemmer Cut(int letters) => new(word => [word.Length <= letters ? word : word[..letters]]);

    private static Stemmer Snowball(Func<SnowballProgram> make, Func<string, string>? before = null, Func<string, string>? after = null) =>
        Pooled(
            make,
            (program, word) =>
            {
                program.SetCurrent(word);
                program.Stem();
                return program.Current;
            },
            before,
            after
        );

    // Stemmers that shorten a word within an array and return its length. Some lengthen it by a letter.
    private static Stemmer Letters(
        Func<Func<char[], int, int>> make,
        Func<string, string>? before = null,
        Func<string, string>? after = null
    ) =>
        Pooled(
            make,
            (stem, word) =>
            {
                var letters = new char[word.Length + 2];
                word.CopyTo(letters);
                return new string(letters, 0, stem(letters, word.Length));
            },
            before,
            after
        );

    // Lucene's stemmers serve one thread at a time.
    private static Stemmer Pooled<T>(Func<T> make, Func<T, string, string> stem, Func<string, string>? before, Func<string, string>? after)
    {
        var pool = new Pool<T>(make);
        return new Stemmer(word =>
        {
            var found = pool.Use(before is null ? word : before(word), stem);
            if (after is not null)
                found = after(found);
            // Of a short word some leave nothing.
            return [found.Length == 0 ? word : found];
        });
    }

    // The stemmer is older than the letters with a comma that Romanian writes today.
    private static string Cedillas(string word) => word.Replace('ș', 'ş').Replace('ț', 'ţ');

    private static Func<char[], int, int> Indonesian()
    {
        var stemmer = new IndonesianStemmer();
        return (letters, length) => stemmer.Stem(letters, length, stemDerivational: true);
    }

    private static string Hindi(string word)
    {
        var letters = word.ToCharArray();
        var length = new IndicNormalizer().Normalize(letters, letters.Length);
        return new string(letters, 0, new HindiNormalizer().Normalize(letters, length));
    }

    private static string Sorani(string word)
    {
        var letters = word.ToCharArray();
        return new string(letters, 0, new SoraniNormalizer().Normalize(letters, letters.Length));
    }
}
