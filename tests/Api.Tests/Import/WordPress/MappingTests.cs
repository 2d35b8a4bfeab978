using Api.Import.Lines.Values;
using Api.Import.WordPress.Wxr;
using Api.Tests.Support;

namespace Api.Tests.Import.WordPress;

public class MappingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Calendar = """
        {
          // What our site calls things.
          "postTypes": {
            "talk": { "to": "event", "fields": { "startsAt": "begins", "endsAt": "ends", "timeZone": "zone", "location": "place", "mode": "how", "registrationUrl": "sign_up" } },
            "colleague": { "to": "expert", "kind": "fellow", "fields": { "title": "job", "organization": "house" } },
            "analysis": { "to": "article", "type": "report" },
            "landing": { "to": "page" },
            "post": { "to": "article", "type": "commentary" },
            "product": { "to": "nothing" },
          },
          "taxonomies": {
            "area": { "to": "topic", "kind": "region" },
            "format": { "to": "type" },
            "speakers": { "to": "expert", "role": "featured" },
            "internal": { "to": "nothing" },
          },
          "types": { "commentary": { "label": "Commentary", "pluralLabel": "Commentaries", "terms": ["Views"] } },
        }
        """;

    [Fact]
    public void Without_a_mapping_a_known_name_decides()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                "Sea lanes",
                "sea-lanes",
                type: "tribe_events",
                more: Wxr.Meta("_EventStartDateUTC", "2025-06-10 16:00:00") + Wxr.Meta("_EventTimezone", "America/New_York")
            ),
            Wxr.Post("2", "Ada Moreau", "ada", type: "staff"),
            Wxr.Post("3", "A report", "a-report", type: "reports"),
            Wxr.Post("4", "A chair", type: "product")
        );
        Assert.Equal("2025-06-10T16:00:00Z", (string?)site.Get("event", "sea-lanes")["startsAt"]);
        Assert.Equal("America/New_York", (string?)site.Get("event", "sea-lanes")["timeZone"]);
        Assert.Equal("staff", (string?)site.Get("expert", "ada")["kind"]);
        Assert.Equal("report", (string?)site.Get("article", "a-report")["type"]);
        Assert.DoesNotContain("A chair", site.Json, StringComparison.Ordinal);
        site.HasNote("1 × item of type 'product' left out: a mapping file can say what they are");
    }

    [Fact]
    public void Post_types_become_what_the_mapping_says()
    {
        var site = Wxr.Mapped(
            Calendar,
            Wxr.Post(
                "1",
                "A talk",
                "a-talk",
                type: "talk",
                more: Wxr.Meta("begins", "2025-06-10 18:30")
                    + Wxr.Meta("ends", "2025-06-10 20:00")
                    + Wxr.Meta("zone", "Europe/Rome")
                    + Wxr.Meta("place", "Hall 2 &amp; foyer")
                    + Wxr.Meta("how", "Hybrid")
                    + Wxr.Meta("sign_up", "https://example.org/go")
                    + Wxr.Meta("secret", "xyzzy")
            ),
            Wxr.Post(
                "2",
                "Bea Ortiz",
                "bea",
                content: "She writes.",
                type: "colleague",
                more: Wxr.Meta("job", "Fellow") + Wxr.Meta("house", "Harbor Institute")
            ),
            Wxr.Post("3", "Analysed", "analysed", type: "analysis"),
            Wxr.Post("4", "Landed", "landed", type: "landing"),
            Wxr.Post("5", "A chair", type: "product")
        );
        var talk = site.Get("event", "a-talk");
        Assert.Equal(
            ("2025-06-10T16:30:00Z", "2025-06-10T18:00:00Z", "Europe/Rome", "Hall 2 & foyer", "hybrid", "https://example.org/go"),
            (
                (string?)talk["startsAt"],
                (string?)talk["endsAt"],
                (string?)talk["timeZone"],
                (string?)talk["location"],
                (string?)talk["mode"],
                (string?)talk["registrationUrl"]
            )
        );
        var bea = site.Get("expert", "bea");
        Assert.Equal(
            ("Fellow", "Harbor Institute", "fellow", "<p>She writes.</p>"),
            ((string?)bea["title"], (string?)bea["organization"], (string?)bea["kind"], (string?)bea["bioHtml"])
        );
        Assert.Equal("report", (string?)site.Get("article", "analysed")["type"]);
        Assert.NotNull(site.Get("page", "landed"));
        Assert.DoesNotContain("A chair", site.Json, StringComparison.Ordinal);
        Assert.DoesNotContain("xyzzy", site.Json, StringComparison.Ordinal);
        Assert.Equal("events/a-talk", site.Redirect("/?p=1"));
    }

    [Fact]
    public void Taxonomies_and_types_become_what_the_mapping_says()
    {
        var site = Wxr.Mapped(
            Calendar,
            Wxr.Post(
                "1",
                "First",
                "first",
                more: Term("area", "Levant") + Term("format", "Long read") + Term("internal", "check") + Term("speakers", "Cato Lind")
            ),
            Wxr.Post("2", "Second", "second", more: Term("category", "Views")),
            Wxr.Post("3", "Third", "third")
        );
        Assert.Equal("region", (string?)site.Get("topic", "levant")["kind"]);
        Assert.Equal(["levant"], site.Slugs("topic"));
        Assert.Equal("long-read", (string?)site.Get("article", "first")["type"]);
        Assert.Equal("Long read", (string?)site.Get("articleType", "long-read")["label"]);
        Assert.Equal(
            [("ada", "author"), ("cato-lind", "featured")],
            site.Get("article", "first")["experts"]!.AsArray().Select(e => ((string)e!["slug"]!, (string)e["role"]!))
        );
        Assert.Equal("commentary", (string?)site.Get("article", "second")["type"]);
        Assert.Equal("commentary", (string?)site.Get("article", "third")["type"]);
        Assert.Equal("Commentaries", (string?)site.Get("articleType", "commentary")["pluralLabel"]);
    }

    [Fact]
    public void An_author_and_a_profile_of_the_same_name_are_one_person()
    {
        var site = Wxr.Of(
            "<wp:author><wp:author_id>7</wp:author_id><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Moreau</wp:author_display_name></wp:author>",
            Wxr.Post("1", "A text", "a-text"),
            Wxr.Post("2", "Ada Moreau", "dr-moreau", type: "people", status: "draft")
        );
        Assert.Equal(["dr-moreau"], site.Slugs("expert"));
        Assert.Equal("published", (string?)site.Get("expert", "dr-moreau")["publicationStatus"]);
        Assert.Equal("dr-moreau", (string?)site.Get("article", "a-text")["experts"]![0]!["slug"]);
    }

    [Fact]
    public void An_event_without_a_start_is_left_out_and_noted()
    {
        var site = Wxr.Mapped(Calendar, Wxr.Post("1", "Some day", type: "talk", more: Wxr.Meta("begins", "soon")));
        Assert.Empty(site.All("event"));
        site.HasNote("no start can be read from its custom field 'begins'");
    }

    [Theory]
    [InlineData("2025-01-10 12:00:00", "start", "Europe/Rome", "2025-01-10T11:00:00Z")]
    [InlineData("2025-07-10T12:00", "start", "Europe/Rome", "2025-07-10T10:00:00Z")]
    [InlineData("2025-03-30 02:30", "start", "Europe/Rome", "2025-03-30T01:30:00Z")] // the clocks skip that half hour
    [InlineData("2025-07-10 12:00:00", "start_gmt", "Europe/Rome", "2025-07-10T12:00:00Z")]
    [InlineData("20250710", "start", "Europe/Rome", "2025-07-09T22:00:00Z")]
    [InlineData("1752148800", "start", "Europe/Rome", "2025-07-10T12:00:00Z")]
    [InlineData("2025-07-10T12:00:00+05:00", "start", "Europe/Rome", "2025-07-10T07:00:00Z")]
    [InlineData("2025-07-10 12:00:00", "start", "UTC+2", "2025-07-10T10:00:00Z")]
    [InlineData("2025-07-10 12:00:00", "start", "", "2025-07-10T09:00:00Z")] // the site's own distance
    [InlineData("2025-07-10 12:00:00", "start", "UTC-3.5", "2025-07-10T15:30:00Z")]
    [InlineData("soon", "start", "Europe/Rome", null)]
    [InlineData("0000-00-00 00:00:00", "start", "Europe/Rome", null)]
    public void Times_are_read_as_plugins_write_them(string text, string field, string zone, string? expected)
    {
        // The site is three hours from UTC.
        var site = Wxr.Mapped(
            """{"postTypes": {"talk": {"to": "event", "fields": {"startsAt": "FIELD", "timeZone": "zone"}}}}""".Replace(
                "FIELD",
                field,
                StringComparison.Ordinal
            ),
            Wxr.Post(
                "1",
                "A talk",
                type: "talk",
                more: "<wp:post_date>2024-01-02 06:04:05</wp:post_date>" + Wxr.Meta(field, text) + Wxr.Meta("zone", zone)
            )
        );
        Assert.Equal(expected, (string?)site.All("event").SingleOrDefault()?["startsAt"]);
    }

    [Theory]
    [InlineData(
        """{"postTypes": {"talk": {"to": "lecture"}}}""",
        "postTypes.talk.to: 'lecture' is not one of article, event, expert, page, nothing"
    )]
    [InlineData(
        """{"postTypes": {"talk": {"to": "event", "fields": {"start": "x"}}}}""",
        "postTypes.talk.fields: 'start' is not one of startsAt"
    )]
    [InlineData("""{"postTypes": {"talk": {"to": "page", "type": "report"}}}""", "postTypes.talk.type: only articles have a type")]
    [InlineData("""{"postTypes": {"talk": {}}}""", "$.postTypes.talk")]
    [InlineData("""{"postTypes": {"talk": null}}""", "postTypes.talk: it is null")]
    [InlineData("""{"posttypes": {}}""", "posttypes")]
    [InlineData("""{"taxonomies": {"area": {"to": "topic", "kind": "sea"}}}""", "taxonomies.area.kind: 'sea' is not one of region")]
    [InlineData("""{"types": {"Op Ed": {"label": "a", "pluralLabel": "b"}}}""", "types.Op Ed: 'Op Ed' is no slug")]
    [InlineData("{", "line 1")]
    public void A_mapping_that_is_wrong_says_where(string json, string where) =>
        Assert.Contains(where, Assert.Throws<WordPressFileException>(() => Wxr.Mapping(json)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_comes_out_is_taken_whole()
    {
        var site = Wxr.Mapped(
            Calendar,
            Wxr.Post(
                "1",
                "A talk",
                "mapped-talk",
                type: "talk",
                status: "future",
                more: Wxr.Meta("begins", "2025-06-10 18:30") + Term("area", "Levant")
            ),
            Wxr.Post("2", "Bea Ortiz", "mapped-bea", type: "colleague"),
            Wxr.Post("3", "Analysed", "mapped-analysis", type: "analysis", more: Term("speakers", "Bea Ortiz"))
        );
        await api.Import([.. site.Lines.Select(line => line.Value.ToJsonString())]);
        Assert.Equal("mapped-bea", (string?)(await api.GetJson("/v1/articles/mapped-analysis"))["data"]!["experts"]![1]!["slug"]);
        Assert.Equal("mapped-talk", (string?)(await api.GetJson("/v1/events/mapped-talk"))["data"]!["slug"]);
    }

    private static string Term(string taxonomy, string name) =>
        $"<category domain=\"{taxonomy}\" nicename=\"{Slugs.FromText(name)}\"><![CDATA[{name}]]></category>";
}
