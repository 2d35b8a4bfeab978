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

    private readonly IReadOnlyDictionary<int, Subject> subjects;
    private readonly IReadOnlyDictionary<int, ItemName> items;
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    private StaleKeys(IReadOnlyDictionary<int, Subject> subjects, IReadOnlyDictionary<int, ItemName> items) =>
        (this.subjects, this.items) = (subjects, items);

    /// <summary>The keys that changes name; empty without changes.</summary>
    /// <param name="changes">The changes, in order.</param>
    /// <param name="dependents">The items that show a changed item, with their keys of the read model.</param>
    /// <param name="subjects">The meaning of the keys of the read model, by key. Missing keys are ignored.</param>
    /// <param name="items">The names of the items in the changes, dependents and subjects, by item number.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<ItemChange> changes,
        IReadOnlyDictionary<int, int[]> dependents,
        IReadOnlyDictionary<int, Subject> subjects,
        IReadOnlyDictionary<int, ItemName> items
    )
    {
        if (changes.Count == 0)
            return [];
        if (changes.Any(change => IsUnforeseen(change)))
            return [CacheKey.All];
        var stale = new StaleKeys(subjects, items);
        stale.keys.Add(CacheKey.Content);
        foreach (var change in changes)
            stale.Add(change);
        if (changes.Any(change => change.Resource is null))
            stale.AddOutlets(changes);
        foreach (var (item, under) in dependents)
        {
            stale.Item(item);
            stale.Lists(items.GetValueOrDefault(item)?.Resource, under, upTo: -1);
        }
        return stale.keys.Count <= Most ? [.. stale.keys] : [CacheKey.All];
    }

    // When an item takes over a slug, a list filtered by that slug is about another item, although none of its own items has changed.
    private static bool IsUnforeseen(ItemChange change) => (change.Aspects is null && change.Resource != "words") || change.TookSlug;

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
                Item(change.ItemId);
                Lists(change.Resource, change.Keys, Reach(change));
                Counts(change);
                break;
            default:
                Item(change.ItemId);
                if (change.Flipped || change.Replaced || change.Renamed || change.Reparented)
                    Place(CacheKey.CollectionOf(change.Resource)!, isListedAnew: true);
                // Feeds show its name, for a type the plural label; the lists of a withdrawn item no longer exist.
                if (change.Flipped || change.Renamed || (change.Replaced && change.Resource == "articleType"))
                    Under(change.ItemId, ["articles", "events"], isListedAnew: true);
                if (change.Flipped || change.Renamed || change.Reparented)
                    foreach (var parent in change.Parents)
                        Item(parent);
                break;
        }
    }

    // The keys of its own addresses, and of answers that show it.
    private void Item(int item)
    {
        if (items.GetValueOrDefault(item) is not { } named || CacheKey.CollectionOf(named.Resource) is not { } collection)
            return;
        keys.Add(collection);
        keys.Add(CacheKey.Item(named.Id));
        foreach (var slug in named.Slugs)
            keys.Add(CacheKey.Address(collection, slug));
    }

    // The lists that an article or event is or was in. Up to a rank, its membership or position in them may have changed.
    private void Lists(string? resource, int[] under, int upTo)
    {
        if (resource is not ("article" or "event"))
            return;
        var listed = CacheKey.CollectionOf(resource)!;
        Place(listed, upTo == Subject.Last);
        foreach (var subject in Subjects(under).Where(subject => subject.HasLists))
        {
            if (subject.Source is { } outlet)
                Place($"{CacheKey.Address("sources", outlet)}/{listed}", subject.Rank <= upTo);
            else
                Under(subject.ItemId, [listed], subject.Rank <= upTo);
        }
    }

    // Lists that take their keys by experts may be filtered by type as well; lists that take them by type are not filtered by expert.
    private int Reach(ItemChange change) =>
        change.Flipped || change.Replaced
            ? Subject.Last
            : change
                .Lost.Concat(change.Gained)
                .Select(key => subjects.TryGetValue(key, out var subject) ? subject.Reach : Subject.Last)
                .DefaultIfEmpty(-1)
                .Max();

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
    // article, and experts the topics they write on most.
    private void Counts(ItemChange change)
    {
        var isArticle = change.Resource == "article";
        foreach (
            var subject in Subjects([.. change.Lost, .. change.Gained])
                .Where(subject => subject.Kind == "topic" || (isArticle && subject.HasLists))
        )
            Item(subject.ItemId);
        if (!isArticle)
            return;
        if (change.Replaced)
            foreach (var subject in Subjects(change.Keys).Where(subject => subject.Kind is "topic" or "expert"))
                Item(subject.ItemId);
        if (change.Retopiced)
            foreach (var subject in Subjects(change.Keys).Where(subject => subject.Kind == "expert"))
                Item(subject.ItemId);
    }

    // The articles from an outlet have changes of their own. The feed of an outlet has its name as well.
    private void AddOutlets(IReadOnlyList<ItemChange> changes)
    {
        foreach (
            var outlet in changes
                .Where(change => change.Resource == "article")
                .SelectMany(change => Subjects(change.Keys))
                .Select(subject => subject.Source)
                .OfType<string>()
        )
            Place($"{CacheKey.Address("sources", outlet)}/articles", isListedAnew: true);
    }

    private IEnumerable<Subject> Subjects(int[] under) => under.Select(subjects.GetValueOrDefault).OfType<Subject>();
}
