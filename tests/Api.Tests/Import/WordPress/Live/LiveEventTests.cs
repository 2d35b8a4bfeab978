using System.Text.Json.Nodes;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Microsoft.AspNetCore.Http;

namespace Api.Tests.Import.WordPress.Live;

/// <summary>
/// Events of The Events Calendar, which shows them by an API of its own. The answers have the members that its source writes.
/// </summary>
public sealed class LiveEventTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("live-events").FullName;

    private static readonly JsonObject Hall = new()
    {
        ["id"] = 50,
        ["status"] = "publish",
        ["url"] = "https://site.example/venue/hall/",
        ["venue"] = "Old Customs House",
        ["address"] = "Hafenstr. 1",
        ["city"] = "Hamburg",
        ["zip"] = "20457",
        ["country"] = "Germany",
        ["phone"] = "555",
        ["show_map"] = true,
    };

    [Fact]
    public async Task What_visitors_are_shown_equals_the_export()
    {
        var forum = Event(
            51,
            "forum",
            Hall.DeepClone(),
            new JsonObject
            {
                ["all_day"] = false,
                ["start_date"] = "2026-09-10 18:30:00",
                ["end_date"] = "2026-09-10 20:00:00",
                ["utc_start_date"] = "2026-09-10 16:30:00",
                ["utc_end_date"] = "2026-09-10 18:00:00",
                ["timezone"] = "Europe/Berlin",
                ["website"] = "https://tickets.example.org/forum?a=1&#038;b=2",
                ["cost"] = "25",
                ["categories"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = 5,
                        ["name"] = "Ports",
                        ["slug"] = "ports",
                        ["taxonomy"] = "tribe_events_cat",
                    }
                ),
                ["organizer"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = 70,
                        ["organizer"] = "Port Authority",
                        ["status"] = "publish",
                        ["email"] = "x@harbor.example",
                    }
                ),
            }
        );
        var day = Event(
            52,
            "day",
            new JsonArray(),
            new JsonObject
            {
                ["all_day"] = true,
                ["start_date"] = "2026-10-02 00:00:00",
                ["end_date"] = "2026-10-02 23:59:59",
                ["utc_start_date"] = "2026-10-01 23:00:00",
                ["utc_end_date"] = "2026-10-02 22:59:59",
                ["timezone"] = "UTC+1",
            }
        );
        var (lines, notes) = await Lines([forum, day], pageSize: 1);

        var file = Wxr.Of(
            Wxr.Post(
                "50",
                "Old Customs House",
                type: "tribe_venue",
                more: Wxr.Meta("_VenueAddress", "Hafenstr. 1")
                    + Wxr.Meta("_VenueCity", "Hamburg")
                    + Wxr.Meta("_VenueZip", "20457")
                    + Wxr.Meta("_VenueCountry", "Germany")
            ),
            Wxr.Post("70", "Port Authority", type: "tribe_organizer"),
            Wxr.Post(
                "51",
                "Forum &amp; more",
                "forum",
                type: "tribe_events",
                content: "<p>Come.</p>",
                more: Times("2026-09-10 18:30:00", "2026-09-10 20:00:00", "2026-09-10 16:30:00", "2026-09-10 18:00:00", "Europe/Berlin")
                    + Wxr.Meta("_EventVenueID", "50")
                    + Wxr.Meta("_EventOrganizerID", "70")
                    + Wxr.Meta("_EventCost", "25")
                    + Wxr.Meta("_EventURL", "https://tickets.example.org/forum?a=1&b=2")
                    + """<category domain="tribe_events_cat" nicename="ports"><![CDATA[Ports]]></category>"""
            ),
            Wxr.Post(
                "52",
                "Forum &amp; more",
                "day",
                type: "tribe_events",
                content: "<p>Come.</p>",
                more: Times("2026-10-02 00:00:00", "2026-10-02 23:59:59", "2026-10-01 23:00:00", "2026-10-02 22:59:59", "UTC+1")
                    + Wxr.Meta("_EventAllDay", "yes")
            )
        );
        Assert.Equal(
            file.All("event").Select(line => line.ToJsonString()),
            lines.Where(line => (string?)line["resource"] == "event").Select(line => line.ToJsonString())
        );
        Assert.Equal(
            "Old Customs House, Hafenstr. 1, 20457 Hamburg, Germany",
            (string?)lines.First(line => (string?)line["slug"] == "forum")["location"]
        );
        Assert.Contains("its organiser, 'Port Authority', is left out: no author and no profile is called so", notes);
        Assert.DoesNotContain(lines, line => line.ToJsonString().Contains("harbor.example", StringComparison.Ordinal));

        static string Times(string start, string end, string utcStart, string utcEnd, string zone) =>
            "<wp:post_date>2024-01-02 03:04:05</wp:post_date><wp:post_modified_gmt>2024-01-02 03:04:05</wp:post_modified_gmt>"
            + Wxr.Meta("_EventStartDate", start)
            + Wxr.Meta("_EventEndDate", end)
            + Wxr.Meta("_EventStartDateUTC", utcStart)
            + Wxr.Meta("_EventEndDateUTC", utcEnd)
            + Wxr.Meta("_EventTimezone", zone);
    }

    [Fact]
    public async Task A_site_without_events_and_one_whose_API_is_closed_are_imported_all_the_same()
    {
        var (none, _) = await Lines([], pageSize: 50);
        Assert.Equal(2, none.Count(line => (string?)line["resource"] == "article"));
        var (closed, notes) = await Lines(null, pageSize: 50);
        Assert.Equal(2, closed.Count(line => (string?)line["resource"] == "article"));
        Assert.Contains("tribe-events left out: the site does not show them to visitors", notes);
    }

    [Fact]
    public async Task An_event_behind_a_password_is_kept_and_not_shown()
    {
        var (lines, _) = await Lines(
            [
                Event(
                    51,
                    "members",
                    new JsonArray(),
                    new JsonObject
                    {
                        ["all_day"] = null,
                        ["description"] = "",
                        ["start_date"] = "2026-09-10 18:30:00",
                        ["timezone"] = "Europe/Berlin",
                    }
                ),
            ],
            pageSize: 50
        );
        Assert.Equal("private", (string?)Assert.Single(lines, line => (string?)line["resource"] == "event")["publicationStatus"]);
    }

    [Fact]
    public async Task An_event_as_older_versions_tell_it_has_its_slug_from_its_address()
    {
        var old = Event(
            51,
            "forum",
            new JsonArray(),
            new JsonObject
            {
                ["start_date"] = "2026-09-10 18:30:00",
                ["timezone"] = "Europe/Berlin",
                ["website"] = "https://site.example/event/forum/",
            }
        );
        foreach (var member in new[] { "slug", "status" })
            old.Remove(member);
        var (lines, _) = await Lines([old], pageSize: 50);
        var line = Assert.Single(lines, l => (string?)l["resource"] == "event");
        Assert.Equal(
            ("forum", "published", null, "2026-09-10T16:30:00Z"),
            ((string?)line["slug"], (string?)line["publicationStatus"], (string?)line["registrationUrl"], (string?)line["startsAt"])
        );
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static JsonObject Event(int id, string slug, JsonNode venue, JsonObject more)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["author"] = "7",
            ["status"] = "publish",
            ["date"] = "2024-01-02 03:04:05",
            ["date_utc"] = "2024-01-02 03:04:05",
            ["modified"] = "2024-01-02 03:04:05",
            ["modified_utc"] = "2024-01-02 03:04:05",
            ["url"] = $"https://site.example/event/{slug}/",
            ["title"] = "Forum &amp; more",
            ["description"] = "<p>Come.</p>",
            ["excerpt"] = "",
            ["slug"] = slug,
            ["image"] = false,
            ["venue"] = venue,
        };
        foreach (var (name, value) in more)
            json[name] = value?.DeepClone();
        return json;
    }

    // Null for a site that keeps its events to itself.
    private async Task<(List<JsonObject> Lines, List<string> Notes)> Lines(JsonObject[]? events, int pageSize)
    {
        await using var wordpress = await PretendWordPress.Start(posts: 2);
        wordpress.Before = async context =>
        {
            var path = context.Request.Path.Value!;
            if (path is not ("/wp-json/" or "/wp-json/tribe/events/v1/events"))
                return false;
            context.Response.ContentType = "application/json";
            if (path == "/wp-json/")
            {
                await context.Response.WriteAsync(
                    """{"name":"A site","home":"https://site.example","namespaces":["wp/v2","tribe/events/v1"]}"""
                );
                return true;
            }
            var page = int.Parse(context.Request.Query["page"]!, null);
            var part = events?.Skip((page - 1) * pageSize).Take(pageSize).ToArray();
            // Without dates it shows the next two years only.
            Assert.Equal(
                ("1000-01-02", "2999-12-31"),
                (context.Request.Query["start_date"].ToString(), context.Request.Query["end_date"].ToString())
            );
            if (part is null || (part.Length == 0 && page > 1))
            {
                context.Response.StatusCode = part is null ? 403 : 404;
                await context.Response.WriteAsync("""{"code":"event-archive-page-not-found"}""");
                return true;
            }
            context.Response.Headers["X-TEC-Total"] = events!.Length.ToString(null as IFormatProvider);
            context.Response.Headers["X-TEC-TotalPages"] = ((events.Length + pageSize - 1) / pageSize).ToString(null as IFormatProvider);
            await context.Response.WriteAsync(
                new JsonObject
                {
                    ["events"] = new JsonArray([.. part.Select(one => one.DeepClone())]),
                    ["total"] = events.Length,
                }.ToJsonString()
            );
            return true;
        };
        var options = new LiveOptions
        {
            Site = wordpress.Address,
            Folder = folder,
            Fresh = true,
            Backoff = TimeSpan.FromMilliseconds(1),
            CustomFields = WordPressMapping.Default.CustomFields,
        };
        using var site = await LiveSite.Fetch(options, TimeProvider.System, null, TestContext.Current.CancellationToken);
        var export = WordPressExport.Read(_ => site.Read(), WordPressMapping.Default, TestContext.Current.CancellationToken);
        var lines = export.Lines(TestContext.Current.CancellationToken).Select(line => line.Value).ToList();
        return (lines, [.. site.Contents.Notes, .. export.Notes.Select(note => note.Text)]);
    }
}
