using Api.Words.Postings;

namespace Api.Words;

/// <summary>Ranks the items of a partition that match a search.</summary>
/// <param name="index">The index.</param>
/// <param name="query">The search.</param>
/// <param name="part">The items.</param>
/// <param name="weights">The weight of each term.</param>
/// <param name="at">When an article was published or an event starts, microseconds since 1970 (UTC).</param>
internal sealed class Ranking(WordIndex index, WordQuery query, PartMatches part, double[] weights, Func<int, long> at)
{
    private const double TitleFactor = 2;
    private const double NearFactor = 0.5;
    private const double PhraseFactor = 1.5;
    private const double TitlePhraseFactor = 2.5;
    private const double NameFactor = 3;

    // Of a word in another form than the one typed.
    private const double OtherForm = 0.85;

    // A whole name ranks above everything else.
    private const long OfName = 1_000_000_000;

    // Experts and topics have no date.
    private const long Undated = 1_262_304_000_000_000;

    // An event without a fixed date is entered with one far in the future.
    private const long Latest = 2_208_988_800_000_000;

    /// <summary>The best items with their scores, in any order.</summary>
    public IReadOnlyList<(int Item, long Score)> Best(int most)
    {
        using var ranks = new Ranks(part.Set);
        using var pooled = new Pooled<double>(ranks.Items.Length);
        var scores = pooled.Span;
        Score(ranks, scores);
        var chosen = Highest(scores, most);
        var factors = new double[chosen.Length];
        Array.Fill(factors, 1);
        if (query.Only is { } wanted && query.Alternatives[0].Excluded.Length == 0)
            Refine([.. wanted.Where(term => !part.IsStopWord(term))], wanted, ranks, chosen, factors);
        var exact = index.Names.Find(query.Name);
        var best = new (int, long)[chosen.Length];
        for (var n = 0; n < chosen.Length; n++)
        {
            var item = ranks.Items[chosen[n]];
            var score = (long)Math.Round(1e6 * scores[chosen[n]] * factors[n]);
            best[n] = (item, exact.Contains(item) ? score + OfName : score);
        }
        return best;
    }

    private void Score(Ranks ranks, Span<double> scores)
    {
        var items = ranks.Items;
        using var titles = new Pooled<byte>(items.Length);
        using var bytes = new Pooled<byte>(items.Length);
        var inTitle = titles.Span;
        var infos = bytes.Span;
        int[] terms = [.. query.Alternatives.SelectMany(one => one.Wanted).Where(term => !part.IsStopWord(term))];
        var lengths = part.Partition.Lengths;
        foreach (var term in terms)
        {
            infos.Clear();
            part.Infos(term, ranks, infos);
            var weight = weights[term];
            using var exact = part.FindExact(term);
            for (var rank = 0; rank < items.Length; rank++)
            {
                var isNamed = part.IsInNames(term, items[rank]);
                if (infos[rank] == 0 && !isNamed)
                    continue;
                var score = weight * Scoring.OfTerm(infos[rank], isNamed, lengths[items[rank]]);
                scores[rank] += infos[rank] != 0 && exact?.Contains(items[rank]) == false ? score * OtherForm : score;
                if ((infos[rank] & Posting.InTitle) != 0)
                    inTitle[rank]++;
            }
        }
        var divisor = query.Alternatives.Max(one => one.Wanted.Where(term => !part.IsStopWord(term)).Sum(term => weights[term]));
        var isNames = part.Partition == index.Named;
        var events = index.Of("event");
        for (var rank = 0; rank < items.Length; rank++)
        {
            var item = items[rank];
            var isEvent = isNames && events.Contains(item);
            var score = scores[rank] / Math.Max(1, divisor) * Scoring.OfAge(isNames && !isEvent ? Undated : Math.Min(at(item), Latest));
            if (terms.Length > 0 && inTitle[rank] >= (query.Only is null ? 1 : terms.Length))
                score *= isNames && !isEvent ? TitleFactor * NameFactor : TitleFactor;
            scores[rank] = score;
        }
    }

    // The places of the highest scores, ascending.
    private static int[] Highest(ReadOnlySpan<double> scores, int most)
    {
        if (scores.Length <= most)
            return [.. Enumerable.Range(0, scores.Length)];
        // The least of the best so far comes out first; of equal scores the later item.
        var queue = new PriorityQueue<int, (double, int)>(most + 1);
        for (var rank = 0; rank < scores.Length; rank++)
        {
            if (queue.Count < most)
                queue.Enqueue(rank, (scores[rank], -rank));
            else if (queue.TryPeek(out _, out var least) && scores[rank] > least.Item1)
                queue.EnqueueDequeue(rank, (scores[rank], -rank));
        }
        var chosen = queue.UnorderedItems.Select(one => one.Element).ToArray();
        Array.Sort(chosen);
        return chosen;
    }

    // Words near each other, in the order of the search, and most of all in the title.
    private void Refine(int[] terms, int[] wanted, Ranks ranks, int[] chosen, double[] factors)
    {
        if (terms.Length < 2)
            return;
        using var bits = new Bits(index.Size);
        foreach (var rank in chosen)
            bits.Add(ranks.Items[rank]);
        using var few = new Ranks(bits);
        var positions = terms.Select(term => part.Positions(term, few)).ToArray();
        // Where each term would stand in the phrase of all words, those too common to be searched among them.
        var offsets = new int[terms.Length];
        for (int n = 0, offset = 0, place = 0; n < wanted.Length; n++)
        {
            if (place < terms.Length && terms[place] == wanted[n])
                offsets[place++] = offset;
            offset += query.Terms[wanted[n]].Length;
        }
        for (var n = 0; n < chosen.Length; n++)
        {
            var near = 0.0;
            for (var term = 1; term < terms.Length; term++)
                near += Scoring.OfDistance(Distance(positions[term - 1].Of(n), positions[term].Of(n)));
            factors[n] *= 1 + (NearFactor * near / (terms.Length - 1));
            if (Phrase(positions, offsets, n) is { } isInTitle)
                factors[n] *= isInTitle ? TitlePhraseFactor : PhraseFactor;
        }
    }

    // The least distance between two positions of different words.
    private static int Distance(ReadOnlySpan<int> one, ReadOnlySpan<int> other)
    {
        var least = int.MaxValue;
        for (int a = 0, b = 0; a < one.Length && b < other.Length && least > 1; )
        {
            var distance = other[b] - one[a];
            least = Math.Min(least, distance == 0 ? 1 : Math.Abs(distance));
            if (distance > 0)
                a++;
            else
                b++;
        }
        return least;
    }

    // Whether the terms are a phrase of the title; null when they are none anywhere.
    private static bool? Phrase(PositionLists[] positions, int[] offsets, int item)
    {
        foreach (var first in positions[0].Of(item))
        {
            var isWhole = true;
            for (var term = 1; term < positions.Length && isWhole; term++)
                isWhole = positions[term].Of(item).BinarySearch(first + offsets[term] - offsets[0]) >= 0;
            if (isWhole)
                return first < Segment.TitlePositions;
        }
        return null;
    }
}
