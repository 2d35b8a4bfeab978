namespace Api.Reading;

/// <summary>From where on a search or a breakdown is content with less than all (docs/decisions/0009). The figures were measured at a million articles.</summary>
/// <param name="Common">How many of one article in 32 have to match for a search to go through the newest articles instead of looking all up: one in seven of a million.</param>
/// <param name="Counted">Up to how many articles are broken down one by one.</param>
/// <param name="Sampled">About how many of a larger set are.</param>
internal sealed record SearchReach(int Common = 4_500, int Counted = 20_000, int Sampled = 10_000)
{
    /// <summary>The figures as measured.</summary>
    public static readonly SearchReach Usual = new();
}
