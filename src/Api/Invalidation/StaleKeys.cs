using Api.Http.Tags;

namespace Api.Invalidation;

/// <summary>
/// Computes the cache keys that changes name (docs/caching.md): every answer that differs now has at least one of them, and nearly all
/// answers with one of them differ. Pure.
/// </summary>
internal sealed class StaleKeys
{
    /// <summary>Maximum number of keys; beyond it <see cref="CacheKey.All"/> replaces them.</summary>
    public const int Most = 200;

    /// <summary>Maximum length of the keys as a JSON array in bytes; beyond it <see cref="CacheKey.All"/> replaces them.</summary>
    public const int MostBytes = 12_000;

    // An article on four topics (with those above), with two experts in their roles, has about fourteen values, which make 91 pairs.
    private const int MostPairs = 100;

    // Two quotation marks and a comma or bracket.
    private const int BytesAround = 3;

    private readonly IReadOnlyDictionary<int, Subject> subjects;
    private readonly IReadOnlyDictionary<int, ItemName> items;
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly HashSet<(string Listed, int One, int Other)> pairs = [];

    private StaleKeys(IReadOnlyDictionary<int, Subject> subjects, IReadOnlyDictionary<int, ItemName> items) =>
        (this.subjects, this.items) = (subjects, items);

    /// <summary>The keys that changes name; empty without changes.</summary>
    /// <param name="changes">The changes, in order.</param>
    /// <param name="dependents">The items that show a changed item.</param>
    /// <param name="subjects">The meaning of the keys of the read model, by key. Missing keys are ignored.</param>
    /// <param name="items">The names of the items in the changes, dependents and subjects, by item number.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<ItemChange> changes,
        IReadOnlyCollection<Dependent> dependents,
        IReadOnlyDictionary<int, Subject> subjects,
        IReadOnlyDictionary<int, ItemName> items
    )
    {
        if (changes.Count == 0)
            return [];
        if (changes.Any(IsUnforeseen) || MovesTooOften(changes))
            return [CacheKey.All];
        var stale = new StaleKeys(subjects, items);
        stale.keys.Add(CacheKey.Content);
        foreach (var change in changes)
            stale.Add(change);
        if (changes.Any(change => change.Resource is null))
            stale.AddOutlets(changes);
        foreach (var dependent in dependents)
        {
            stale.Item(dependent.ItemId, dependent.CardChanged);
            if (items.GetValueOrDefault(dependent.ItemId)?.Resource is "article" or "event")
                stale.Lists(CacheKey.CollectionOf(items[dependent.ItemId].Resource)!, dependent.Keys, _ => false);
        }
        stale.Pairs();
        return Bounded([.. stale.keys]);
    }

    /// <summary>The keys; <see cref="CacheKey.All"/> alone when they are too many or too long for an event.</summary>
    public static IReadOnlyList<string> Bounded(IReadOnlyList<string> keys) =>
        keys.Count <= Most && 1 + keys.Sum(key => key.Length + BytesAround) <= MostBytes ? keys : [CacheKey.All];

    // When an item takes over a slug, a list filtered by that slug is about another item, although none of its own items has changed.
    private static bool IsUnforeseen(ItemChange change) => (change.Aspects is null && change.Resource != "words") || change.TookSlug;

    // An item is named under so many previous slugs only.
    private static bool MovesTooOften(IReadOnlyList<ItemChange> changes) =>
        changes.Where(change => change.Moved).GroupBy(change => change.ItemId).Any(moves => moves.Count() > ItemName.MostPrevious);

    private void Add(ItemChange change)
    {
        switch (change.Resource)
        {
            case "words" or null:
                break;
            case "redirect":
                Place("redirects", isListedAnew: true);
                break;
            case "article" or "event":
                Item(change.ItemId, change.CardChanged);
                Listed(change);
                foreach (var year in change.Years)
                    keys.Add(CacheKey.List(CacheKey.Year(year)));
                Counts(change);
                break;
            default:
                Item(change.ItemId, change.CardChanged);
                if (change.Flipped || change.Replaced || change.Renamed || change.Reparented)
                    Place(CacheKey.CollectionOf(change.Resource)!, isListedAnew: true);
                // Feeds show its name, for a type the plural label; the lists of a withdrawn item no longer exist.
                if (change.Flipped || change.Renamed || (change.Replaced && change.Resource == "articleType"))
                    Under(change.ItemId, ["articles", "events"], isListedAnew: true);
                if (change.Flipped || change.Renamed || change.Reparented)
                    foreach (var parent in change.Parents)
                        Item(parent, cardChanged: false);
                break;
        }
    }

    // The keys of its own addresses, and of answers that show it.
    private void Item(int item, bool cardChanged)
    {
        if (items.GetValueOrDefault(item) is not { } named || CacheKey.CollectionOf(named.Resource) is not { } collection)
            return;
        keys.Add(collection);
        keys.Add(CacheKey.Item(named.Id));
        if (cardChanged && named.Resource is "article" or "event" or "expert" or "topic")
            keys.Add(CacheKey.Card(named.Id));
        foreach (var slug in named.Slugs)
            keys.Add(CacheKey.Address(collection, slug));
    }

    // The lists that an article or event is or was in, by one value or by two.
    private void Lists(string listed, int[] under, Func<int, bool> isListedAnew)
    {
        foreach (var key in under)
        {
            if (subjects.GetValueOrDefault(key) is not { HasLists: true } subject)
                continue;
            if (subject.IsItem)
                Under(subject.ItemId, [listed], isListedAnew(key));
            else
                Place(CacheKey.Place(subject.Kind, subject.Value, listed), isListedAnew(key));
        }
    }

    private void Listed(ItemChange change)
    {
        var listed = CacheKey.CollectionOf(change.Resource!)!;
        HashSet<int> changed = [.. change.Lost, .. change.Gained];
        var isAnywhere = change.IsListedAnew || changed.Any(key => !subjects.ContainsKey(key));
        // The experts listed for a topic are those of its articles.
        var withTopics = changed.Any(key => subjects.GetValueOrDefault(key)?.Kind is "expert" or "expertRole");
        Place(listed, isAnywhere);
        Lists(listed, change.Keys, key => isAnywhere || changed.Contains(key) || (withTopics && subjects[key].Kind == "topic"));
        int[] filters = [.. change.Keys.Where(key => subjects.GetValueOrDefault(key)?.IsFilter == true)];
        for (var n = 0; n < filters.Length; n++)
        for (var m = n + 1; m < filters.Length; m++)
            if (isAnywhere || changed.Contains(filters[n]) || changed.Contains(filters[m]))
                pairs.Add((listed, filters[n], filters[m]));
    }

    private void Pairs()
    {
        foreach (var under in pairs.GroupBy(pair => pair.Listed))
        {
            if (under.Count() > MostPairs)
                keys.Add(CacheKey.AnyPair(under.Key));
            else
                keys.UnionWith(under.Select(pair => CacheKey.Pair(pair.Listed, pair.One, pair.Other)));
        }
    }

    private void Under(int item, string[] listed, bool isListedAnew)
    {
        if (items.GetValueOrDefault(item) is not { } named)
            return;
        foreach (
            var place in listed.Where(place =>
                named.Resource is "topic" or "expert" || (named.Resource == "articleType" && place == "articles")
            )
        )
        foreach (var slug in named.Slugs)
            Place($"{CacheKey.Address(CacheKey.CollectionOf(named.Resource)!, slug)}/{place}", isListedAnew);
    }

    private void Place(string place, bool isListedAnew)
    {
        keys.Add(place);
        if (isListedAnew)
            keys.Add(CacheKey.List(place));
    }

    // Topics, types and experts show their number of articles, topics also their number of events; topics and experts show their newest
    // article, and experts the topics they write on most. Of all this, cards have only a topic's number of articles.
    private void Counts(ItemChange change)
    {
        var isArticle = change.Resource == "article";
        foreach (
            var subject in Subjects([.. change.Lost, .. change.Gained])
                .Where(subject => subject.Kind == "topic" || (isArticle && subject.IsItem))
        )
            Item(subject.ItemId, cardChanged: isArticle && subject.Kind == "topic");
        if (!isArticle)
            return;
        if (change.Replaced)
            foreach (var subject in Subjects(change.Keys).Where(subject => subject.Kind is "topic" or "expert"))
                Item(subject.ItemId, cardChanged: false);
        if (change.Retopiced)
            foreach (var subject in Subjects(change.Keys).Where(subject => subject.Kind == "expert"))
                Item(subject.ItemId, cardChanged: false);
    }

    // The articles from an outlet have changes of their own. The feed of an outlet has its name as well, and their cards.
    private void AddOutlets(IReadOnlyList<ItemChange> changes)
    {
        foreach (var change in changes.Where(change => change.Resource == "article"))
        foreach (var outlet in Subjects(change.Keys).Where(subject => subject.Kind == "source"))
        {
            Place(CacheKey.Place("source", outlet.Value, "articles"), isListedAnew: true);
            Item(change.ItemId, cardChanged: true);
        }
    }

    private IEnumerable<Subject> Subjects(int[] under) => under.Select(subjects.GetValueOrDefault).OfType<Subject>();
}
