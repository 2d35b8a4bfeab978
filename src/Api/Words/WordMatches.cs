using Api.Indexing;
using Api.Words.Postings;

namespace Api.Words;

/// <summary>The items of the index that match a search. Dispose of it once.</summary>
internal sealed class WordMatches : IDisposable
{
    /// <summary>The most items that are ranked.</summary>
    public const int MostRanked = 1_000;

    private readonly WordIndex index;
    private readonly WordQuery query;
    private readonly Bits?[] named;
    private readonly List<PartMatches> parts = [];
    private readonly PartMatches others;

    /// <param name="index">The index.</param>
    /// <param name="query">The search.</param>
    /// <param name="shows">The articles and events that show the name of an expert or topic: its resource and number.</param>
    public WordMatches(WordIndex index, WordQuery query, Func<string, int, KeySet> shows)
    {
        (this.index, this.query) = (index, query);
        named = new Bits?[query.Terms.Count];
        others = new PartMatches(index, index.Named, query, named);
        FindNames(shows);
        parts.AddRange(
            index.Articles.Values.Where(part => part.Items.Count > 0).Select(part => new PartMatches(index, part, query, named))
        );
        parts.Add(others);
    }

    /// <summary>Whether the items have most of the words instead of all.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Finds the items with all words of one alternative.</summary>
    public void FindAll()
    {
        for (var alternative = 0; alternative < query.Alternatives.Count; alternative++)
        {
            // What is no word in the language most is written in is none.
            if (Array.TrueForAll(query.Alternatives[alternative].Wanted, IsStopWord))
                continue;
            foreach (var part in parts)
                part.FindAll(alternative);
        }
        foreach (var item in index.Names.Find(query.Name))
            others.Set.Add(item);
    }

    /// <summary>
    /// Finds the items with most of the words: those that have as many words as any item has, and those that have at least half of them.
    /// </summary>
    /// <param name="among">The items that count; more may be found.</param>
    public void FindMost(KeySet among)
    {
        if (query.Only is not { Length: > 1 } wanted)
            return;
        IsPartial = true;
        var counted = parts.Select(part => (Part: part, Counted: part.CountSome(wanted, query.Alternatives[0].Excluded))).ToList();
        using var allowed = new Bits(index.Size);
        allowed.Add(among);
        var best = 0;
        foreach (var (_, (items, counts)) in counted)
        {
            for (var n = 0; n < items.Length; n++)
            {
                if (counts[n] > best && allowed.Contains(items[n]))
                    best = counts[n];
            }
        }
        var enough = Math.Min(best, (wanted.Length + 1) / 2);
        if (enough == 0)
            return;
        foreach (var (part, (items, counts)) in counted)
        {
            for (var n = 0; n < items.Length; n++)
            {
                if (counts[n] >= enough)
                    part.Set.Add(items[n]);
            }
        }
    }

    /// <summary>The items found.</summary>
    public KeySet ToSet()
    {
        using var all = new Bits(index.Size);
        foreach (var part in parts)
            all.Or(part.Set);
        return all.ToSet();
    }

    /// <summary>The best of the items found, the best first; items of equal score in any order.</summary>
    /// <param name="among">Only these items.</param>
    /// <param name="at">When an article was published or an event starts, microseconds since 1970 (UTC).</param>
    public IReadOnlyList<(int Item, long Score)> Best(KeySet among, Func<int, long> at)
    {
        using var allowed = new Bits(index.Size);
        allowed.Add(among);
        // A rare word says more, where not all must be there; in steps, so that a score seldom changes with other items.
        var weights = query.Terms.Select((_, n) => IsPartial ? Rarity(n) : 1.0).ToArray();
        List<(int Item, long Score)> best = [];
        foreach (var part in parts)
        {
            part.Set.And(allowed);
            if (part.Set.Any)
                best.AddRange(new Ranking(index, query, part, weights, at).Best(MostRanked));
        }
        return [.. best.OrderByDescending(one => one.Score).ThenBy(one => one.Item).Take(MostRanked)];
    }

    /// <summary>What the snippet of an item marks.</summary>
    public IReadOnlyList<MarkPattern> Marks(int item) => parts.Find(part => part.Partition.Items.Contains(item))?.Marks ?? [];

    public void Dispose()
    {
        foreach (var part in parts)
            part.Dispose();
        foreach (var bits in named)
            bits?.Dispose();
    }

    private bool IsStopWord(int term) => query.Terms[term].Single is { } word && index.Usual.IsStopWord(word);

    private double Rarity(int term)
    {
        var (all, having) = (parts.Sum(part => part.Partition.Items.Count), parts.Sum(part => part.Count(term)));
        return 1 + Math.Floor(Math.Log2((double)(all + 1) / (having + 1)));
    }

    // The items whose experts or topics have a word of the search in their names: a new name is in no text of theirs.
    private void FindNames(Func<string, int, KeySet> shows)
    {
        for (var term = 0; term < named.Length; term++)
        {
            if (others.IsStopWord(term))
                continue;
            using var names = others.FindNames(term);
            if (!names.Any)
                continue;
            var bits = new Bits(index.Size);
            foreach (var resource in (string[])["expert", "topic"])
            {
                using var these = names.Copy();
                using var kind = new Bits(index.Size);
                kind.Add(index.Of(resource));
                these.And(kind);
                foreach (var item in these.ToArray())
                    bits.Add(shows(resource, item));
            }
            named[term] = bits;
        }
    }
}
