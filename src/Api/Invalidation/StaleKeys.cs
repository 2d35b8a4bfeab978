using Api.Http.Caching;

namespace Api.Invalidation;

/// <summary>
/// Works out which keys of cached answers some changes name (docs/caching.md): every answer that is another now has one of them, and of the answers that have one, nearly all
/// are another. Pure.
/// </summary>
internal sealed class StaleKeys
{
    /// <summary>So many are told; more are <see cref="CacheKey.All"/>.</summary>
    public const int Most = 200;

    private readonly IReadOnlyDictionary<int, Subject> subjects;
    private readonly IReadOnlyDictionary<int, ItemName> items;
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    private StaleKeys(IReadOnlyDictionary<int, Subject> subjects, IReadOnlyDictionary<int, ItemName> items) => (this.subjects, this.items) = (subjects, items);

    /// <summary>The keys that changes name; nothing for no changes.</summary>
    /// <param name="changes">In the order they were made in.</param>
    /// <param name="dependents">The items that show something that changed, each with the keys of the read model it is found under.</param>
    /// <param name="subjects">What the keys of the read model stand for, by their number; keys that are not there do not count.</param>
    /// <param name="items">What items are called, by their number: those of the changes, of the dependents and of the subjects.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<ItemChange> changes, IReadOnlyDictionary<int, int[]> dependents, IReadOnlyDictionary<int, Subject> subjects, IReadOnlyDictionary<int, ItemName> items)
    {
        if (changes.Count == 0) return [];
        if (changes.Any(change => IsUnforeseen(change))) return [CacheKey.All];
        var stale = new StaleKeys(subjects, items);
        stale.keys.Add(CacheKey.Content);
        foreach (var change in changes) stale.Add(change);
        if (changes.Any(change => change.Resource is null)) stale.AddOutlets(changes);
        foreach (var (item, under) in dependents)
        {
            stale.Item(item);
            stale.Lists(items.GetValueOrDefault(item)?.Resource, under, upTo: -1);
        }
        return stale.keys.Count <= Most ? [.. stale.keys] : [CacheKey.All];
    }

    // A list that is filtered by the slug of a topic is about another topic now, though nothing in it has changed.
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
                if (change.Flipped || change.Replaced || change.Renamed || change.Reparented) Place(CacheKey.CollectionOf(change.Resource)!, isListedAnew: true);
                // Feeds say its name, of a type the plural; and where it is gone there is no list.
                if (change.Flipped || change.Renamed || (change.Replaced && change.Resource == "articleType")) Under(change.ItemId, ["articles", "events"], isListedAnew: true);
                if (change.Flipped || change.Renamed || change.Reparented) foreach (var parent in change.Parents) Item(parent);
                break;
        }
    }

    // Its own addresses, and what shows it.
    private void Item(int item)
    {
        if (items.GetValueOrDefault(item) is not { } named || CacheKey.CollectionOf(named.Resource) is not { } collection) return;
        keys.Add(collection);
        keys.Add(CacheKey.Item(named.Id));
        foreach (var slug in named.Slugs) keys.Add(CacheKey.Address(collection, slug));
    }

    // The lists that an article or event is or was in; up to a rank it may be in others than before, or elsewhere in them.
    private void Lists(string? resource, int[] under, int upTo)
    {
        if (resource is not ("article" or "event")) return;
        var listed = CacheKey.CollectionOf(resource)!;
        Place(listed, upTo == Subject.Last);
        foreach (var subject in Subjects(under).Where(subject => subject.HasLists))
        {
            if (subject.Source is { } outlet) Place($"{CacheKey.Address("sources", outlet)}/{listed}", subject.Rank <= upTo);
            else Under(subject.ItemId, [listed], subject.Rank <= upTo);
        }
    }

    // Lists that have their keys by experts may be filtered by type as well, those that have them by types not by experts.
    private int Reach(ItemChange change) => change.Flipped || change.Replaced
        ? Subject.Last
        : change.Lost.Concat(change.Gained).Select(key => subjects.TryGetValue(key, out var subject) ? subject.Reach : Subject.Last).DefaultIfEmpty(-1).Max();

    private void Under(int item, string[] listed, bool isListedAnew)
    {
        if (items.GetValueOrDefault(item) is not { } named) return;
        foreach (var place in listed.Where(place => named.Resource is "topic" or "expert" || (named.Resource == "articleType" && place == "articles")))
            foreach (var slug in named.Slugs) Place($"{CacheKey.Address(CacheKey.CollectionOf(named.Resource)!, slug)}/{place}", isListedAnew);
    }

    private void Place(string place, bool isListedAnew)
    {
        keys.Add(place);
        if (isListedAnew) keys.Add(CacheKey.List(place));
    }

    // Topics, types and experts show how many articles they have, topics also how many events, both the newest article, experts what they write on most.
    private void Counts(ItemChange change)
    {
        var isArticle = change.Resource == "article";
        foreach (var subject in Subjects([.. change.Lost, .. change.Gained]).Where(subject => subject.Kind == "topic" || (isArticle && subject.HasLists))) Item(subject.ItemId);
        if (!isArticle) return;
        if (change.Replaced) foreach (var subject in Subjects(change.Keys).Where(subject => subject.Kind is "topic" or "expert")) Item(subject.ItemId);
        if (change.Retopiced) foreach (var subject in Subjects(change.Keys).Where(subject => subject.Kind == "expert")) Item(subject.ItemId);
    }

    // The articles from an outlet have changes of their own; a feed of it has its name as well.
    private void AddOutlets(IReadOnlyList<ItemChange> changes)
    {
        foreach (var outlet in changes.Where(change => change.Resource == "article").SelectMany(change => Subjects(change.Keys)).Select(subject => subject.Source).OfType<string>())
            Place($"{CacheKey.Address("sources", outlet)}/articles", isListedAnew: true);
    }

    private IEnumerable<Subject> Subjects(int[] under) => under.Select(subjects.GetValueOrDefault).OfType<Subject>();
}
