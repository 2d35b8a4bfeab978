using System.Text.Json.Nodes;

namespace Api.Tests.Import.WordPress;

/// <summary>
/// Events as The Events Calendar, Events Manager and Modern Events Calendar keep them, in the fields that their sources name.
/// </summary>
public class EventPluginTests
{
    private static readonly string Hall = Venue(
        "50",
        "Old Customs House",
        ("Address", "Hafenstr. 1"),
        ("City", "Hamburg"),
        ("Zip", "20457"),
        ("Country", "Germany")
    );

    [Fact]
    public void A_venue_is_found_wherever_it_stands_in_the_file()
    {
        var forum = Tribe("51", "forum", Wxr.Meta("_EventVenueID", "50") + Wxr.Meta("_EventURL", "https://tickets.example.org/forum"));
        foreach (var site in new[] { Wxr.Of(Hall, forum), Wxr.Of(forum, Hall) })
        {
            var line = site.Get("event", "forum");
            Assert.Equal("Old Customs House, Hafenstr. 1, 20457 Hamburg, Germany", (string?)line["location"]);
            Assert.Equal("https://tickets.example.org/forum", (string?)line["registrationUrl"]);
            Assert.DoesNotContain(site.Export.Notes, note => note.Text.Contains("tribe_venue", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(
        "Main Hall",
        "12 Quay Street",
        "Boston",
        "MA",
        "02110",
        "United States",
        "Main Hall, 12 Quay Street, Boston, MA 02110, United States"
    )]
    [InlineData(
        "The Forge",
        "1 Mill Lane",
        "London",
        "",
        "SW1A 2AA",
        "United Kingdom",
        "The Forge, 1 Mill Lane, London SW1A 2AA, United Kingdom"
    )]
    [InlineData("Maison", "", "Sfax", "", "", "Tunisia", "Maison, Sfax, Tunisia")]
    [InlineData("Hafenstr. 1, Hamburg", "Hafenstr. 1", "Hamburg", "", "", "", "Hafenstr. 1, Hamburg")]
    [InlineData("Café &amp; bar", "", "", "", "", "", "Café & bar")]
    public void An_address_is_written_as_its_country_does(
        string name,
        string street,
        string town,
        string region,
        string code,
        string country,
        string expected
    )
    {
        var site = Wxr.Of(
            Venue("50", name, ("Address", street), ("City", town), ("StateProvince", region), ("Zip", code), ("Country", country)),
            Tribe("51", "forum", Wxr.Meta("_EventVenueID", "50"))
        );
        Assert.Equal(expected, (string?)site.Get("event", "forum")["location"]);
    }

    [Fact]
    public void Several_venues_stand_side_by_side_and_one_that_is_missing_or_hidden_is_noted()
    {
        var site = Wxr.Of(
            Hall,
            Venue("52", "Annex"),
            Venue("53", "Back room").Replace("<wp:status>publish", "<wp:status>draft", StringComparison.Ordinal),
            Tribe("61", "both", Wxr.Meta("_EventVenueID", "52") + Wxr.Meta("_EventVenueID", "50")),
            Tribe("62", "list", Wxr.Meta("_EventVenueID", """a:2:{i:0;i:52;i:1;s:2:"50";}""")),
            Tribe("63", "lost", Wxr.Meta("_EventVenueID", "99")),
            Tribe("64", "hidden", Wxr.Meta("_EventVenueID", "53")),
            Tribe("65", "none", Wxr.Meta("_EventVenueID", "0"))
        );
        const string Both = "Annex; Old Customs House, Hafenstr. 1, 20457 Hamburg, Germany";
        Assert.Equal(
            [Both, Both, null, null, null],
            new[] { "both", "list", "lost", "hidden", "none" }.Select(slug => (string?)site.Get("event", slug)["location"])
        );
        Assert.DoesNotContain("Back room", site.Json, StringComparison.Ordinal);
        Assert.Equal(
            ["its venue is not in the file: it has no place", "its venue is not public: it has no place"],
            site.Export.Notes.Select(note => note.Text).Where(text => text.StartsWith("its venue", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("UTC+1", "Etc/GMT-1", "2027-06-10T17:30:00Z")]
    [InlineData("UTC-5", "Etc/GMT+5", "2027-06-10T23:30:00Z")]
    [InlineData("UTC+0", "Etc/UTC", "2027-06-10T18:30:00Z")]
    [InlineData("UTC", "Etc/UTC", "2027-06-10T18:30:00Z")]
    [InlineData("UTC+14", "Etc/GMT-14", "2027-06-10T04:30:00Z")]
    [InlineData("UTC+5.5", "Asia/Kolkata", "2027-06-10T13:00:00Z")]
    [InlineData("UTC+5:45", "Asia/Kathmandu", "2027-06-10T12:45:00Z")]
    [InlineData("Europe/Stockholm", "Europe/Stockholm", "2027-06-10T16:30:00Z")]
    [InlineData("Japan", "Japan", "2027-06-10T09:30:00Z")]
    // No zone is at that distance all year: the instant is right, the zone the site's.
    [InlineData("UTC-3.5", null, "2027-06-10T22:00:00Z")]
    [InlineData("Mars/Olympus", null, "2027-06-10T18:30:00Z")]
    [InlineData("", null, "2027-06-10T18:30:00Z")]
    public void Local_times_are_by_the_zone_of_the_event(string zone, string? expected, string startsAt)
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                type: "tribe_events",
                more: "<wp:post_date>2024-01-02 03:04:05</wp:post_date>"
                    + Wxr.Meta("_EventStartDate", "2027-06-10 18:30:00")
                    + Wxr.Meta("_EventTimezone", zone)
            )
        );
        var line = Assert.Single(site.All("event"));
        Assert.Equal((expected, startsAt), ((string?)line["timeZone"], (string?)line["startsAt"]));
        Assert.Equal(
            zone is "UTC-3.5" or "Mars/Olympus",
            site.Export.Notes.Any(note => note.Text.Contains("has no name in the time zone database", StringComparison.Ordinal))
        );
    }

    // As The Events Calendar 6.17.2 keeps what was entered with UTC+1: its time in UTC is that of Paris, in summer.
    [Theory]
    [InlineData("UTC+1", "2027-06-10T17:30:00Z")]
    [InlineData("Europe/Paris", "2027-06-10T16:30:00Z")]
    public void Of_a_distance_from_UTC_the_time_by_its_clock_counts(string zone, string startsAt)
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                type: "tribe_events",
                more: Wxr.Meta("_EventStartDate", "2027-06-10 18:30:00")
                    + Wxr.Meta("_EventStartDateUTC", "2027-06-10 16:30:00")
                    + Wxr.Meta("_EventTimezone", zone)
            )
        );
        Assert.Equal(startsAt, (string?)Assert.Single(site.All("event"))["startsAt"]);
    }

    [Theory]
    [InlineData("2026-10-02 00:00:00", "2026-10-02 23:59:59", "2026-10-02", "2026-10-02")]
    [InlineData("2026-10-02 00:00:00", "2026-10-04 23:59:59", "2026-10-02", "2026-10-04")]
    // Where days begin at six in the morning.
    [InlineData("2026-10-02 06:00:00", "2026-10-03 05:59:59", "2026-10-02", "2026-10-02")]
    [InlineData("2026-10-02 00:00:00", "2026-10-01 23:59:59", "2026-10-02", "2026-10-02")]
    [InlineData("2026-10-02 00:00:00", "", "2026-10-02", "2026-10-02")]
    public void Whole_days_are_the_days_that_were_entered(string start, string end, string startsOn, string endsOn)
    {
        // What stands there in UTC is another day.
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                type: "tribe_events",
                more: Wxr.Meta("_EventAllDay", "yes")
                    + Wxr.Meta("_EventStartDate", start)
                    + Wxr.Meta("_EventEndDate", end)
                    + Wxr.Meta("_EventStartDateUTC", "2026-10-01 23:00:00")
                    + Wxr.Meta("_EventTimezone", "UTC+1")
            )
        );
        var line = Assert.Single(site.All("event"));
        Assert.Equal(
            (true, startsOn, endsOn, "Etc/GMT-1"),
            ((bool)line["allDay"]!, (string?)line["startsOn"], (string?)line["endsOn"], (string?)line["timeZone"])
        );
        Assert.False(line.ContainsKey("startsAt"));
    }

    [Fact]
    public void Status_and_mode_come_through()
    {
        var site = Wxr.Of(
            Tribe("1", "off", Wxr.Meta("_tribe_events_status", "canceled")),
            Tribe("2", "later", Wxr.Meta("_tribe_events_status", "postponed")),
            Tribe(
                "3",
                "online",
                Wxr.Meta("_tribe_events_is_virtual", "yes") + Wxr.Meta("_tribe_events_virtual_url", "https://video.example.org/x")
            ),
            Tribe("4", "both", Wxr.Meta("_tribe_events_is_virtual", "yes") + Wxr.Meta("_tribe_virtual_events_type", "hybrid"))
        );
        Assert.Equal(["cancelled", "postponed", "scheduled", "scheduled"], site.All("event").Select(line => (string?)line["status"]));
        Assert.Equal([null, null, "virtual", "hybrid"], site.All("event").Select(line => (string?)line["mode"]));
        Assert.Equal("https://video.example.org/x", (string?)site.Get("event", "online")["registrationUrl"]);
    }

    [Fact]
    public void An_organiser_who_is_one_of_the_people_is_linked_and_any_other_is_noted()
    {
        static string Organizer(string id, string name) =>
            Wxr.Post(id, name, type: "tribe_organizer", more: Wxr.Meta("_OrganizerEmail", "x@harbor.example"));
        var site = Wxr.Of(
            Tribe("1", "talk", Wxr.Meta("_EventOrganizerID", "71") + Wxr.Meta("_EventOrganizerID", "72")),
            Organizer("71", "Ada Moreau"),
            Organizer("72", "Port Authority"),
            Wxr.Post("9", "Ada Moreau", "ada", type: "staff")
        );
        Assert.Equal([("ada", "organizer")], People(site.Get("event", "talk")));
        site.HasNote("its organiser, 'Port Authority', is left out: no author and no profile is called so");
        Assert.DoesNotContain("harbor.example", site.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_come_is_noted_with_its_item()
    {
        var site = Wxr.Of(
            Tribe(
                "1",
                "weekly",
                Wxr.Meta("_EventRecurrence", """a:1:{s:5:"rules";a:1:{i:0;a:1:{s:4:"type";s:6:"Weekly";}}}""")
                    + Wxr.Meta("_EventCost", "25")
            ),
            Tribe("2", "once", Wxr.Meta("_EventRecurrence", """a:2:{s:5:"rules";a:0:{}s:10:"exclusions";a:0:{}}"""))
        );
        Assert.Equal(
            [1],
            site.Export.Notes.Where(note => note.Text.StartsWith("it recurs: ", StringComparison.Ordinal)).Select(note => note.Item)
        );
        Assert.Equal([1], site.Export.Notes.Where(note => note.Text == "its price, '25', is left out").Select(note => note.Item));
    }

    [Fact]
    public void Events_of_Events_Manager_come_through()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "11",
                "Launch",
                "launch",
                type: "event",
                more: Em("2027-06-10", "18:30:00", "2027-06-10", "20:00:00", "Europe/Berlin")
                    + Wxr.Meta("_location_id", "3")
                    + Wxr.Meta("_event_rsvp", "1")
            ),
            Wxr.Post(
                "12",
                "Fair",
                "fair",
                type: "event",
                more: Em("2027-06-10", "00:00:00", "2027-06-12", "23:59:59", "UTC+2")
                    + Wxr.Meta("_event_all_day", "1")
                    + Wxr.Meta("_event_active_status", "0")
            ),
            Wxr.Post(
                "13",
                "Online",
                "online",
                type: "event",
                more: Em("2027-06-10", "18:30:00", "", "", "")
                    + Wxr.Meta("_event_location_type", "url")
                    + Wxr.Meta("_event_location_url", "https://video.example.org/x")
            ),
            Wxr.Post("14", "Pattern", type: "event-recurring"),
            Wxr.Post(
                "15",
                "Beispielwerft",
                type: "location",
                more: Wxr.Meta("_location_id", "3")
                    + Wxr.Meta("_location_address", "Kai 2")
                    + Wxr.Meta("_location_town", "Hamburg")
                    + Wxr.Meta("_location_postcode", "20457")
                    + Wxr.Meta("_location_country", "DE")
            )
        );
        var launch = site.Get("event", "launch");
        Assert.Equal(
            ("2027-06-10T16:30:00Z", "2027-06-10T18:00:00Z", "Europe/Berlin", "Beispielwerft, Kai 2, 20457 Hamburg, Germany"),
            ((string?)launch["startsAt"], (string?)launch["endsAt"], (string?)launch["timeZone"], (string?)launch["location"])
        );
        var fair = site.Get("event", "fair");
        Assert.Equal(
            ("2027-06-10", "2027-06-12", "Etc/GMT-2", "cancelled"),
            ((string?)fair["startsOn"], (string?)fair["endsOn"], (string?)fair["timeZone"], (string?)fair["status"])
        );
        Assert.Equal(
            ("virtual", "https://video.example.org/x", null),
            (
                (string?)site.Get("event", "online")["mode"],
                (string?)site.Get("event", "online")["registrationUrl"],
                (string?)site.Get("event", "online")["endsAt"]
            )
        );
        site.HasNote("its bookings are left out");
        site.HasNote("1 × item of type 'event-recurring' left out: it is the pattern of a series, whose dates are events of their own");
        Assert.DoesNotContain(site.Export.Notes, note => note.Text.Contains("'location'", StringComparison.Ordinal));
    }

    // Since version 7 a rule is one event, with the first and the last date of all.
    [Theory]
    [InlineData("18:00:00", "19:00:00", "2027-09-01T17:00:00Z")]
    [InlineData("22:00:00", "01:00:00", "2027-09-01T23:00:00Z")]
    public void Of_a_recurring_event_of_Events_Manager_the_first_date_is_kept(string from, string to, string endsAt)
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                "Series",
                "series",
                type: "event",
                more: Em("2027-09-01", from, "2027-09-29", to, "Europe/Berlin") + Wxr.Meta("_event_type", "recurring")
            ),
            Wxr.Post(
                "2",
                "One of them",
                "one",
                type: "event",
                more: Em("2027-09-29", from, "2027-09-29", "23:00:00", "Europe/Berlin")
                    + Wxr.Meta("_event_type", "recurrence")
                    + Wxr.Meta("_recurrence_set_id", "2")
            ),
            Wxr.Post(
                "3",
                "Days",
                "days",
                type: "event",
                more: Em("2027-09-01", "00:00:00", "2027-09-29", "23:59:59", "Europe/Berlin")
                    + Wxr.Meta("_event_type", "recurring")
                    + Wxr.Meta("_event_all_day", "1")
            )
        );
        Assert.Equal(endsAt, (string?)site.Get("event", "series")["endsAt"]);
        Assert.Equal(
            ("2027-09-01", "2027-09-01"),
            ((string?)site.Get("event", "days")["startsOn"], (string?)site.Get("event", "days")["endsOn"])
        );
        Assert.Equal(
            [1, 3],
            site.Export.Notes.Where(note => note.Text == "it recurs, the last time on 2027-09-29: only its first date is kept")
                .Select(note => note.Item)
        );
        site.HasNote("1 × event that is one of a series: each is an event of its own");
    }

    [Fact]
    public void What_editors_wrote_into_fields_of_Modern_Events_Calendar_and_has_no_place_here_is_noted()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                type: "mec-events",
                more: Wxr.Meta("mec_start_date", "2027-06-10")
                    + Wxr.Meta("mec_cost", "10 €")
                    + Wxr.Meta("mec_comment", "Doors open at 7")
                    + Wxr.Meta("mec_cancelled_reason", "Storm")
                    + Wxr.Meta("mec_hourly_schedules", """a:1:{i:1;a:2:{s:5:"title";s:5:"Day 1";s:9:"schedules";a:0:{}}}""")
            )
        );
        Assert.Equal(
            [
                "its price, '10 €', is left out",
                "the remark on its time, 'Doors open at 7', is left out",
                "the reason why it was cancelled, 'Storm', is left out",
                "its hourly schedule is left out",
            ],
            site.Export.Notes.Where(note => note.Item == 1).Select(note => note.Text)
        );
    }

    [Fact]
    public void Events_of_Modern_Events_Calendar_come_through()
    {
        static string Filed(string taxonomy, string slug, string name) =>
            $"""<category domain="{taxonomy}" nicename="{slug}"><![CDATA[{name}]]></category>""";
        static string Term(string taxonomy, string id, string slug, string name, string meta = "") =>
            $"<wp:term><wp:term_id>{id}</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy><wp:term_slug>{slug}</wp:term_slug><wp:term_name>{name}</wp:term_name>{meta}</wp:term>";
        static string Mec(string day, string from, string to) =>
            Wxr.Meta("mec_start_date", day)
            + Wxr.Meta("mec_start_day_seconds", from)
            + Wxr.Meta("mec_end_date", day)
            + Wxr.Meta("mec_end_day_seconds", to);
        var site = Wxr.Of(
            Term(
                "mec_location",
                "21",
                "wharf",
                "Example Wharf",
                "<wp:termmeta><wp:meta_key>address</wp:meta_key><wp:meta_value>Kai 2, Hamburg</wp:meta_value></wp:termmeta>"
            ),
            Term(
                "mec_organizer",
                "22",
                "port-authority",
                "Port Authority",
                "<wp:termmeta><wp:meta_key>email</wp:meta_key><wp:meta_value>x@harbor.example</wp:meta_value></wp:termmeta>"
            ),
            Wxr.Post(
                "1",
                "Evening",
                "evening",
                type: "mec-events",
                more: Mec("2027-06-10", "66600", "72000")
                    + Wxr.Meta("mec_timezone", "Europe/Berlin")
                    + Wxr.Meta("mec_location_id", "21")
                    + Wxr.Meta("mec_organizer_id", "22")
                    + Wxr.Meta("mec_more_info", "https://tickets.example.org/e")
                    + Filed("mec_location", "wharf", "Example Wharf")
                    + Filed("mec_organizer", "port-authority", "Port Authority")
                    + Filed("mec_category", "ports", "Ports")
                    + Filed("mec_speaker", "lin-yu", "Lin Yu")
            ),
            Wxr.Post(
                "2",
                "Day",
                "day",
                type: "mec-events",
                more: Mec("2027-06-11", "28800", "64800")
                    + Wxr.Meta("mec_allday", "1")
                    + Wxr.Meta("mec_timezone", "global")
                    + Wxr.Meta("mec_location_id", "1")
                    + Wxr.Meta("mec_event_status", "EventPostponed")
            ),
            Wxr.Post(
                "3",
                "Series",
                "series",
                type: "mec-events",
                more: Mec("2027-06-12", "66600", "72000")
                    + Wxr.Meta("mec_hide_end_time", "1")
                    + Wxr.Meta("mec_repeat_status", "1")
                    + Wxr.Meta("mec_tickets", """a:1:{i:1;a:1:{s:5:"price";s:2:"25";}}""")
                    + Filed("mec_location", "quay", "Quay")
            )
        );
        var evening = site.Get("event", "evening");
        Assert.Equal(
            ("2027-06-10T16:30:00Z", "2027-06-10T18:00:00Z", "Example Wharf, Kai 2, Hamburg", "https://tickets.example.org/e"),
            ((string?)evening["startsAt"], (string?)evening["endsAt"], (string?)evening["location"], (string?)evening["registrationUrl"])
        );
        Assert.Equal(["ports"], site.Slugs("topic"));
        Assert.Equal([("lin-yu", "speaker")], People(evening));
        Assert.Equal("published", (string?)site.Get("expert", "lin-yu")["publicationStatus"]);
        var day = site.Get("event", "day");
        Assert.Equal(
            ("2027-06-11", "2027-06-11", null, "postponed"),
            ((string?)day["startsOn"], (string?)day["endsOn"], (string?)day["location"], (string?)day["status"])
        );
        Assert.Equal((null, "Quay"), ((string?)site.Get("event", "series")["endsAt"], (string?)site.Get("event", "series")["location"]));
        site.HasNote("it recurs: ");
        site.HasNote("its tickets are left out");
        site.HasNote("its organiser, 'Port Authority', is left out");
        Assert.DoesNotContain("harbor.example", site.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_names_fields_for_whole_days_and_status()
    {
        var site = Wxr.Mapped(
            """{"postTypes": {"talk": {"to": "event", "fields": {"startsAt": "from", "endsAt": "to", "allDay": "whole", "status": "state"}}}}""",
            Wxr.Post(
                "1",
                "Days",
                "days",
                type: "talk",
                more: Wxr.Meta("from", "20270610") + Wxr.Meta("to", "20270611") + Wxr.Meta("whole", "true") + Wxr.Meta("state", "Cancelled")
            )
        );
        var line = site.Get("event", "days");
        Assert.Equal(
            ("2027-06-10", "2027-06-11", "cancelled"),
            ((string?)line["startsOn"], (string?)line["endsOn"], (string?)line["status"])
        );
    }

    private static string Em(string startDay, string startTime, string endDay, string endTime, string zone) =>
        Wxr.Meta("_event_start_date", startDay)
        + Wxr.Meta("_event_start_time", startTime)
        + Wxr.Meta("_event_end_date", endDay)
        + Wxr.Meta("_event_end_time", endTime)
        + Wxr.Meta("_event_timezone", zone);

    private static string Tribe(string id, string slug, string more) =>
        Wxr.Post(
            id,
            "An event",
            slug,
            type: "tribe_events",
            more: Wxr.Meta("_EventStartDate", "2026-09-10 18:30:00")
                + Wxr.Meta("_EventStartDateUTC", "2026-09-10 16:30:00")
                + Wxr.Meta("_EventTimezone", "Europe/Berlin")
                + more
        );

    private static string Venue(string id, string name, params (string Field, string Value)[] fields) =>
        Wxr.Post(id, name, type: "tribe_venue", more: string.Concat(fields.Select(field => Wxr.Meta($"_Venue{field.Field}", field.Value))));

    private static IEnumerable<(string?, string?)> People(JsonObject line) =>
        line["experts"]!.AsArray().Select(expert => ((string?)expert!["slug"], (string?)expert["role"]));
}
