using System.Text.Json;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Turns events of The Events Calendar's own REST API (<c>tribe/events/v1</c>, according to its source from 4.9 to 6.17) into parts of an
/// export. WordPress's API has the stored texts, and whether an event was cancelled, but neither dates nor venues; in older versions it
/// shows events to administrators only. E-mail addresses and telephone numbers are not kept.
/// </summary>
internal static class LiveEvents
{
    /// <summary>The namespace of the API.</summary>
    public const string Space = "tribe/events/v1";

    /// <summary>The post type of events.</summary>
    public const string EventType = "tribe_events";

    /// <summary>The collection of events of this API, with their venues and organisers.</summary>
    public const string Collection = "tribe-events";

    private const string VenueType = "tribe_venue",
        OrganizerType = "tribe_organizer";

    private static readonly (string Member, string Field)[] VenueFields =
    [
        ("address", "_VenueAddress"),
        ("city", "_VenueCity"),
        ("stateprovince", "_VenueStateProvince"),
        ("state", "_VenueState"),
        ("province", "_VenueProvince"),
        ("zip", "_VenueZip"),
        ("country", "_VenueCountry"),
    ];

    private static readonly (string Member, string Field)[] EventFields =
    [
        ("start_date", "_EventStartDate"),
        ("end_date", "_EventEndDate"),
        ("utc_start_date", "_EventStartDateUTC"),
        ("utc_end_date", "_EventEndDateUTC"),
        ("timezone", "_EventTimezone"),
        ("cost", "_EventCost"),
    ];

    /// <summary>
    /// Additional parameters for WordPress's API, beginning with <c>&amp;</c>: since 6.0 the plugin filters out past events, also in
    /// requests by number. It does not filter queries that name an event date field, and the minus excludes a word that no text contains.
    /// Empty for other post types.
    /// </summary>
    public static string Whole(string type) => type == EventType ? "&search=-_EventStartDate" : "";

    /// <summary>The collection of events that is fetched in addition to the post types of WordPress's API.</summary>
    /// <param name="events">The collection of events in WordPress's API; null if that does not show them.</param>
    /// <param name="names">Logins by number.</param>
    // Without dates the API returns events that begin within two years from yesterday.
    public static LiveCollection Own(string? events, LiveNames names) =>
        new(
            Collection,
            $"{Space}/events",
            "start_date=1000-01-02&end_date=2999-12-31",
            (page, json) => page.Items.AddRange(Event(json, names))
        )
        {
            List = "events",
            Completes = events,
        };

    /// <summary>Adds the fields that WordPress's API lacks to items, and skips items that were read already.</summary>
    /// <param name="items">The items, those of <see cref="Collection"/> last.</param>
    /// <param name="told">The items of that collection.</param>
    public static IEnumerable<WxrItem> Complete(IEnumerable<WxrItem> items, IEnumerable<WxrItem> told)
    {
        var fields = told.DistinctBy(item => item.Line).ToDictionary(item => item.Line, item => item.Meta);
        var seen = new HashSet<int>();
        foreach (var item in items)
        {
            if (!seen.Add(item.Line))
                continue;
            if (fields.GetValueOrDefault(item.Line) is { } more)
            {
                var own = item.Meta.Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
                item.Meta.AddRange(more.Where(field => !own.Contains(field.Key)));
            }
            yield return item;
        }
    }

    /// <summary>An event with its venues and organisers.</summary>
    private static IEnumerable<WxrItem> Event(JsonElement json, LiveNames names)
    {
        var (venues, organizers) = (Parts(json, "venue").Select(Venue).ToList(), Parts(json, "organizer").Select(Organizer).ToList());
        var item = Any(EventType, json, "title");
        item.Creator = names.Login(json.Text("author"));
        item.Content = LiveNodes.Finished(json.Text("description"));
        item.Excerpt = LiveNodes.Limited(json.Text("excerpt"));
        foreach (var (member, field) in EventFields)
            Add(item, field, json.Text(member));
        // Null for an event with a password; its protected texts are empty. Before 6.8.2.1 such events could not be recognised.
        if (json.TryGetProperty("all_day", out var whole) && whole.ValueKind == JsonValueKind.Null)
            item.Fields["post_password"] = "yes";
        if (json.IsTrue("all_day"))
            Add(item, "_EventAllDay", "yes");
        // Without a website the plugin gives the event's own page.
        if (json.Text("website") is var website && website != json.Text("url"))
            Add(item, "_EventURL", PlainText.Of(website));
        if (json.Member("image")?.Text("id") is { Length: > 0 } picture)
            Add(item, "_thumbnail_id", picture);
        foreach (var venue in venues)
            Add(item, "_EventVenueID", venue.Field("post_id"));
        foreach (var organizer in organizers)
            Add(item, "_EventOrganizerID", organizer.Field("post_id"));
        foreach (var term in Parts(json, "categories").Concat(Parts(json, "tags")))
            if (term.Text("slug") is { Length: > 0 } slug)
                item.Terms.Add(
                    new WxrItemTerm(term.Text("taxonomy") is { Length: > 0 } taxonomy ? taxonomy : "post_tag", slug, term.Text("name"))
                );
        return [item, .. venues.Concat(organizers).Where(part => part.Line > 0)];
    }

    private static WxrItem Venue(JsonElement json)
    {
        var item = Any(VenueType, json, "venue");
        foreach (var (member, field) in VenueFields)
            Add(item, field, json.Text(member));
        return item;
    }

    private static WxrItem Organizer(JsonElement json) => Any(OrganizerType, json, "organizer");

    private static WxrItem Any(string type, JsonElement json, string title)
    {
        var item = new WxrItem(json.Id, 0) { Title = LiveNodes.Limited(json.Text(title)), Link = json.Text("url") };
        item.Fields["post_id"] = json.Text("id");
        item.Fields["post_type"] = type;
        item.Fields["post_name"] = json.Text("slug") is { Length: > 0 } slug ? slug : LastSegment(item.Link);
        item.Fields["status"] = json.Text("status") is { Length: > 0 } status ? status : "publish";
        item.Fields["post_date"] = json.Text("date");
        item.Fields["post_date_gmt"] = json.Text("date_utc");
        item.Fields["post_modified"] = json.Text("modified");
        item.Fields["post_modified_gmt"] = json.Text("modified_utc");
        return item;
    }

    // Versions before 4.7.1 do not give the slug.
    private static string LastSegment(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.AbsolutePath.Trim('/').Split('/')[^1] : "";

    // One part is an object, several are a list, none is an empty list.
    private static IEnumerable<JsonElement> Parts(JsonElement json, string member) =>
        json.Member(member) switch
        {
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.Object),
            { ValueKind: JsonValueKind.Object } one => [one],
            _ => [],
        };

    private static void Add(WxrItem item, string field, string value)
    {
        if (value.Length > 0)
            item.Meta.Add((field, LiveNodes.Limited(value)));
    }
}
