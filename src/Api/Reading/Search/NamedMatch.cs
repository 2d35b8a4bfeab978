using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Tags;
using Api.Indexing;
using Api.Listing;

namespace Api.Reading.Search;

/// <summary>The experts or topics that match a search.</summary>
/// <param name="Search">The search that was answered.</param>
/// <param name="Items">Their numbers.</param>
internal sealed record NamedMatch(AnsweredSearch Search, int[] Items)
{
    /// <summary>Finds them; null without a search.</summary>
    /// <param name="lists">The lists in memory.</param>
    /// <param name="search">The search; null for none.</param>
    /// <param name="resource">expert or topic.</param>
    /// <param name="tags">The tags of the answer.</param>
    /// <param name="cancel">Cancels the wait for the lists.</param>
    public static async Task<NamedMatch?> Of(
        ILists lists,
        SearchText? search,
        string resource,
        AnswerTags tags,
        CancellationToken cancel
    ) =>
        search is null
            ? null
            : await lists.Answer<NamedMatch>(
                state =>
                {
                    if (!state.Words.IsComplete)
                        tags.Pass();
                    var all = state.Words.Of(resource);
                    using var match = SearchMatch.Of(state, search, all);
                    return Task.FromResult<NamedMatch?>(new(match.Answered, KeySet.And(match.Set, all).ToArray()));
                },
                cancel
            );
}
