namespace Api.Articles;

/// <summary>How far each rung of a list of articles reaches (docs/decisions/0005), in rows. The figures were measured at a million articles.</summary>
/// <param name="Walk">How many rows of an ordered index are tested before something else is tried; a page is to be found among them.</param>
/// <param name="Few">Up to how many matches of a key are fetched and sorted at once, where no index has them in order: a walk would hardly meet a page of them.</param>
/// <param name="ByYears">From how many matches of a key on a list in the order of one time, bounded by the other, goes year by year instead of fetching them.</param>
/// <param name="Sampled">From how many matches of a key on its total is guessed from a sample first; far above what is counted exactly.</param>
internal sealed record Ladder(int Walk = 2_000, int Few = 9_000, int ByYears = 15_000, int Sampled = 20_000);
