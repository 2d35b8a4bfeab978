using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Api.EndToEnd.Support;
using Api.Http.Site;
using Api.Tests.Support;

namespace Api.EndToEnd.Nodes;

/// <summary>Every format tells the same hour of the same instant, though the machine's time zones are wrong, all of them.</summary>
public partial class ZoneTests(WrongZonesNode api) : IClassFixture<WrongZonesNode>
{
    [Fact]
    public async Task Every_format_tells_the_hour_that_the_clocks_show()
    {
        var calendar = Unfold(await api.Text("/v1/events.ics?when=all"));
        var feeds = new Dictionary<string, string>
        {
            ["rss"] = XDocument.Parse(await api.Text("/v1/events.rss?limit=100")).Root!.Value,
            ["atom"] = XDocument.Parse(await api.Text("/v1/events.atom?limit=100")).Root!.Value,
            ["json"] = string.Join(
                '\n',
                (await api.Json("/v1/events.feed.json?limit=100"))["items"]!
                    .AsArray()
                    .Select(item => item!["content_html"]!.GetValue<string>())
            ),
        };
        var table = (await api.Text("/v1/events.csv?limit=100")).Split("\r\n");
        foreach (var zone in ChangedZone.All)
            await Same(zone, calendar, feeds, table);
    }

    [Theory]
    [InlineData("vancouver-2027", "America/Vancouver", "13:00", "-07:00")]
    [InlineData("edmonton-2027", "America/Edmonton", "14:00", "-06:00")]
    public async Task Winter_in_the_west_of_Canada_is_on_the_clocks_of_summer(string slug, string zone, string hour, string offset)
    {
        Assert.Equal($"2027-01-15T{hour}:00{offset}", (await api.Json($"/v1/events/{slug}.jsonld"))["startDate"]!.GetValue<string>());
        Assert.Contains($"Friday, January 15, 2027, {hour}–", await api.Text($"/v1/events.rss?slug={slug}"), StringComparison.Ordinal);
        var calendar = Unfold(await api.Text($"/v1/events.ics?slug={slug}"));
        Assert.Contains(
            $"\nDTSTART;TZID={zone}:20270115T{hour.Replace(":", "", StringComparison.Ordinal)}00\n",
            calendar,
            StringComparison.Ordinal
        );
        Assert.Equal(offset.Replace(":", "", StringComparison.Ordinal), OffsetAt(calendar, zone, "20270115T120000"));
    }

    [Fact]
    public async Task The_date_of_an_article_is_the_same_in_members_filters_facets_and_formats()
    {
        const string path = "/v1/articles?slug=late-evening";
        Assert.Equal("2026-11-20", (await api.Json("/v1/articles/late-evening"))["data"]!["publishedDate"]!.GetValue<string>());
        Assert.Equal(1, await Total($"{path}&publishedFrom=2026-11-20&publishedTo=2026-11-20"));
        Assert.Equal(0, await Total($"{path}&publishedTo=2026-11-19"));
        Assert.Contains(",2026-11-20,", await api.Text($"/v1/articles.csv?slug=late-evening"), StringComparison.Ordinal);
        Assert.Contains("date = {2026-11-20}", await api.Text("/v1/articles/late-evening.bib"), StringComparison.Ordinal);
        Assert.Contains("DA  - 2026/11/20", await api.Text("/v1/articles/late-evening.ris"), StringComparison.Ordinal);
        var updated = (await api.Json("/v1/articles/late-evening"))["data"]!["updatedAt"]!.GetValue<string>();
        Assert.Equal(
            DateTimeOffset.Parse(updated, CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(LastModified().Match(await api.Text("/sitemap.xml")).Groups[1].Value, CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public async Task The_index_says_which_database_decides()
    {
        var version = (await api.Json("/v1"))["data"]!["site"]!["timeZoneDatabase"]!.GetValue<string>();
        Assert.Equal(TimeZones.Version, version);
        Assert.Matches("^20[0-9]{2}[a-z]$", version);
    }

    [Fact]
    public async Task A_zone_that_is_not_in_it_is_refused()
    {
        var (said, code) = await api.Import(
            new[] { "Mars/Olympus", "UTC+1", "W. Europe Standard Time", "posix/Europe/Berlin" }.Select(
                (timeZone, n) => Some.Event(new { slug = $"nowhere-{n}", timeZone })
            )
        );
        Assert.Equal(1, code);
        for (var n = 0; n < 4; n++)
            Assert.Matches($"nowhere-{n}: [^\n]*timeZone[^\n]*an IANA time zone such as America/New_York", said);
    }

    private async Task Same(ChangedZone zone, string calendar, Dictionary<string, string> feeds, string[] table)
    {
        var clock = zone.Clock;
        string Told(string format) => clock.ToString(format, CultureInfo.InvariantCulture);
        Assert.Equal(Told("yyyy-MM-dd'T'HH:mm:sszzz"), (await api.Json($"/v1/events/{zone.Slug}.jsonld"))["startDate"]!.GetValue<string>());
        foreach (var (format, feed) in feeds)
        {
            var words = $"{Told("dddd, MMMM d, yyyy, HH:mm")}–{clock.AddMinutes(15):HH:mm} ({zone.Name})";
            Assert.True(
                feed.Contains(words, StringComparison.Ordinal),
                $"{format} does not say {words}, but {Regex.Match(feed, $".{{60}}\\({zone.Name}\\)")}"
            );
        }
        var local = Told("yyyyMMdd'T'HHmmss");
        var entry = Regex
            .Match(calendar, $"BEGIN:VEVENT\n(?:(?!END:VEVENT).)*/events/{zone.Slug}\n.*?END:VEVENT", RegexOptions.Singleline)
            .Value;
        Assert.Contains($"\nDTSTART;TZID={zone.Name}:{local}\n", entry, StringComparison.Ordinal);
        Assert.Equal(Told("zzz").Replace(":", "", StringComparison.Ordinal), OffsetAt(calendar, zone.Name, local));
        var instant = zone.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Contains(
            table,
            row =>
                row.StartsWith($"{zone.Slug},", StringComparison.Ordinal)
                && row.Contains(instant, StringComparison.Ordinal)
                && row.Contains(zone.Name, StringComparison.Ordinal)
        );
    }

    private async Task<int> Total(string path) => (await api.Json(path))["page"]!["total"]!.GetValue<int>();

    private static string Unfold(string calendar) =>
        calendar.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal);

    // What a reader of the calendar takes for the distance from UTC: that of the last change before a local time.
    private static string OffsetAt(string calendar, string zone, string local)
    {
        var described = Regex.Match(calendar, $"BEGIN:VTIMEZONE\nTZID:{zone}\n.*?END:VTIMEZONE", RegexOptions.Singleline).Value;
        return Change()
            .Matches(described)
            .Select(change => (Start: change.Groups[1].Value, Offset: change.Groups[2].Value))
            .Where(change => string.CompareOrdinal(change.Start, local) <= 0)
            .MaxBy(change => change.Start)
            .Offset;
    }

    [GeneratedRegex("DTSTART:([0-9T]+)\n(?:TZNAME:[^\n]*\n)?TZOFFSETFROM:[^\n]*\nTZOFFSETTO:([^\n]*)")]
    private static partial Regex Change();

    [GeneratedRegex("/articles/late-evening</loc>.*?<lastmod>([^<]*)</lastmod>", RegexOptions.Singleline)]
    private static partial Regex LastModified();
}
