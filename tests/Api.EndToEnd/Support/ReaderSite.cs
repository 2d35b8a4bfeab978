using Api.Tests.Support;

namespace Api.EndToEnd.Support;

/// <summary>The demo content, and beside it what readers stumble over: markup in titles, scripts from right to left, days on which clocks change.</summary>
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
            Some.Expert(new { slug = "odd-expert", name = "نور الدين", givenName = "نور", familyName = "الدين & Co" }),
            Some.Article(new { slug = "odd-title", title = "Q&A <b>not bold</b>: “5 > 3”, 50%_#1", publishedAt = "2026-01-05T17:45:00Z", topics = new[] { "odd" }, experts = new[] { new { slug = "odd-expert", role = "author" } } }),
            Some.Article(new { slug = "odd-script", title = "שלום, مرحبا and 🌏 together", language = "he", bodyHtml = "<p>שלום &amp; <em>مرحبا</em> ]]&gt; 🌏</p>", publishedAt = "2026-01-06T23:59:59Z" }),
            Some.Article(new
            {
                slug = "odd-source",
                publishedAt = "2026-01-07T13:00:00Z",
                source = new { slug = "odd-outlet", name = "Daily & <Co>", url = "https://example.org/a?b=1&c=2" },
                corrections = new[] { new { at = "2026-01-08T02:00:00Z", textHtml = "It was <em>3 &lt; 4</em>." } },
                files = new[] { new { url = "https://example.org/r.pdf", label = "PDF & more", mediaType = "application/pdf", bytes = 12345 } },
                translations = new[] { new { slug = "odd-script" } },
            }),
            Some.Article(new { slug = "odd-retracted", publicationStatus = "retracted", title = "Retracted" }),
            // On these nights there is an hour that does not exist, and one that happens twice.
            Some.Event(new { slug = "spring", title = "Spring; forward, & <on>", startsAt = "2026-03-08T06:30:00Z", endsAt = "2026-03-08T07:30:00Z" }),
            Some.Event(new { slug = "autumn", startsAt = "2026-11-01T05:30:00Z", endsAt = "2026-11-01T06:30:00Z", status = "postponed" }),
            Some.Event(new { slug = "tehran", startsAt = "2015-03-21T20:00:00Z", endsAt = "2015-03-22T10:00:00Z", timeZone = "Asia/Tehran", status = "cancelled" }),
            Some.Event(new { slug = "lord-howe", startsAt = "2026-04-04T14:30:00Z", endsAt = "2026-04-04T16:00:00Z", timeZone = "Australia/Lord_Howe" }));
    }
}
