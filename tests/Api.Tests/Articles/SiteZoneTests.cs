using System.Text.Json.Nodes;
using Api.Http.Site;
using Api.Tests.Support;

namespace Api.Tests.Articles;

/// <summary>
/// Dates and years in the site's zone, for every zone of <see cref="ChangedZone"/> as the site's, on a PostgreSQL that has zones of its
/// own.
/// </summary>
public class SiteZoneTests(TestServer server, SiteZoneTests.Content content) : IClassFixture<SiteZoneTests.Content>
{
    [Fact]
    public async Task Members_filters_and_facets_tell_the_same_day_and_year()
    {
        await Parallel.ForEachAsync(
            ChangedZone.All,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (zone, _) =>
            {
                await using var api = await UncachedNode.Start(server, content.Connections, zone.Name);
                await Same(api, zone);
            }
        );
    }

    private static async Task Same(UncachedNode api, ChangedZone zone)
    {
        var of = $"/v1/articles?slug={zone.Slug}-before,{zone.Slug}-after&sort=publishedAt";
        var day = DateOnly.FromDateTime(zone.Clock.Date);
        string[] days = [$"{day.AddDays(-1):yyyy-MM-dd}", $"{day:yyyy-MM-dd}"];
        var both = await api.GetJson($"{of}&facets=year");
        Assert.True(
            days.SequenceEqual(both.Texts("publishedDate")),
            $"{zone.Name}: {string.Join(' ', both.Texts("publishedDate"))}, not {string.Join(' ', days)}"
        );
        Assert.Equal([$"{zone.Slug}-after"], await api.Slugs($"{of}&publishedFrom={days[1]}&publishedTo={days[1]}"));
        Assert.Equal([$"{zone.Slug}-before"], await api.Slugs($"{of}&publishedFrom={days[0]}&publishedTo={days[0]}"));

        var newYear = $"/v1/articles?slug={zone.Slug}-old,{zone.Slug}-new";
        Assert.Equal(new() { ["2025"] = 1, ["2026"] = 1 }, Years(await api.GetJson($"{newYear}&facets=year&limit=0")));
        Assert.Equal([$"{zone.Slug}-old"], await api.Slugs($"{newYear}&year=2025"));
        Assert.Equal([$"{zone.Slug}-new"], await api.Slugs($"{newYear}&year=2026"));

        // What each year is said to have is there with that year; of all articles, and of those with a word, which are the same.
        var years = Years(await api.GetJson("/v1/articles?facets=year&limit=0"));
        Assert.Equal(years, Years(await api.GetJson("/v1/articles?q=text&facets=year&limit=0")));
        Assert.Equal(4 * ChangedZone.All.Count, years.Values.Sum());
        foreach (var (year, count) in years)
            Assert.Equal(
                (zone.Name, year, count),
                (zone.Name, year, (await api.GetJson($"/v1/articles?year={year}&limit=1"))["page"]!["total"]!.GetValue<int>())
            );
    }

    private static Dictionary<string, int> Years(JsonNode page) =>
        page["facets"]!["year"]!
            .AsArray()
            .ToDictionary(value => value!["value"]!.GetValue<string>(), value => value!["count"]!.GetValue<int>());

    /// <summary>
    /// Articles of the last second before midnight and the first after it, in each zone: of a day that old rules begin at another hour, and
    /// of a year.
    /// </summary>
    public class Content(TestServer server) : ApiFixture(server)
    {
        private static readonly DateOnly NewYear = new(2026, 1, 1);

        protected override Task Seed() =>
            Import([
                Some.ArticleType(new { slug = "brief" }),
                .. ChangedZone.All.SelectMany(zone =>
                    new (string End, DateTime At)[]
                    {
                        ("before", zone.Midnight.AddSeconds(-1)),
                        ("after", zone.Midnight),
                        ("old", Start(zone).AddSeconds(-1)),
                        ("new", Start(zone)),
                    }.Select(one => Some.Article(new { slug = $"{zone.Slug}-{one.End}", publishedAt = one.At }))
                ),
            ]);

        private static DateTime Start(ChangedZone zone) => TimeZones.StartOf(NewYear, TimeZones.Find(zone.Name)!);
    }
}
