namespace Api.Http.Caching;

/// <summary>A visible change: what may make an answer old.</summary>
/// <param name="Resource">What kind of item changed; null when it is no resource, such as the name of an outlet.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Keys">The keys it was or is found under.</param>
internal sealed record Change(string? Resource, int ItemId, IReadOnlyList<int> Keys)
{
    /// <summary>Whether it may show anywhere: articles, events and experts are shown where their tags say, everything else in many places and seldom changed.</summary>
    public bool ConcernsAll => Resource is not ("article" or "event" or "expert");

    /// <summary>The tags of the answers it makes old.</summary>
    public IEnumerable<Tag> Tags => Keys.Append(AnswerTags.Any).Select(key => new Tag(Resource == "event" ? TagKind.Events : TagKind.Articles, key)).Prepend(new Tag(TagKind.Item, ItemId));
}
