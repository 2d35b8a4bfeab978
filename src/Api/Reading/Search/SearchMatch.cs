using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;
using Api.Words;

namespace Api.Reading.Search;

/// <summary>
/// The items that match a search: those with all its words; where there are none, those with words that begin with its unknown words; then
/// those with all words of the corrected search; and then those with most of the words. Dispose of it once.
/// </summary>
internal sealed class SearchMatch : IDisposable
{
    private readonly ListState state;
    private readonly WordMatches? matches;

    private SearchMatch(ListState state, WordMatches? matches, KeySet set, AnsweredSearch answered) =>
        (this.state, this.matches, Set, Answered) = (state, matches, set, answered);

    /// <summary>The items, also those that are not among the ones to search.</summary>
    public KeySet Set { get; }

    /// <summary>What was searched in the end.</summary>
    public AnsweredSearch Answered { get; }

    /// <summary>Finds the items.</summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="search">The search.</param>
    /// <param name="among">The items to search; more may be in it than there are.</param>
    public static SearchMatch Of(ListState state, SearchText search, KeySet among)
    {
        if (search.Terms == 0)
            return new(state, null, KeySet.Empty, new(search));
        if (All(state, search, WordQuery.Of(search), among) is { } all)
            return all;
        var corrections = new Corrections(state.Words);
        if (WordQuery.Of(search).Completed(corrections.Occurs) is { } completed && All(state, search, completed, among) is { } longer)
            return longer;
        var instead = corrections.Of(search.Words);
        // With an alternative of known words only, nothing needs correcting.
        var explainsAll = search.Alternatives.All(terms => terms.Any(term => !term.IsExcluded && term.Words.Any(instead.ContainsKey)));
        var corrected = instead.Count > 0 && explainsAll ? search.With(instead) : null;
        if (corrected is not null && All(state, corrected, WordQuery.Of(corrected), among) is { } found)
            return new(state, found.matches, found.Set, new(search) { Corrected = corrected });
        var most = Matches(state, WordQuery.Of(corrected ?? search).InPieces());
        most.FindMost(among);
        var set = most.ToSet();
        return KeySet.CountAnd(set, among) > 0
            ? new(state, most, set, new(search) { Corrected = corrected, HasMost = true })
            : new(state, most, KeySet.Empty, new(search));
    }

    /// <summary>The best of the items, the best first, at most <see cref="WordMatches.MostRanked"/>.</summary>
    /// <param name="among">Only these items.</param>
    public IReadOnlyList<(int Item, long Score)> Best(KeySet among) => matches?.Best(KeySet.And(Set, among), DateOf) ?? [];

    /// <summary>What the snippet of an item marks.</summary>
    public IReadOnlyList<MarkPattern> Marks(int item) => matches?.Marks(item) ?? [];

    public void Dispose() => matches?.Dispose();

    private static SearchMatch? All(ListState state, SearchText search, WordQuery query, KeySet among)
    {
        var matches = Matches(state, query);
        matches.FindAll();
        var set = matches.ToSet();
        if (KeySet.CountAnd(set, among) > 0)
            return new(state, matches, set, new(search));
        matches.Dispose();
        return null;
    }

    private static WordMatches Matches(ListState state, WordQuery query) =>
        new(state.Words, query, (resource, item) => Showing(state, resource, item));

    private static KeySet Showing(ListState state, string resource, int item) =>
        state.Keys.Of(resource, item) is { } key
            ? KeySet.Or(state.Articles.Items.Of(key.Key), state.Events.Items.Of(key.Key))
            : KeySet.Empty;

    private long DateOf(int item) =>
        state.Articles.Items.All.Contains(item) ? state.Articles.Items.Places.First(item) : state.Events.Items.Places.First(item);
}
