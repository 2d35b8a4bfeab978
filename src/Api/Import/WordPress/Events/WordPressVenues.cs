using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Events;

/// <summary>The venues and organisers that event plugins store separately from the events, wherever they are in the file.</summary>
internal sealed class WordPressVenues
{
    private const int MaxName = 500,
        Most = 100;

    private readonly Dictionary<string, string> venues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> organizers = new(StringComparer.Ordinal);
    private readonly HashSet<string> withheld = new(StringComparer.Ordinal);

    /// <summary>The taxonomies of Modern Events Calendar that are not subjects.</summary>
    public static bool IsOwn(string taxonomy) => taxonomy is "mec_location" or "mec_organizer" or "mec_sponsor";

    /// <summary>Adds an item that is a venue or organiser.</summary>
    /// <returns>False for any other item.</returns>
    public bool Add(WxrItem item)
    {
        switch (item.PostType)
        {
            case "tribe_venue":
                Keep(venues, $"tribe {item.Field("post_id")}", item, WordPressAddress.Of(item, "_Venue"));
                return true;
            case "tribe_organizer":
                Keep(organizers, $"tribe {item.Field("post_id")}", item, PlainText.Of(item.Title, MaxName));
                return true;
            // Events refer to it by its number in the plugin's own table; a field of the item has that number.
            case "location" when item.MetaValue("_location_id") is { Length: > 0 } id:
                Keep(venues, $"manager {id}", item, WordPressAddress.Of(item, "_location_"));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Adds a term that is a venue or organiser.</summary>
    public void Add(WxrTerm term)
    {
        var name = PlainText.Of(term.Name, MaxName);
        if (term.Taxonomy == "mec_location")
            Keep(venues, term, WordPressAddress.Of(name, term.MetaValue("address")));
        else
            Keep(organizers, term, name);
    }

    /// <summary>Adds a venue or organiser that an item names by a term, if the head of the file does not describe it.</summary>
    public void Add(WxrItemTerm term) => Add(new WxrTerm(0, term.Taxonomy, "", term.Slug, term.Name, "", ""));

    /// <summary>The place of an event as text; empty when its fields name no venue.</summary>
    /// <param name="item">The event.</param>
    /// <param name="missing">Receives each venue that is not in the file, or not public.</param>
    public string PlaceOf(WxrItem item, Action<string> missing) =>
        string.Join("; ", Named(item, "_EventVenueID", "_location_id", "mec_location_id", "mec_location", venues, missing));

    /// <summary>The names of its organisers.</summary>
    /// <param name="item">The event.</param>
    /// <param name="missing">Receives each organiser that is not in the file, or not public.</param>
    public IReadOnlyList<string> OrganizersOf(WxrItem item, Action<string> missing) =>
        [.. Named(item, "_EventOrganizerID", "", "mec_organizer_id", "mec_organizer", organizers, missing)];

    private IEnumerable<string> Named(
        WxrItem item,
        string tribe,
        string manager,
        string mec,
        string taxonomy,
        Dictionary<string, string> known,
        Action<string> missing
    )
    {
        var keys = Numbers(item, tribe).Select(id => $"tribe {id}").Concat(Numbers(item, manager).Select(id => $"manager {id}")).ToList();
        // Modern Events Calendar names the first by number, where 1 means none, and files the event under all of them.
        var terms = item.Terms.Where(term => term.Taxonomy == taxonomy).Select(term => $"{taxonomy} {term.Slug}").ToList();
        keys.AddRange(
            Numbers(item, mec)
                .Where(id => id != "1")
                .Select(id => $"{taxonomy} {id}")
                .Where(key => terms.Count == 0 || known.ContainsKey(key))
                .Concat(terms)
        );
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
            if (!known.TryGetValue(key, out var found))
                missing(withheld.Contains(key) ? "is not public" : "is not in the file");
            else if (told.Add(found))
                yield return found;
    }

    private static IEnumerable<string> Numbers(WxrItem item, string field) =>
        field.Length == 0 ? [] : FieldValues.Of(item, field).Where(id => FieldValues.IsNumber(id) && id != "0").Take(Most);

    private void Keep(Dictionary<string, string> all, string key, WxrItem item, string text)
    {
        if (text.Length == 0)
            return;
        if (WordPressStatus.IsForReaders(WordPressStatus.Of(item.Field("status"), item.Field("post_password"), dated: true)))
            all.TryAdd(key, text);
        else
            withheld.Add(key);
    }

    // By number and by slug: items use either, and both have the same text.
    private static void Keep(Dictionary<string, string> all, WxrTerm term, string text)
    {
        if (text.Length == 0)
            return;
        if (term.Id.Length > 0)
            all.TryAdd($"{term.Taxonomy} {term.Id}", text);
        all.TryAdd($"{term.Taxonomy} {term.Slug}", text);
    }
}
