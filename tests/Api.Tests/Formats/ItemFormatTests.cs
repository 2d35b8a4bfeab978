using System.Net;
using Api.Formats;
using Api.Tests.Support;

namespace Api.Tests.Formats;

public class ItemFormatTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task An_article_is_linked_data()
    {
        await Seed("ld");
        var article = await api.GetJson("/v1/articles/ld-1.jsonld");
        Assert.Equal("OpinionNewsArticle", article["@type"]!.GetValue<string>());
        Assert.Equal("https://schema.org", article["@context"]!.GetValue<string>());
        Assert.Equal("50% of </script> & {co}_#1 ~ é ^ \\ $", article["headline"]!.GetValue<string>());
        Assert.Equal("2024-05-06T14:30:00Z", article["datePublished"]!.GetValue<string>());
        Assert.Equal(("Person", "Ada ld", "Fellow", "https://www.example.org/experts/ld-ada"), (
            article["author"]![0]!["@type"]!.GetValue<string>(), article["author"]![0]!["name"]!.GetValue<string>(),
            article["author"]![0]!["jobTitle"]!.GetValue<string>(), article["author"]![0]!["sameAs"]!.GetValue<string>()));
        Assert.Equal("Harbor Institute", article["publisher"]!["name"]!.GetValue<string>());
        Assert.Equal("https://example.org/daily", article["isBasedOn"]!.GetValue<string>());
        Assert.Equal("https://example.org/terms", article["license"]!.GetValue<string>());
        Assert.Equal("It was 3 < 4.", article["correction"]![0]!["text"]!.GetValue<string>());
        Assert.Equal("BreadcrumbList", article["mainEntityOfPage"]!["breadcrumb"]!["@type"]!.GetValue<string>());
        // It may stand in a page as it is.
        Assert.DoesNotContain("</script>", await Text("/v1/articles/ld-1.jsonld"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report", "Report")]
    [InlineData("in-the-media", "NewsArticle")]
    [InlineData("brief", "Article")]
    public async Task The_type_says_what_kind_of_article_it_is(string type, string expected)
    {
        await api.Import(Some.ArticleType(new { slug = type }), Some.Article(new { slug = $"kind-{type}", type }));
        Assert.Equal(expected, (await api.GetJson($"/v1/articles/kind-{type}.jsonld"))["@type"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_event_is_linked_data_on_its_own_clocks()
    {
        await api.Import(
            Some.Expert(new { slug = "speaker" }),
            Some.Event(new { slug = "hybrid", mode = "hybrid", status = "cancelled", location = "Room 5", registrationUrl = "https://example.org/r", experts = new[] { new { slug = "speaker", role = "speaker" } } }));
        var one = await api.GetJson("/v1/events/hybrid.jsonld");
        Assert.Equal("https://schema.org/EventCancelled", one["eventStatus"]!.GetValue<string>());
        Assert.Equal("https://schema.org/MixedEventAttendanceMode", one["eventAttendanceMode"]!.GetValue<string>());
        Assert.Equal("2024-06-07T12:00:00-04:00", one["startDate"]!.GetValue<string>());
        Assert.Equal(["VirtualLocation", "Place"], one["location"]!.AsArray().Select(place => place!["@type"]!.GetValue<string>()));
        Assert.Equal("Expert speaker", one["performer"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_expert_is_linked_data()
    {
        await api.Import(Some.Expert(new { slug = "person", bioHtml = "<p>Writes.</p><p>Speaks &amp; <em>li</em>stens.</p>", profiles = new[] { new { label = "X", url = "https://example.org/x" } } }));
        var person = await api.GetJson("/v1/experts/person.jsonld");
        Assert.Equal("Writes. Speaks & listens.", person["description"]!.GetValue<string>());
        Assert.Equal("https://example.org/x", person["sameAs"]![0]!.GetValue<string>());
        Assert.Equal("Institute of Examples", person["worksFor"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_article_is_an_entry_of_a_bibliography()
    {
        await Seed("bib");
        Assert.Equal(
            """
            @article{bib-1,
              title = {{50\% of </script> \& \textbraceleft{}co\textbraceright{}\_\#1 \textasciitilde{} é \textasciicircum{} \textbackslash{} \$}},
              author = {bib-ada, Expert},
              journal = {Daily \& Co},
              publisher = {Harbor Institute},
              year = {2024},
              month = may,
              date = {2024-05-06},
              url = {https://www.example.org/articles/bib-1},
              language = {en},
              keywords = {Topic bib},
              abstract = {What bib-1 is about.},
            """.ReplaceLineEndings("\n"),
            string.Join('\n', (await Text("/v1/articles/bib-1.bib")).Split('\n').Take(12)));
        Assert.Contains("note = {Originally published at Daily \\& Co: https://example.org/daily. Licence: Own-1, https://example.org/terms. Correction, 2024-05-07: It was 3 < 4.}", await Text("/v1/articles/bib-1.bib"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_is_a_reference()
    {
        await Seed("ris");
        var lines = (await Text("/v1/articles/ris-1.ris")).Split("\r\n");
        Assert.Equal("TY  - NEWS", lines[0]);
        Assert.Contains("TI  - 50% of </script> & {co}_#1 ~ é ^ \\ $", lines);
        Assert.Contains("AU  - ris-ada, Expert", lines);
        Assert.Contains("DA  - 2024/05/06/", lines);
        Assert.Contains("N1  - Correction, 2024-05-07: It was 3 < 4.", lines);
        Assert.Equal(["ER  - ", ""], lines[^2..]);
    }

    [Fact]
    public async Task Items_that_moved_or_went_answer_as_they_do_in_json()
    {
        const string id = "urn:uuid:5b0d6c7e-0b0e-4c8c-9a55-6a3f4f0f7a01";
        await api.Import(Some.Article(new { slug = "moved-old", id }), Some.Article(new { slug = "went" }));
        await api.Import(Some.Article(new { slug = "moved-new", id }), Some.Article(new { slug = "went", publicationStatus = "retracted" }));
        foreach (var suffix in new[] { ".jsonld", ".bib", ".ris", ".json", "/related.rss", "/related.csv" })
        {
            using var moved = await api.Client.GetAsync(new Uri($"/v1/articles/moved-old{suffix}?utm_source=x", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.MovedPermanently, $"{api.Client.BaseAddress}v1/articles/moved-new{suffix}"), (moved.StatusCode, moved.Headers.Location!.OriginalString));
            await api.GetProblem($"/v1/articles/went{suffix}", HttpStatusCode.Gone, "gone", null);
            await api.GetProblem($"/v1/articles/never{suffix}", HttpStatusCode.NotFound, "not-found", null);
        }
    }

    [Fact]
    public void A_slug_of_any_script_is_a_key() => Assert.Equal("naïve שלום \\&", BibTeX.Escape("naïve\n שלום\t&"));

    private async Task<string> Text(string address) => await api.Client.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task Seed(string name) => await api.Import(
        Some.ArticleType(new { slug = "op-ed" }),
        Some.Topic(new { slug = name }),
        Some.Expert(new { slug = $"{name}-ada", name = $"Ada {name}" }),
        Some.Article(new
        {
            slug = $"{name}-1",
            type = "op-ed",
            title = "50% of </script> & {co}_#1 ~ é ^ \\ $",
            topics = new[] { name },
            primaryTopic = name,
            experts = new[] { new { slug = $"{name}-ada", role = "author" } },
            source = new { slug = $"{name}-daily", name = "Daily & Co", url = "https://example.org/daily" },
            license = new { id = "Own-1", url = "https://example.org/terms" },
            corrections = new[] { new { at = "2024-05-07T09:00:00Z", textHtml = "It was <em>3 &lt; 4</em>." } },
        }));
}
