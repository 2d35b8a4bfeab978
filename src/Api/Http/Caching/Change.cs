namespace Api.Http.Caching;

/// <summary>A visible change: what may make an answer old.</summary>
/// <param name="Resource">What kind of item changed; <c>words</c> when it is what searches find; <c>redirect</c> when it is the addresses of old; null when it is no resource, such as the name of an outlet.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Keys">The keys it was or is found under.</param>
internal sealed record Change(string? Resource, int ItemId, IReadOnlyList<int> Keys)
{
    // Lists of them, and what leads through them, depend on everything; nothing else shows them.
    private static readonly string[] OfLittleConcern = ["words", "redirect"];

    /// <summary>Whether it may show anywhere: articles, events and experts are shown where their tags say, everything else in many places and seldom changed.</summary>
    public bool ConcernsAll => Resource is not ("article" or "event" or "expert") && !OfLittleConcern.Contains(Resource);

    /// <summary>The tags of the answers it makes old, beside those of what depends on everything, as searches do.</summary>
    public IEnumerable<Tag> Tags => OfLittleConcern.Contains(Resource) ? [] : Keys.Append(AnswerTags.Any).Select(key => new Tag(Resource == "event" ? TagKind.Events : TagKind.Articles, key)).Prepend(new Tag(TagKind.Item, ItemId));
}
