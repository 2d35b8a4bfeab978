using Api.Http.Parameters;

namespace Api.Reading.Search;

/// <summary>From where on a search or a breakdown is content with less than all (docs/decisions/0009). The figures were measured at a million articles.</summary>
/// <param name="Common">How many of one article in 32 have to match for a search to go through articles instead of looking the words up: one in seven of a million.</param>
/// <param name="Newest">How many of the newest are gone through.</param>
/// <param name="Exact">Up to how many matches are counted and put in order one by one.</param>
/// <param name="Walk">How many articles are gone through in the order of a list that has more than that, before all that match are looked up.</param>
/// <param name="Sampled">Of how many of one article in 32 a breakdown is content with: each count is then right to 4 % of the total in 95 of 100 cases.</param>
internal sealed record SearchReach(int Common = 4_500, int Newest = 20_000, int Exact = 20_000, int Walk = 2_000, int Sampled = 625)
{
    // A sequence of words is only told by a look at each text, 0.04 ms each.
    /// <summary><see cref="Common"/> of a search; less where words are to stand in a sequence.</summary>
    public int CommonFor(SearchText search) => search.HasSequences ? Common / 32 : Common;

    /// <summary><see cref="Newest"/> of a search; less where words are to stand in a sequence.</summary>
    public int NewestFor(SearchText search) => search.HasSequences ? Newest / 4 : Newest;

    /// <summary>The figures as measured.</summary>
    public static readonly SearchReach Usual = new();
}
