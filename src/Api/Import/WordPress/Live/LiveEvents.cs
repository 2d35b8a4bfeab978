using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Makes parts of an export of what The Events Calendar shows by its own REST API (<c>tribe/events/v1</c>, as its source has it from 4.9 to 6.17). WordPress's shows its events to
/// administrators only, and their venues mostly to nobody. E-mail addresses and telephone numbers are not kept.
/// </summary>
internal static class LiveEvents
{
    /// <summary>What the root of the API announces.</summary>
    public const string Space = "tribe/events/v1";

    /// <summary>The post type of its events.</summary>
    public const string EventType = "tribe_events";

    private const string VenueType = "tribe_venue", OrganizerType = "tribe_organizer";

    private static readonly (string Member, string Field)[] VenueFields =
    [
        ("address", "_VenueAddress"), ("city", "_VenueCity"), ("stateprovince", "_VenueStateProvince"), ("state", "_VenueState"), ("province", "_VenueProvince"), ("zip", "_VenueZip"), ("country", "_VenueCountry"),
    ];

    private static readonly (string Member, string Field)[] EventFields =
    [
        ("start_date", "_EventStartDate"), ("end_date", "_EventEndDate"), ("utc_start_date", "_EventStartDateUTC"), ("utc_end_date", "_EventEndDateUTC"), ("timezone", "_EventTimezone"), ("cost", "_EventCost"),
    ];

    /// <summary>What is to be fetched beside the post types of WordPress's API.</summary>
    /// <param name="hasEvents">Whether that shows the events: then only their venues and organisers are missing.</param>
    /// <param name="names">Logins by number.</param>
    public static IEnumerable<LiveCollection> Collections(bool hasEvents, LiveNames names) => hasEvents
        ? [
            new("tribe-venues", $"{Space}/venues", "", (page, json) => page.Items.Add(Venue(json))) { List = "venues" },
            new("tribe-organizers", $"{Space}/organizers", "", (page, json) => page.Items.Add(Organizer(json))) { List = "organizers" },
        ]
        // Without dates it shows what begins within two years from yesterday.
        : [new("tribe-events", $"{Space}/events", "start_date=1000-01-02&end_date=2999-12-31", (page, json) => page.Items.AddRange(Event(json, names))) { List = "events" }];

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
