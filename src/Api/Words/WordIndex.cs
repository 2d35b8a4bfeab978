using System.Collections.Immutable;
using Api.Indexing;
using Api.Words.Languages;
using Api.Words.Postings;
using Api.Words.Texts;

namespace Api.Words;

/// <summary>The words of all visible items at one moment. Immutable: a new version shares what is unchanged.</summary>
internal sealed record WordIndex
{
    private static readonly ImmutableDictionary<string, KeySet> NoResources = ImmutableDictionary.Create<string, KeySet>(
        StringComparer.Ordinal
    );

    private WordIndex(KnownLanguages languages, Vocabularies vocabularies)
    {
        (Languages, Vocabularies) = (languages, vocabularies);
        Named = Partition.Of(languages.Get("en"), vocabularies.Named);
    }

    /// <summary>The languages.</summary>
    public KnownLanguages Languages { get; }

    /// <summary>The vocabularies.</summary>
    public Vocabularies Vocabularies { get; }

    /// <summary>The articles, a partition for each language.</summary>
    public ImmutableDictionary<Language, Partition> Articles { get; private init; } = ImmutableDictionary<Language, Partition>.Empty;

    /// <summary>The experts, topics and events, which have no language.</summary>
    public Partition Named { get; private init; }

    /// <summary>The whole names of experts and topics.</summary>
    public NameTable Names { get; private init; } = NameTable.Empty;

    /// <summary>The public ids of the experts, topics and events.</summary>
    public ImmutableDictionary<int, Guid> Ids { get; private init; } = ImmutableDictionary<int, Guid>.Empty;

    /// <summary>The numbers of the items whose words have not been read yet.</summary>
    public KeySet Unread { get; private init; } = KeySet.Empty;

    /// <summary>The numbers of the unread items that have not changed since the reading of their words began.</summary>
    public KeySet BeingRead { get; private init; } = KeySet.Empty;

    /// <summary>One more than the highest item number.</summary>
    public int Size { get; private init; } = 1;

    /// <summary>Whether the words of all items have been read.</summary>
    public bool IsComplete => Unread.Count == 0;

    private ImmutableDictionary<string, KeySet> Resources { get; init; } = NoResources;

    /// <summary>An index without items, of another history than all before.</summary>
    public static WordIndex Empty(KnownLanguages languages) => new(languages, new Vocabularies());

    /// <summary>The language most articles are in; English when none is.</summary>
    public Language Usual =>
        Articles
            .Values.Where(part => part.Items.Count > 0)
            .OrderByDescending(part => part.Items.Count)
            .ThenByDescending(part => part.Language.Name == "en")
            .ThenBy(part => part.Language.Name, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Language
        ?? Languages.Get("en");

    /// <summary>The numbers of the experts, topics or events.</summary>
    public KeySet Of(string resource) => Resources.GetValueOrDefault(resource, KeySet.Empty);

    /// <summary>The index after a change.</summary>
    /// <param name="changed">The numbers of the changed items.</param>
    /// <param name="present">The texts of those that are visible.</param>
    public WordIndex With(IEnumerable<int> changed, IReadOnlyList<ItemText> present)
    {
        int[] numbers = [.. changed.Concat(present.Select(item => item.ItemId)).Distinct().Order()];
        if (numbers.Length == 0)
            return this;
        var byLanguage = present
            .Where(item => item.IsArticle)
            .GroupBy(item => Languages.Get(item.Language))
            .ToDictionary(group => group.Key, group => group.OrderBy(item => item.ItemId).ToList());
        var articles = Articles.ToBuilder();
        foreach (var language in Articles.Keys.Union(byLanguage.Keys))
            articles[language] = Of(language).With(numbers, byLanguage.GetValueOrDefault(language) ?? []);
        var named = present.Where(item => !item.IsArticle).OrderBy(item => item.ItemId).ToList();
        var resources = Resources;
        foreach (var resource in Resources.Keys.Union(named.Select(item => item.Resource), StringComparer.Ordinal))
        {
            int[] own = [.. named.Where(item => item.Resource == resource).Select(item => item.ItemId)];
            resources = resources.SetItem(resource, Of(resource).With(own, numbers));
        }
        return this with
        {
            Articles = articles.ToImmutable(),
            Named = Named.With(numbers, named),
            Names = Names.With(numbers, named),
            Ids = Ids.RemoveRange(numbers).SetItems(named.Select(item => KeyValuePair.Create(item.ItemId, item.Id))),
            Resources = resources,
            Unread = Unread.With([], numbers),
            BeingRead = BeingRead.With([], numbers),
            Size = Math.Max(Size, numbers[^1] + 1),
        };
    }

    /// <summary>The index after a change of items whose words are read later: until then they are not found.</summary>
    public WordIndex WithUnread(IEnumerable<int> changed)
    {
        int[] numbers = [.. changed.Distinct().Order()];
        return numbers.Length == 0
            ? this
            : With(numbers, []) with
            {
                Unread = Unread.With(numbers, []),
                Size = Math.Max(Size, numbers[^1] + 1),
            };
    }

    /// <summary>The index while the words of some unread items are read; <see cref="WithRead"/> ends it.</summary>
    /// <param name="numbers">Their numbers, ascending.</param>
    public WordIndex StartReading(int[] numbers) => this with { BeingRead = KeySet.And(Unread, KeySet.Of(numbers)) };

    /// <summary>
    /// The index with the words that were read since <see cref="StartReading"/>, but for the items that have changed meanwhile.
    /// </summary>
    /// <param name="articles">The words of articles by language. An item that was read and has no text is not visible any more.</param>
    /// <param name="named">The texts of the others.</param>
    public WordIndex WithRead(IEnumerable<(Language Language, Segment Segment)> articles, IReadOnlyList<ItemText> named)
    {
        var parts = Articles.ToBuilder();
        foreach (var group in articles.GroupBy(one => one.Language))
        {
            var segments = group.Select(one => new LiveSegment(
                one.Segment,
                KeySet.Of([.. one.Segment.Items.Where(item => !BeingRead.Contains(item))])
            ));
            parts[group.Key] = Of(group.Key).With([.. segments]);
        }
        var next = this with { Articles = parts.ToImmutable() };
        return next.With([], [.. named.Where(item => BeingRead.Contains(item.ItemId))]) with
        {
            Unread = KeySet.AndNot(Unread, BeingRead),
            BeingRead = KeySet.Empty,
        };
    }

    private Partition Of(Language language) => Articles.GetValueOrDefault(language) ?? Partition.Of(language, Vocabularies.Of(language));
}
