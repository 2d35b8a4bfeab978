using Api.Words.Postings;

namespace Api.Words;

/// <summary>The items of a partition that match a search. Dispose of it once.</summary>
internal sealed class PartMatches : IDisposable
{
    private readonly WordQuery query;
    private readonly PartSearch part;
    private readonly Bits items;
    private readonly Bits?[] named;
    private readonly Bits?[] found;
    private readonly WordTerm[] terms;
    private readonly int size;

    /// <param name="index">The index.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="query">The search.</param>
    /// <param name="named">For each term the items that have it in the name of an expert or topic; null for none.</param>
    public PartMatches(WordIndex index, Partition partition, WordQuery query, Bits?[] named)
    {
        (Partition, this.query, this.named, size) = (partition, query, named, index.Size);
        part = new PartSearch(
            partition,
            size,
            partition == index.Named && index.Usual != partition.Language ? [partition.Language, index.Usual] : [partition.Language]
        );
        terms = [.. query.Terms.Select((term, n) => term.In(partition.Language, query.Written[n]))];
        found = new Bits?[terms.Length];
        items = new Bits(size);
        items.Add(partition.Items);
        Set = new Bits(size);
    }

    /// <summary>The partition.</summary>
    public Partition Partition { get; }

    /// <summary>The items found.</summary>
    public Bits Set { get; }

    /// <summary>Whether a term is only a word too common to be searched.</summary>
    public bool IsStopWord(int term) => part.IsStopWord(terms[term]);

    /// <summary>Adds the items with all wanted terms of an alternative, and without its excluded ones.</summary>
    /// <param name="alternative">Its place in the search.</param>
    public void FindAll(int alternative)
    {
        var (wanted, excluded) = query.Alternatives[alternative];
        using var all = items.Copy();
        var isAny = false;
        foreach (var term in wanted.Where(term => !IsStopWord(term)))
        {
            isAny = true;
            all.And(Of(term));
        }
        // A word that is too common in this language, but not in that of most texts, can be part of a name.
        if (!isAny && Array.Exists(wanted, term => named[term] is null))
            return;
        foreach (var term in isAny ? [] : wanted)
            all.And(named[term]!);
        foreach (var term in excluded)
            all.AndNot(Of(term));
        Set.Or(all);
    }

    /// <summary>
    /// How many of some terms each item has; 0 with one of the excluded ones. The place of an item is that in the array of items.
    /// </summary>
    public (int[] Items, int[] Counts) CountSome(IEnumerable<int> wanted, IEnumerable<int> excluded)
    {
        var (all, counts) = (Partition.Items.ToArray(), new int[Partition.Items.Count]);
        foreach (var term in wanted.Where(term => !IsStopWord(term)))
        {
            var having = Of(term);
            for (var n = 0; n < all.Length; n++)
                counts[n] += having.Contains(all[n]) ? 1 : 0;
        }
        foreach (var term in excluded)
        {
            var having = Of(term);
            for (var n = 0; n < all.Length; n++)
                counts[n] = having.Contains(all[n]) ? 0 : counts[n];
        }
        return (all, counts);
    }

    /// <summary>The items with a term in the title. Dispose of the result.</summary>
    public Bits FindNames(int term) => part.Find(terms[term], titlesOnly: true);

    /// <summary>How many items of the partition have a term.</summary>
    public int Count(int term)
    {
        using var having = Of(term).Copy();
        having.And(items);
        return having.Count;
    }

    /// <summary>For some items, where they have a term (<see cref="Posting"/>).</summary>
    public void Infos(int term, Ranks ranks, Span<byte> infos) => part.Infos(terms[term], ranks, infos);

    /// <summary>The items that have a single word as it was typed; null for a sequence. Dispose of the result.</summary>
    public Bits? FindExact(int term) => part.FindExact(terms[term]);

    /// <summary>For some items, the positions at which a term begins.</summary>
    public PositionLists Positions(int term, Ranks ranks) => part.Positions(terms[term], ranks);

    /// <summary>What snippets of the items mark.</summary>
    public IReadOnlyList<MarkPattern> Marks =>
        field ??= [
            .. query
                .Alternatives.SelectMany(one => one.Wanted)
                .Where(term => !IsStopWord(term))
                .SelectMany(term => part.Marks(terms[term], term)),
        ];

    /// <summary>Whether an item shows a name with a term.</summary>
    public bool IsInNames(int term, int item) => named[term]?.Contains(item) == true;

    public void Dispose()
    {
        part.Dispose();
        items.Dispose();
        Set.Dispose();
        foreach (var bits in found)
            bits?.Dispose();
    }

    private Bits Of(int term)
    {
        if (found[term] is { } known)
            return known;
        var bits = part.Find(terms[term]);
        if (named[term] is { } more)
            bits.Or(more);
        return found[term] = bits;
    }
}
