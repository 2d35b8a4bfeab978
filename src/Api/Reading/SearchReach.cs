using Api.Http;

namespace Api.Reading;

/// <summary>From where on a search or a breakdown is content with less than all (docs/decisions/0009). The figures were measured at a million articles.</summary>
/// <param name="Common">How many of one article in 32 have to match for a search to go through the newest articles instead of looking all up: one in seven of a million.</param>
/// <param name="Newest">How many of the newest are gone through.</param>
/// <param name="Counted">Up to how many articles are broken down one by one.</param>
/// <param name="Sampled">About how many of a larger set are.</param>
internal sealed record SearchReach(int Common = 4_500, int Newest = 20_000, int Counted = 10_000, int Sampled = 10_000)
{
    // A sequence of words is only told by a look at each text, 0.04 ms each.
    /// <summary><see cref="Common"/> of a search; less where words are to stand in a sequence.</summary>
    public int CommonFor(SearchText search) => search.HasSequences ? Common / 32 : Common;

    /// <summary><see cref="Newest"/> of a search; less where words are to stand in a sequence.</summary>
    public int NewestFor(SearchText search) => search.HasSequences ? Newest / 4 : Newest;

    /// <summary>The figures as measured.</summary>
    public static readonly SearchReach Usual = new();
}
