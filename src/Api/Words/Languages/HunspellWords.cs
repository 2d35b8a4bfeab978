using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Hunspell;
using Lucene.Net.Analysis.TokenAttributes;

namespace Api.Words.Languages;

/// <summary>The words of a Hunspell dictionary.</summary>
internal sealed class HunspellWords(Dictionary dictionary)
{
    // Lucene's stemmer is not public: a filter of a stream of one word is the way to it.
    private readonly Pool<(OneWord Source, HunspellStemFilter Filter)> pool = new(() =>
    {
        var source = new OneWord();
        return (source, new HunspellStemFilter(source, dictionary, dedup: true, longestOnly: false));
    });

    /// <summary>All stems of a word, in lower case; empty when the dictionary does not have it.</summary>
    public IReadOnlyCollection<string> Stems(string word) =>
        pool.Use(
            Marked(word),
            (one, word) =>
            {
                one.Source.Word = word;
                one.Filter.Reset();
                var stems = new List<string>(2);
                var term = one.Filter.GetAttribute<ICharTermAttribute>();
                while (one.Filter.IncrementToken())
                    stems.Add(term.ToString()!);
                one.Filter.End();
                // In a script without capitals a word that is its only stem may as well be unknown.
                return stems.Count == 1 && stems[0] == word ? [] : stems;
            }
        );

    // The filter answers an unknown word with the word as it was given, and a known one in lower case: a capital tells them apart. Not that
    // of i, which is another letter in Turkish.
    private static string Marked(string word)
    {
        for (var i = 0; i < word.Length; i++)
            if (char.IsLower(word[i]) && word[i] is not ('i' or 'ı') && char.ToUpperInvariant(word[i]) is var capital && capital != word[i])
                return $"{word[..i]}{capital}{word[(i + 1)..]}";
        return word;
    }

    private sealed class OneWord : TokenStream
    {
        private readonly ICharTermAttribute term;

        public OneWord() => term = AddAttribute<ICharTermAttribute>();

        public string? Word { get; set; }

        public override bool IncrementToken()
        {
            if (Word is null)
                return false;
            ClearAttributes();
            term.Append(Word);
            Word = null;
            return true;
        }
    }
}
