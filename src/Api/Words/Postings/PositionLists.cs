namespace Api.Words.Postings;

/// <summary>The positions of a word in some items.</summary>
/// <param name="ends">For each item, where its positions end.</param>
/// <param name="positions">The positions, those of an item ascending.</param>
/// <param name="infos">For each item the byte of its postings (<see cref="Posting"/>); 0 where it does not have the word.</param>
internal sealed class PositionLists(int[] ends, int[] positions, byte[] infos)
{
    /// <summary>The positions in an item by its rank, ascending.</summary>
    public ReadOnlySpan<int> Of(int rank) => positions.AsSpan((rank == 0 ? 0 : ends[rank - 1])..ends[rank]);

    /// <summary>Where in an item by its rank the word is.</summary>
    public int Info(int rank) => infos[rank];

    /// <summary>The byte of a posting after another of the same item and an equivalent word.</summary>
    public static int Together(int one, int other) =>
        ((one | other) & (Posting.InTitle | Posting.InLead))
        | Math.Min((one & Posting.MostInBody) + (other & Posting.MostInBody), Posting.MostInBody);

    /// <summary>Gathers the positions that were found in any order, but those of each word in the order of the items.</summary>
    /// <param name="items">The number of items.</param>
    /// <param name="found">The rank of the item and the position.</param>
    /// <param name="infos">The bytes of the items.</param>
    public static PositionLists Of(int items, List<(int Rank, int Position)> found, byte[] infos)
    {
        var ends = new int[items];
        foreach (var (rank, _) in found)
            ends[rank]++;
        // First where they begin; filling moves that to where they end.
        for (int n = 0, count = 0; n < items; n++)
            (ends[n], count) = (count, count + ends[n]);
        var positions = new int[found.Count];
        foreach (var (rank, position) in found)
            positions[ends[rank]++] = position;
        for (var n = 0; n < items; n++)
        {
            var own = positions.AsSpan((n == 0 ? 0 : ends[n - 1])..ends[n]);
            for (var p = 1; p < own.Length; p++)
            {
                if (own[p - 1] > own[p])
                {
                    own.Sort();
                    break;
                }
            }
        }
        return new PositionLists(ends, positions, infos);
    }
}
