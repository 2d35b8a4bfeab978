using Api.Http.Tags;

namespace Api.Http.Caching;

/// <summary>A visible change, which can affect cached answers.</summary>
/// <param name="Resource">The resource of the changed item; <c>redirect</c> for a change of the redirects; <c>words</c> in rows of versions
/// that kept the words of texts in the database; null for a change of no resource, such as the name of an outlet.
/// </param>
/// <param name="ItemId">The item.</param>
/// <param name="Keys">The keys of the read model that it had before or has now.</param>
internal sealed record Change(string? Resource, int ItemId, IReadOnlyList<int> Keys)
{
    // Answers that depend on these have no tags, so any change drops them. No other answer shows these.
    private static readonly string[] WithoutTags = ["words", "redirect"];

    /// <summary>
    /// Whether the change affects all answers. Articles, events and experts affect the answers with their tags. Other resources are shown
    /// in many places and seldom change.
    /// </summary>
    public bool ConcernsAll => Resource is not ("article" or "event" or "expert") && !WithoutTags.Contains(Resource);

    /// <summary>The tags of the answers it affects. Answers without tags, such as searches, are affected as well.</summary>
    public IEnumerable<Tag> Tags =>
        WithoutTags.Contains(Resource)
            ? []
            : Keys.Append(AnswerTags.Any)
                .Select(key => new Tag(Resource == "event" ? TagKind.Events : TagKind.Articles, key))
                .Prepend(new Tag(TagKind.Item, ItemId));
}
