namespace Api.Http.Tags;

/// <summary>
/// The tags of an answer: the content it is made of. Without tags, any change drops the answer. Topics, types and outlets need no tags, as
/// a change of one drops every answer.
/// </summary>
internal sealed class AnswerTags
{
    /// <summary>In place of a key: any key.</summary>
    public const int Any = 0;

    private readonly HashSet<Tag> tags = [];
    private bool dependsOnAll;

    /// <summary>The tags; empty when any change drops the answer.</summary>
    public IReadOnlyCollection<Tag> Tags => dependsOnAll ? [] : tags;

    /// <summary>When the clock alone changes the answer (UTC); null for never.</summary>
    public DateTime? Until { get; private set; }

    /// <summary>Whether the answer depends on the clock, even if no change by the clock is known in advance.</summary>
    public bool IsTimed { get; private set; }

    /// <summary>The answer shows these items: articles, events or experts.</summary>
    public void Items(IEnumerable<int> ids) => Add(TagKind.Item, ids);

    /// <summary>The answer lists articles that have one of these keys; all articles when <see cref="Any"/> is among them.</summary>
    public void Articles(IEnumerable<int> keys) => Add(TagKind.Articles, keys);

    /// <summary>The answer lists events that have one of these keys; all events when <see cref="Any"/> is among them.</summary>
    public void Events(IEnumerable<int> keys) => Add(TagKind.Events, keys);

    /// <summary>The answer depends on content that tags cannot express: any change drops it.</summary>
    public void Everything() => dependsOnAll = true;

    /// <summary>
    /// The clock changes the answer at an instant (UTC); null when the answer depends on the clock but the instant is unknown.
    /// </summary>
    public void ChangesAt(DateTime? instant)
    {
        IsTimed = true;
        Until = instant < (Until ?? DateTime.MaxValue) ? instant : Until;
    }

    /// <summary>Whether the answer is right at this moment only, and is not to be kept.</summary>
    public bool IsPassing { get; private set; }

    /// <summary>The answer changes without a change of the content, as words of new texts are still being read.</summary>
    public void Pass() => IsPassing = true;

    private void Add(TagKind kind, IEnumerable<int> values)
    {
        foreach (var value in values)
            tags.Add(new Tag(kind, value));
    }
}
