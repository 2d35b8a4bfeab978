using System.Globalization;
using System.Text;
using Api.Contracts;

namespace Api.Http.Tags;

/// <summary>
/// The keys by which proxies and front ends can drop the answer to a request. The handler of a list declares the lists that the answer
/// depends on; the item at the address and the items in the answer are added without it. An answer without any key gets
/// <see cref="CacheKey.Content"/>.
/// </summary>
internal sealed class AnswerKeys
{
    // Characters of the keys of twenty items and their lists.
    private const int UsualLength = 512;

    // Each with its replacements when the header is too long: the place that covers it, and the collection.
    private readonly List<Name> names = [];

    // Ids: of the items shown, and of those of which a card is shown.
    private readonly HashSet<string> items = new(StringComparer.Ordinal);
    private readonly HashSet<string> cards = new(StringComparer.Ordinal);
    private bool dependsOnAny;

    /// <param name="own">The address of the item that was asked for; null for other requests. Its key is never replaced.</param>
    public AnswerKeys(ItemAddress? own)
    {
        if (own is { Key: var key })
            names.Add(new Name(key, key, key));
    }

    /// <summary>Whether every change drops the answer: <see cref="CacheKey.Content"/> is among the keys.</summary>
    public bool AreOfAnything => dependsOnAny || names.Count == 0;

    /// <summary>The answer depends on the item at an address, even if there is none yet.</summary>
    public void Address(string collection, string slug)
    {
        var key = CacheKey.Address(collection, slug);
        names.Add(new Name(key, key, collection));
    }

    /// <summary>The answer depends on which items are in a list, and on their order.</summary>
    /// <param name="place">A collection, or one below an address: <c>topics/china/articles</c>.</param>
    public void List(string place) => names.Add(new Name(CacheKey.List(place), place, CollectionIn(place)));

    /// <summary>The answer depends on which items have two values of the read model, and on their order.</summary>
    /// <param name="listed">The collection of the items.</param>
    /// <param name="one">The number of a value.</param>
    /// <param name="other">The number of the other value.</param>
    /// <param name="place">Where the items of one of the values are.</param>
    public void Pair(string listed, int one, int other, string place)
    {
        names.Add(new Name(CacheKey.AnyPair(listed), place, listed));
        names.Add(new Name(CacheKey.Pair(listed, one, other), place, listed));
    }

    /// <summary>The answer depends on which articles were published in a year, and on their order.</summary>
    // The year alone is not named by every change of its articles.
    public void Year(int year)
    {
        var place = CacheKey.Year(year.ToString(CultureInfo.InvariantCulture));
        names.Add(new Name(CacheKey.List(place), CollectionIn(place), CollectionIn(place)));
    }

    /// <summary>The answer depends on any member of the items in a list, as a list sorted by title does.</summary>
    public void Whole(string place) => names.Add(new Name(place, place, CollectionIn(place)));

    /// <summary>The answer shows these items, in full or as references.</summary>
    public void Show<T>(IEnumerable<T> shown)
    {
        foreach (var one in shown)
        {
            if (one is IIdentified item)
                items.Add(item.Id);
            else if (one is TopicTree tree)
            {
                items.Add(tree.Topic.Id);
                Show(tree.Topics);
            }
        }
    }

    /// <summary>The answer shows cards of these items.</summary>
    public void ShowCards(IEnumerable<IIdentified> shown)
    {
        foreach (var one in shown)
            cards.Add(one.Id);
    }

    /// <summary>Any change can affect the answer.</summary>
    public void Content() => dependsOnAny = true;

    /// <summary>
    /// The value of the header, at most <see cref="KeyHeader.MostBytes"/>. If the keys of the items do not fit, it has the places they are
    /// in instead; if these do not fit either, the collections.
    /// </summary>
    public string Write(char separator)
    {
        string[] always = AreOfAnything ? [CacheKey.All, CacheKey.Content] : [CacheKey.All];
        var listed = Join([.. always, .. names.Select(name => name.Key)]);
        if (Whole(listed, separator) is { } whole)
            return whole;
        // Every change drops the answer, so other keys are not needed.
        if (AreOfAnything)
            return Join(always);
        var places = Join([.. always, .. names.Select(name => name.Place)]);
        return places.Length <= KeyHeader.MostBytes ? places : Join([.. always, .. names.Select(name => name.Collection)]);

        string Join(IEnumerable<string> keys) => string.Join(separator, keys.Distinct(StringComparer.Ordinal));
    }

    // Null when the keys of the items do not fit.
    private string? Whole(string listed, char separator)
    {
        var whole = new StringBuilder(listed, UsualLength);
        foreach (var id in items)
        {
            if (whole.Length > KeyHeader.MostBytes)
                return null;
            whole.Append(separator).Append(CacheKey.Item(id.AsSpan()));
        }
        foreach (var id in cards.Where(id => !items.Contains(id)))
        {
            if (whole.Length > KeyHeader.MostBytes)
                return null;
            whole.Append(separator).Append(CacheKey.Card(id));
        }
        return whole.Length > KeyHeader.MostBytes ? null : whole.ToString();
    }

    /// <summary>The keys of an answer that any change can affect.</summary>
    public static string OfAnything(char separator) => $"{CacheKey.All}{separator}{CacheKey.Content}";

    private static string CollectionIn(string place) => place[(place.LastIndexOf('/') + 1)..];

    private sealed record Name(string Key, string Place, string Collection);
}

/// <summary>The address of an item: the slug in its collection.</summary>
internal sealed record ItemAddress(string Collection, string Slug)
{
    /// <summary>The key of answers at this address or below it.</summary>
    public string Key => CacheKey.Address(Collection, Slug);
}
