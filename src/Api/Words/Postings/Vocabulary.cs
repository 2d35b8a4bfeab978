using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using Api.Words.Languages;
using Api.Words.Texts;

namespace Api.Words.Postings;

/// <summary>
/// The distinct words of the texts of a language, numbered from 0. It only grows: a word whose texts are gone stays without harm. Words are
/// added and looked up by several threads at once.
/// </summary>
internal sealed class Vocabulary
{
    private readonly ConcurrentDictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly Lock gate = new();

    // The words by number; replaced by a longer array when it is full.
    private volatile string[] words = new string[1024];
    private int count;

    // How far the maps below are made; they are guarded by the gate.
    private int mapped;
    private readonly Dictionary<string, List<int>> byFold = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<int>> byStart = [];
    private readonly Dictionary<Language, Stems> byStem = [];
    private readonly HashSet<int> isTitleWord = [];
    private readonly List<int> titleWords = [];
    private readonly Dictionary<int, List<int>> titleWordsByStart = [];
    private int mappedTitleWords;
    private readonly List<uint> letters = [];
    private readonly List<string> folds = [];

    public Vocabulary() => lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of words.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>A word by its number.</summary>
    public string this[int id] => words[id];

    /// <summary>The number of a word; -1 when it is unknown.</summary>
    public int Find(ReadOnlySpan<char> word) => lookup.TryGetValue(word, out var id) ? id : -1;

    /// <summary>The number of a word, which is added when it is unknown.</summary>
    public int Add(ReadOnlySpan<char> word)
    {
        if (lookup.TryGetValue(word, out var known))
            return known;
        lock (gate)
        {
            if (lookup.TryGetValue(word, out known))
                return known;
            if (count == words.Length)
            {
                var longer = new string[words.Length * 2];
                words.CopyTo(longer, 0);
                words = longer;
            }
            var id = count;
            words[id] = word.ToString();
            ids[words[id]] = id;
            Volatile.Write(ref count, id + 1);
            return id;
        }
    }

    /// <summary>The words that are the same without accents, the word itself among them if it is known.</summary>
    public int[] Alike(string word)
    {
        lock (gate)
        {
            Map();
            return byFold.TryGetValue(Folding.Fold(word), out var alike) ? [.. alike] : [];
        }
    }

    /// <summary>The words that share a stem with a word, or with one that is the same without accents.</summary>
    /// <param name="word">The word.</param>
    /// <param name="alike">Those of the latter that are in a text: what is found does not depend on texts that are gone.</param>
    /// <param name="language">The language.</param>
    public int[] Related(string word, int[] alike, Language language)
    {
        lock (gate)
        {
            Map();
            var stems = StemsOf(language);
            var found = new HashSet<int>();
            var fold = Folding.Fold(word);
            stems.AddRelated(word, found);
            // What is typed without accents may be a stem, of which the stemmer would take off more.
            stems.AddOf(fold, found);
            foreach (var id in alike)
                stems.AddRelated(words[id], found);
            return [.. found];
        }
    }

    /// <summary>The words that begin with some letters, accents apart.</summary>
    public int[] BeginningWith(string letters)
    {
        lock (gate)
            return [.. Beginning(Folding.Fold(letters), byStart)];
    }

    /// <summary>Those of them that are, or were, in a title, and what they are without accents.</summary>
    public List<(int Id, string Fold)> TitleWordsBeginningWith(string letters)
    {
        lock (gate)
        {
            Map();
            for (; mappedTitleWords < titleWords.Count; mappedTitleWords++)
                ListOf(titleWordsByStart, StartOf(folds[titleWords[mappedTitleWords]])).Add(titleWords[mappedTitleWords]);
            return [.. Beginning(Folding.Fold(letters), titleWordsByStart).Select(id => (id, folds[id]))];
        }
    }

    /// <summary>Remembers that words are in titles.</summary>
    public void AddTitleWords(IEnumerable<int> words)
    {
        lock (gate)
            titleWords.AddRange(words.Where(isTitleWord.Add));
    }

    /// <summary>
    /// The words that may be at most <paramref name="edits"/> single-letter edits from a folded word; some are further away.
    /// </summary>
    public List<(int Id, string Fold)> Near(string fold, int edits)
    {
        var wanted = LettersOf(fold);
        List<(int, string)> near = [];
        lock (gate)
        {
            Map();
            var all = CollectionsMarshal.AsSpan(letters);
            for (var id = 0; id < all.Length; id++)
            {
                // An edit changes at most two letters of the set, and the length by one.
                if (
                    BitOperations.PopCount((all[id] ^ wanted) & LetterMask) <= 2 * edits
                    && Math.Abs((int)(all[id] >> 27) - (int)(wanted >> 27)) <= edits
                )
                    near.Add((id, folds[id]));
            }
        }
        return near;
    }

    /// <summary>Prepares lookups for the words added so far, which the first search would otherwise do.</summary>
    public void Prepare(Language language)
    {
        lock (gate)
        {
            Map();
            StemsOf(language);
        }
    }

    private IEnumerable<int> Beginning(string fold, Dictionary<int, List<int>> byStart)
    {
        Map();
        if (fold.Length == 0)
            return [];
        var bucket =
            fold.Length == 1
                ? byStart.Where(pair => pair.Key >>> 16 == fold[0]).SelectMany(pair => pair.Value)
                : byStart.GetValueOrDefault(StartOf(fold)) ?? [];
        return bucket.Where(id => folds[id].StartsWith(fold, StringComparison.Ordinal));
    }

    private void Map()
    {
        var (end, all) = (Count, words);
        for (; mapped < end; mapped++)
        {
            var fold = Folding.Fold(all[mapped]);
            ListOf(byFold, fold).Add(mapped);
            ListOf(byStart, StartOf(fold)).Add(mapped);
            letters.Add(LettersOf(fold));
            folds.Add(fold);
        }
    }

    private Stems StemsOf(Language language)
    {
        if (!byStem.TryGetValue(language, out var stems))
            byStem[language] = stems = new Stems(language);
        stems.Map(words, Count);
        return stems;
    }

    private static int StartOf(string fold) => fold.Length == 0 ? 0 : (fold[0] << 16) | (fold.Length > 1 ? fold[1] : 0);

    private const uint LetterMask = (1 << 27) - 1;

    // A bit for each Latin letter that occurs, one for all other characters by their code; above them the length, to 31.
    private static uint LettersOf(string fold)
    {
        var set = (uint)Math.Min(fold.Length, 31) << 27;
        foreach (var c in fold)
            set |= 1u << (c is >= 'a' and <= 'z' ? c - 'a' : c % 27);
        return set;
    }

    private static List<int> ListOf<TKey>(Dictionary<TKey, List<int>> map, TKey key)
        where TKey : notnull => map.TryGetValue(key, out var list) ? list : map[key] = new List<int>(1);

    // The words of each stem of a language.
    private sealed class Stems(Language language)
    {
        private readonly Dictionary<string, List<int>> words = new(StringComparer.Ordinal);
        private int mapped;

        public void Map(string[] all, int end)
        {
            for (; mapped < end; mapped++)
            {
                // Pairs of characters have no stem.
                if (Scripts.IsUnspaced(Scripts.Of(all[mapped][0])))
                    continue;
                foreach (var stem in language.Stems(all[mapped]))
                    ListOf(words, Folding.Fold(stem)).Add(mapped);
            }
        }

        public void AddOf(string stem, HashSet<int> found)
        {
            if (words.TryGetValue(stem, out var related))
                found.UnionWith(related);
        }

        public void AddRelated(string word, HashSet<int> found)
        {
            foreach (var stem in language.Stems(word))
                AddOf(Folding.Fold(stem), found);
        }
    }
}
