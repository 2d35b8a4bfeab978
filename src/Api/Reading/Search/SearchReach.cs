using Api.Http.Parameters;

namespace Api.Reading.Search;

/// <summary>
/// The thresholds above which a search or a facet count examines only part of the content (docs/decisions/0009). Measured at a million
/// articles.
/// </summary>
/// <param name="Common">
/// How many matches in the sample (<see cref="TextSearch.SampleStep"/>) make a search walk articles instead of looking the words up: one in
/// seven of a million.
/// </param>
/// <param name="Newest">How many of the newest articles are walked.</param>
/// <param name="Exact">Up to how many matches are counted and sorted exactly.</param>
/// <param name="Walk">How many articles are walked in the order of a list with more matches, before all matches are looked up.</param>
/// <param name="Sampled">
/// How many matches in the sample are enough for facet counts: each count is then within 4 % of the total in 95 of 100
/// cases.
/// </param>
internal sealed record SearchReach(int Common = 4_500, int Newest = 20_000, int Exact = 20_000, int Walk = 2_000, int Sampled = 625)
{
    // A phrase requires reading each text, 0.04 ms each.
    /// <summary>The threshold <see cref="Common"/> for a search; lower for a phrase.</summary>
    public int CommonFor(SearchText search) => search.HasSequences ? Common / 32 : Common;

    /// <summary>The threshold <see cref="Newest"/> for a search; lower for a phrase.</summary>
    public int NewestFor(SearchText search) => search.HasSequences ? Newest / 4 : Newest;

    /// <summary>The measured thresholds.</summary>
    public static readonly SearchReach Usual = new();
}
