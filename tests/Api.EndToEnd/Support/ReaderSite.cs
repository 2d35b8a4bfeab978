using Api.Tests.Support;

namespace Api.EndToEnd.Support;

/// <summary>
/// The demo content, and beside it what readers stumble over: markup and TeX in titles, scripts from right to left, names of many kinds,
/// days on which clocks change.
/// </summary>
public sealed class ReaderSite(TestServer server) : ApiFixture(server)
{
    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address => Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    protected override async Task Seed()
    {
        await DemoSite.Load(ContentDatabase);
        await Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Topic(new { slug = "odd", name = "R&D <odd>; שלום" }),
            Some.Expert(
                new
                {
                    slug = "odd-expert",
                    name = "نور الدين & Co",
                    givenName = "نور",
                    familyName = "الدين & Co",
                }
            ),
            Some.Article(
                new
                {
                    slug = "odd-title",
                    title = "Q&A <b>not bold</b>: “5 > 3”, 50%_#1",
                    publishedAt = "2026-01-05T17:45:00Z",
                    topics = new[] { "odd" },
                    experts = new[] { new { slug = "odd-expert", role = "author" } },
                }
            ),
            Some.Article(
                new
                {
                    slug = "odd-script",
                    title = "שלום, مرحبا and 🌏 together",
                    language = "he",
                    bodyHtml = "<p>שלום &amp; <em>مرحبا</em> ]]&gt; 🌏</p>",
                    publishedAt = "2026-01-06T23:59:59Z",
                }
            ),
            Some.Article(
                new
                {
                    slug = "odd-source",
                    publishedAt = "2026-01-07T13:00:00Z",
                    source = new
                    {
                        slug = "odd-outlet",
                        name = "Daily & <Co>",
                        url = "https://example.org/a?b=1&c=2",
                    },
                    corrections = new[] { new { at = "2026-01-08T02:00:00Z", textHtml = "It was <em>3 &lt; 4</em>." } },
                    files = new[]
                    {
                        new
                        {
                            url = "https://example.org/r.pdf",
                            label = "PDF & more",
                            mediaType = "application/pdf",
                            bytes = 12345,
                        },
                    },
                    translations = new[] { new { slug = "odd-script" } },
                }
            ),
            Some.Article(
                new
                {
                    slug = "odd-retracted",
                    publicationStatus = "retracted",
                    title = "Retracted",
                }
            ),
            Some.ArticleType(new { slug = "report" }),
            Some.Expert(
                new
                {
                    slug = "cited-van",
                    name = "Joost van den Heuvel",
                    givenName = "Joost",
                    familyName = "van den Heuvel",
                }
            ),
            Some.Expert(
                new
                {
                    slug = "cited-jr",
                    name = "Ann B. Stone, Jr.",
                    givenName = "Ann B.",
                    familyName = "Stone, Jr.",
                }
            ),
            Some.Expert(
                new
                {
                    slug = "cited-iii",
                    name = "Karl Field III",
                    givenName = "Karl",
                    familyName = "Field III",
                }
            ),
            Some.Expert(
                new
                {
                    slug = "cited-y",
                    name = "Inés de la Peña y Solís",
                    givenName = "Inés",
                    familyName = "de la Peña y Solís",
                }
            ),
            Some.Expert(
                new
                {
                    slug = "cited-han",
                    name = "王小明",
                    givenName = "小明",
                    familyName = "王",
                }
            ),
            Some.Expert(
                new
                {
                    slug = "cited-one",
                    name = "Suharto",
                    givenName = (string?)null,
                    familyName = (string?)null,
                }
            ),
            Some.Expert(
                new
                {
                    slug = "cited-body",
                    name = "Land and Sea Foundation",
                    givenName = (string?)null,
                    familyName = "Land and Sea Foundation",
                    photo = new
                    {
                        url = "https://example.org/b.png",
                        width = 3,
                        height = 2,
                    },
                }
            ),
            Some.Article(
                new
                {
                    slug = "cited-five",
                    type = "report",
                    title = "Five Authors on iPhones, the WTO and C_1 in {China}: 50% of $5 & #1 ~ x^2",
                    subtitle = "Why?",
                    doi = "10.1234/hi.2026.5_x",
                    experts = new[] { "cited-van", "cited-jr", "cited-iii", "cited-y", "cited-body" },
                    files = new[]
                    {
                        new
                        {
                            url = "https://example.org/five_1.pdf",
                            mediaType = "application/pdf",
                            bytes = 7,
                        },
                    },
                    publishedAt = "2026-02-01T12:00:00Z",
                }
            ),
            Some.Article(
                new
                {
                    slug = "cited-whole",
                    title = "If a < b, then <b> | \\ } {",
                    experts = new[] { "cited-one", "cited-body" },
                    summary = "",
                    publishedAt = "2026-02-02T12:00:00Z",
                }
            ),
            Some.Article(
                new
                {
                    slug = "引用",
                    title = "中国的港口：算术与耐心",
                    language = "zh-Hans",
                    experts = new[] { "cited-han" },
                    publishedAt = "2026-02-03T12:00:00Z",
                }
            ),
            Some.Article(
                new
                {
                    slug = "cited-others",
                    title = "On the Air: Trade & Peace",
                    source = new { name = "The Daily & Weekly", url = "https://example.org/a_b?x=1&y=50%25" },
                    experts = new[] { new { slug = "cited-y", role = "featured" } },
                    publishedAt = "2026-02-04T12:00:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "over-night",
                    title = "Over the change; of clocks, \\ and on",
                    startsAt = "2026-11-01T03:30:00Z",
                    endsAt = "2026-11-01T08:30:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "days",
                    mode = "in-person",
                    location = "Great Hall, 1 Main St; Boston",
                    startsAt = "2026-12-01T05:00:00Z",
                    endsAt = "2026-12-04T05:00:00Z",
                    image = new
                    {
                        url = "https://example.org/d.jpg",
                        width = 1200,
                        height = 800,
                    },
                }
            ),
            Some.Event(
                new
                {
                    slug = "open",
                    summary = "",
                    endsAt = (string?)null,
                    startsAt = "2026-12-05T15:00:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "tokyo",
                    title = "東京の会合",
                    timeZone = "Asia/Tokyo",
                    startsAt = "2026-12-08T01:00:00Z",
                    endsAt = "2026-12-08T02:00:00Z",
                    registrationUrl = "https://example.org/r?a=1,2;b",
                }
            ),
            // On these nights there is an hour that does not exist, and one that happens twice.
            Some.Event(
                new
                {
                    slug = "spring",
                    title = "Spring; forward, & <on>",
                    startsAt = "2026-03-08T06:30:00Z",
                    endsAt = "2026-03-08T07:30:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "autumn",
                    startsAt = "2026-11-01T05:30:00Z",
                    endsAt = "2026-11-01T06:30:00Z",
                    status = "postponed",
                }
            ),
            Some.Event(
                new
                {
                    slug = "tehran",
                    startsAt = "2015-03-21T20:00:00Z",
                    endsAt = "2015-03-22T10:00:00Z",
                    timeZone = "Asia/Tehran",
                    status = "cancelled",
                }
            ),
            Some.Event(
                new
                {
                    slug = "whole-days",
                    title = "Three days; in Tokyo",
                    allDay = true,
                    startsOn = "2026-10-02",
                    endsOn = "2026-10-04",
                    timeZone = "Asia/Tokyo",
                    startsAt = (string?)null,
                    endsAt = (string?)null,
                }
            ),
            Some.Event(
                new
                {
                    slug = "whole-day",
                    allDay = true,
                    startsOn = "2026-11-01",
                    status = "cancelled",
                    startsAt = (string?)null,
                    endsAt = (string?)null,
                }
            ),
            Some.Event(
                new
                {
                    slug = "lord-howe",
                    startsAt = "2026-04-04T14:30:00Z",
                    endsAt = "2026-04-04T16:00:00Z",
                    timeZone = "Australia/Lord_Howe",
                }
            )
        );
    }
}
