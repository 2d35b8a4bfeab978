using Api.Indexing;
using Api.Words.Languages;
using Api.Words.Postings;
using Api.Words.Texts;

namespace Api.Words;

/// <summary>Finds terms in the items of one partition, for one search. Dispose of it once.</summary>
/// <param name="part">The partition.</param>
/// <param name="size">One more than the highest item number of the index.</param>
/// <param name="languages">The languages whose stems count.</param>
internal sealed class PartSearch(Partition part, int size, IReadOnlyList<Language> languages) : IDisposable
{
    // From so many on, segments are searched for a sequence at the same time.
    private const int ManyItems = 50_000;

    private readonly Dictionary<Unit, int[]> words = [];
    private readonly Bits?[] dead = [.. part.Segments.Select(segment => segment.Dead.Count == 0 ? null : BitsOf(segment.Dead, size))];
    private readonly Dictionary<WordTerm, List<(int Item, byte Info)>> sequences = [];

    /// <summary>Whether a term is only a word too common to be searched.</summary>
    public bool IsStopWord(WordTerm term) => term.Single is { } word && languages.Any(language => language.IsStopWord(word));

    /// <summary>The items with a term. Dispose of the result.</summary>
    /// <param name="term">The term.</param>
    /// <param name="titlesOnly">Whether only titles count.</param>
    public Bits Find(WordTerm term, bool titlesOnly = false)
    {
        var found = new Bits(size);
        foreach (var spelling in term.Spellings)
        {
            if (spelling.Count == 1)
                Add(WordsOf(spelling[0]), found, titlesOnly);
            else
                AddSequence(term, spelling, found, titlesOnly);
        }
        return found;
    }

    /// <summary>The items with one of some words in the title. Dispose of the result.</summary>
    public Bits FindTitles(int[] ids)
    {
        var found = new Bits(size);
        Add(ids, found, titlesOnly: true);
        return found;
    }

    /// <summary>
    /// The items that have a single word as it was typed, accents apart; null for a sequence, and for a word without other forms. Dispose
    /// of the result.
    /// </summary>
    public Bits? FindExact(WordTerm term)
    {
        if (
            term.Single is not { } word
            || part.Vocabulary.Alike(word) is not { } alike
            || Array.TrueForAll(WordsOf(term.Spellings[0][0]), alike.Contains)
        )
            return null;
        var found = new Bits(size);
        Add(alike, found, titlesOnly: false);
        return found;
    }

    /// <summary>For some items, the byte of the postings of a term (<see cref="Posting"/>); 0 where an item does not have it.</summary>
    /// <param name="term">The term.</param>
    /// <param name="ranks">The items.</param>
    /// <param name="infos">The bytes, all 0 before.</param>
    public void Infos(WordTerm term, Ranks ranks, Span<byte> infos)
    {
        foreach (var spelling in term.Spellings.Where(spelling => spelling.Count == 1))
        {
            foreach (var (segment, gone, place) in Postings(WordsOf(spelling[0])))
            {
                for (var reader = segment.Read(place); reader.Next(); )
                {
                    if (ranks.Of(reader.Item) is var rank and >= 0 && gone?.Contains(reader.Item) != true)
                        infos[rank] = (byte)PositionLists.Together(infos[rank], reader.Info);
                }
            }
        }
        foreach (var (item, info) in sequences.GetValueOrDefault(term) ?? [])
        {
            if (ranks.Of(item) is var rank and >= 0)
                infos[rank] = (byte)PositionLists.Together(infos[rank], info);
        }
    }

    /// <summary>What snippets mark for a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="place">Its place in the search.</param>
    public IEnumerable<MarkPattern> Marks(WordTerm term, int place) =>
        term.Spellings.Select(spelling => new MarkPattern(
            place,
            [.. spelling.Select(unit => WordsOf(unit).Select(id => part.Vocabulary[id]).ToHashSet(StringComparer.Ordinal))],
            spelling[^1].IsStart && Scripts.IsUnspaced(Scripts.Of(spelling[^1].Word[0])),
            [.. spelling.Select(unit => unit.Offset - spelling[0].Offset)]
        ));

    /// <summary>The positions at which a term begins in some items, by its first spelling.</summary>
    public PositionLists Positions(WordTerm term, Ranks ranks) => Gather(WordsOf(term.Spellings[0][0]), ranks);

    public void Dispose()
    {
        foreach (var bits in dead)
            bits?.Dispose();
    }

    private void Add(int[] ids, Bits found, bool titlesOnly)
    {
        foreach (var (segment, gone, place) in Postings(ids))
        {
            if (titlesOnly)
            {
                for (var reader = segment.ReadTitles(place); reader.Next(); )
                {
                    if (gone?.Contains(reader.Item) != true)
                        found.Add(reader.Item);
                }
            }
            else
            {
                for (var reader = segment.Read(place); reader.Next(); )
                {
                    if (gone?.Contains(reader.Item) != true)
                        found.Add(reader.Item);
                }
            }
        }
    }

    private void AddSequence(WordTerm term, IReadOnlyList<Unit> units, Bits found, bool titlesOnly)
    {
        var candidates = new Bits(size);
        try
        {
            Add(WordsOf(units[0]), candidates, titlesOnly);
            foreach (var unit in units.Skip(1).DistinctBy(unit => unit.Word).TakeWhile(_ => candidates.Any))
            {
                using var next = new Bits(size);
                Add(WordsOf(unit), next, titlesOnly);
                candidates.And(next);
            }
            if (!candidates.Any)
                return;
            if (!sequences.TryGetValue(term, out var infos))
                sequences[term] = infos = [];
            var items = candidates.ToArray();
            int[][] ids = [.. units.Select(WordsOf)];
            int[] offsets = [.. units.Select(unit => unit.Offset - units[0].Offset)];
            var having = new List<(int Item, byte Info)>[part.Segments.Length];
            if (items.Length < ManyItems)
            {
                for (var n = 0; n < having.Length; n++)
                    having[n] = InSequence(n, ids, offsets, items);
            }
            else
                Parallel.For(0, having.Length, n => having[n] = InSequence(n, ids, offsets, items));
            foreach (var (item, info) in having.SelectMany(some => some))
            {
                if (titlesOnly && (info & Posting.InTitle) == 0)
                    continue;
                found.Add(item);
                // The same items are found again where all fields count.
                if (!titlesOnly)
                    infos.Add((item, info));
            }
        }
        finally
        {
            candidates.Dispose();
        }
    }

    // The items of a segment with words in sequence, and how they have them. For any thread.
    private List<(int Item, byte Info)> InSequence(int segment, int[][] ids, int[] offsets, int[] items)
    {
        List<(int, byte)> having = [];
        if (SequenceWalk.Of(part.Segments[segment].Segment, ids, offsets) is not { } walk)
            return having;
        foreach (var item in items)
        {
            if (walk.IsOver)
                break;
            if (walk.Test(item) is var info and > 0 && dead[segment]?.Contains(item) != true)
                having.Add((item, (byte)info));
        }
        return having;
    }

    private PositionLists Gather(int[] ids, Ranks ranks)
    {
        var infos = new byte[ranks.Items.Length];
        List<(int, int)> found = [];
        var own = new PositionBuffer();
        foreach (var (segment, gone, place) in Postings(ids))
        {
            var positions = segment.ReadPositions(place);
            for (var reader = segment.Read(place); reader.Next(); )
            {
                if (ranks.Of(reader.Item) is not (var rank and >= 0) || gone?.Contains(reader.Item) == true)
                {
                    positions.Skip();
                    continue;
                }
                infos[rank] = (byte)PositionLists.Together(infos[rank], reader.Info);
                own.Clear();
                positions.AddTo(own);
                foreach (var position in own.Span)
                    found.Add((rank, position));
            }
        }
        return PositionLists.Of(ranks.Items.Length, found, infos);
    }

    private IEnumerable<(Segment Segment, Bits? Dead, int Place)> Postings(int[] ids)
    {
        for (var n = 0; n < part.Segments.Length; n++)
        {
            var segment = part.Segments[n].Segment;
            foreach (var id in ids)
            {
                if (segment.Find(id) is var place and >= 0)
                    yield return (segment, dead[n], place);
            }
        }
    }

    /// <summary>The numbers of the words that stand for a unit.</summary>
    private int[] WordsOf(Unit unit)
    {
        var any = unit with { Offset = 0 };
        if (!words.TryGetValue(any, out var found))
            words[any] = found = Look(any);
        return found;
    }

    private int[] Look(Unit unit)
    {
        var vocabulary = part.Vocabulary;
        if (unit.IsStart)
            return vocabulary.BeginningWith(unit.Word);
        if (Scripts.IsUnspaced(Scripts.Of(unit.Word[0])))
            return vocabulary.Alike(unit.Word);
        int[] alike = [.. vocabulary.Alike(unit.Word).Where(part.Has)];
        return [.. languages.Aggregate(alike.AsEnumerable(), (ids, language) => ids.Union(vocabulary.Related(unit.Word, alike, language)))];
    }

    private static Bits BitsOf(KeySet set, int size)
    {
        var bits = new Bits(size);
        bits.Add(set);
        return bits;
    }
}
