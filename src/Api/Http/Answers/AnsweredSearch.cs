using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>A search and what was found for it.</summary>
/// <param name="Asked">The search as asked for.</param>
internal sealed record AnsweredSearch(SearchText Asked)
{
    /// <summary>The search with its unknown words corrected; null when nothing was corrected.</summary>
    public SearchText? Corrected { get; init; }

    /// <summary>Whether the items have most of the words, because none has all.</summary>
    public bool HasMost { get; init; }

    /// <summary>The search that was answered.</summary>
    public SearchText Words => Corrected ?? Asked;

    /// <summary>The member <c>match</c> of the envelope.</summary>
    public string Match => HasMost ? "most" : "all";
}
