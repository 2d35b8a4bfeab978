namespace Api.Http.Caching;

/// <summary>
/// What the answer of a request is made of. A handler that says nothing is on the safe side: any change makes its answer old. Topics, types and
/// outlets need not be said, as a change of one makes every answer old.
/// </summary>
internal sealed class AnswerTags
{
    /// <summary>In place of a key: whatever the key.</summary>
    public const int Any = 0;

    private readonly HashSet<Tag> tags = [];
    private bool ofEverything;

    /// <summary>What was said; empty when any change makes the answer old.</summary>
    public IReadOnlyCollection<Tag> Tags => ofEverything ? [] : tags;

    /// <summary>When the answer becomes another by itself (UTC); null for never.</summary>
    public DateTime? Until { get; private set; }

    /// <summary>Whether the clock has a part in the answer, even when no other one is foreseen.</summary>
    public bool IsTimed { get; private set; }

    /// <summary>The tags of a request's answer.</summary>
    public static AnswerTags Of(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(AnswerTags), out var known)) return (AnswerTags)known!;
        var made = new AnswerTags();
        http.Items[typeof(AnswerTags)] = made;
        return made;
    }

    /// <summary>It shows these items: articles, events or experts.</summary>
    public void Items(IEnumerable<int> ids) => Add(TagKind.Item, ids);

    /// <summary>It lists articles that have one of these keys, or any when <see cref="Any"/> is among them.</summary>
    public void Articles(IEnumerable<int> keys) => Add(TagKind.Articles, keys);

    /// <summary>It lists events that have one of these keys, or any when <see cref="Any"/> is among them.</summary>
    public void Events(IEnumerable<int> keys) => Add(TagKind.Events, keys);

    /// <summary>It depends on more than can be said.</summary>
    public void Everything() => ofEverything = true;

    /// <summary>The clock alone makes it another at an instant (UTC); null when that is not foreseen.</summary>
    public void ChangesAt(DateTime? instant)
    {
        IsTimed = true;
        Until = instant < (Until ?? DateTime.MaxValue) ? instant : Until;
    }

    private void Add(TagKind kind, IEnumerable<int> values)
    {
        foreach (var value in values) tags.Add(new Tag(kind, value));
    }
}
