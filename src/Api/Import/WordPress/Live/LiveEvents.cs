using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Makes parts of an export of what The Events Calendar shows by its own REST API (<c>tribe/events/v1</c>, as its source has it from 4.9 to 6.17). WordPress's shows texts as they were written,
/// and whether an event was cancelled, but neither dates nor addresses; older versions show it to administrators only. E-mail addresses and telephone numbers are not kept.
/// </summary>
internal static class LiveEvents
{
    /// <summary>What the root of the API announces.</summary>
    public const string Space = "tribe/events/v1";

    /// <summary>The post type of its events.</summary>
    public const string EventType = "tribe_events";

    /// <summary>The collection of what this API tells of events, their venues and organisers.</summary>
    public const string Collection = "tribe-events";

    private const string VenueType = "tribe_venue", OrganizerType = "tribe_organizer";

    private static readonly (string Member, string Field)[] VenueFields =
    [
        ("address", "_VenueAddress"), ("city", "_VenueCity"), ("stateprovince", "_VenueStateProvince"), ("state", "_VenueState"), ("province", "_VenueProvince"), ("zip", "_VenueZip"), ("country", "_VenueCountry"),
    ];

    private static readonly (string Member, string Field)[] EventFields =
    [
        ("start_date", "_EventStartDate"), ("end_date", "_EventEndDate"), ("utc_start_date", "_EventStartDateUTC"), ("utc_end_date", "_EventEndDateUTC"), ("timezone", "_EventTimezone"), ("cost", "_EventCost"),
    ];

    /// <summary>
    /// What WordPress's API has to be asked for beside the rest, beginning with <c>&amp;</c>: since 6.0 the plugin takes away what is over, also where a number is asked for. It leaves alone
    /// queries that name a date of events, and all texts are without the words that a minus excludes. Empty for other post types.
    /// </summary>
    public static string Whole(string type) => type == EventType ? "&search=-_EventStartDate" : "";

    /// <summary>What is to be fetched beside the post types of WordPress's API.</summary>
    /// <param name="events">The collection in which that shows the events; null where it does not.</param>
    /// <param name="names">Logins by number.</param>
    // Without dates it shows what begins within two years from yesterday.
    public static LiveCollection Own(string? events, LiveNames names) =>
        new(Collection, $"{Space}/events", "start_date=1000-01-02&end_date=2999-12-31", (page, json) => page.Items.AddRange(Event(json, names))) { List = "events", Completes = events };

    /// <summary>Gives items the fields that WordPress's API does not show of them, and leaves out what was read already.</summary>
    /// <param name="items">Items, those of <see cref="Collection"/> last.</param>
    /// <param name="told">Those of that collection.</param>
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

    /// <summary>An event, and with it its venues and organisers.</summary>
    private static IEnumerable<WxrItem> Event(JsonElement json, LiveNames names)
    {
        var (venues, organizers) = (Parts(json, "venue").Select(Venue).ToList(), Parts(json, "organizer").Select(Organizer).ToList());
        var item = Any(EventType, json, "title");
        item.Creator = names.Login(json.Text("author"));
        item.Content = LiveNodes.Finished(json.Text("description"));
        item.Excerpt = LiveNodes.Limited(json.Text("excerpt"));
        foreach (var (member, field) in EventFields) Add(item, field, json.Text(member));
        // Of an event behind a password this is null, and what is not for everybody is empty; before 6.8.2.1 nothing told such events apart.
        if (json.TryGetProperty("all_day", out var whole) && whole.ValueKind == JsonValueKind.Null) item.Fields["post_password"] = "yes";
        if (json.IsTrue("all_day")) Add(item, "_EventAllDay", "yes");
        // Where there is none it is the event's own page.
        if (json.Text("website") is var website && website != json.Text("url")) Add(item, "_EventURL", PlainText.Of(website));
        if (json.Member("image")?.Text("id") is { Length: > 0 } picture) Add(item, "_thumbnail_id", picture);
        foreach (var venue in venues) Add(item, "_EventVenueID", venue.Field("post_id"));
        foreach (var organizer in organizers) Add(item, "_EventOrganizerID", organizer.Field("post_id"));
        foreach (var term in Parts(json, "categories").Concat(Parts(json, "tags")))
            if (term.Text("slug") is { Length: > 0 } slug)
                item.Terms.Add(new WxrItemTerm(term.Text("taxonomy") is { Length: > 0 } taxonomy ? taxonomy : "post_tag", slug, term.Text("name")));
        return [item, .. venues.Concat(organizers).Where(part => part.Line > 0)];
    }

    private static WxrItem Venue(JsonElement json)
    {
        var item = Any(VenueType, json, "venue");
        foreach (var (member, field) in VenueFields) Add(item, field, json.Text(member));
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

    // Before 4.7.1 it did not say the slug.
    private static string LastSegment(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.AbsolutePath.Trim('/').Split('/')[^1] : "";

    // One is an object, several are a list, none is an empty list.
    private static IEnumerable<JsonElement> Parts(JsonElement json, string member) => json.Member(member) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.Object),
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    private static void Add(WxrItem item, string field, string value)
    {
        if (value.Length > 0) item.Meta.Add((field, LiveNodes.Limited(value)));
    }
}
