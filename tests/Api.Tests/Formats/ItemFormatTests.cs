using System.Net;
using System.Text.Json.Nodes;
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
        Assert.Equal(
            ("Person", "Ada ld", "Fellow", "https://www.example.org/experts/ld-ada"),
            (
                article["author"]![0]!["@type"]!.GetValue<string>(),
                article["author"]![0]!["name"]!.GetValue<string>(),
                article["author"]![0]!["jobTitle"]!.GetValue<string>(),
                article["author"]![0]!["sameAs"]!.GetValue<string>()
            )
        );
        Assert.Equal("Harbor Institute", article["publisher"]!["name"]!.GetValue<string>());
        Assert.Equal("https://example.org/daily", article["isBasedOn"]!.GetValue<string>());
        Assert.Equal("https://example.org/terms", article["license"]!.GetValue<string>());
        Assert.Equal("It was 3 < 4.", article["correction"]![0]!["text"]!.GetValue<string>());
        Assert.Equal("BreadcrumbList", article["mainEntityOfPage"]!["breadcrumb"]!["@type"]!.GetValue<string>());
        // It may stand in a page as it is.
        Assert.DoesNotContain("</script>", await Text("/v1/articles/ld-1.jsonld"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_organises_an_event_does_not_perform_in_it()
    {
        await api.Import(
            Some.Expert(new { slug = "speaks", name = "Ada" }),
            Some.Expert(new { slug = "organises", name = "Bo" }),
            Some.Event(new { slug = "alone", experts = new[] { "speaks" } }),
            Some.Event(
                new
                {
                    slug = "organised",
                    experts = new[] { new { slug = "organises", role = "organizer" }, new { slug = "speaks", role = "speaker" } },
                }
            )
        );
        var organised = await api.GetJson("/v1/events/organised.jsonld");
        Assert.Equal(
            ("Ada", "Bo"),
            (
                Assert.Single(organised["performer"]!.AsArray())!["name"]!.GetValue<string>(),
                Assert.Single(organised["organizer"]!.AsArray())!["name"]!.GetValue<string>()
            )
        );
        Assert.Equal("Harbor Institute", (await api.GetJson("/v1/events/alone.jsonld"))["organizer"]!["name"]!.GetValue<string>());
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
    public async Task What_is_not_known_is_not_there_and_sizes_are_in_pixels()
    {
        await api.Import(
            Some.Expert(
                new
                {
                    slug = "bare",
                    title = (string?)null,
                    organization = (string?)null,
                }
            ),
            Some.Article(
                new
                {
                    slug = "bare",
                    summary = "",
                    bodyHtml = "",
                    experts = new[] { "bare" },
                    image = new
                    {
                        url = "https://example.org/a.jpg",
                        alt = "",
                        width = 1200,
                        height = 800,
                    },
                }
            ),
            Some.Event(
                new
                {
                    slug = "bare",
                    summary = "",
                    location = (string?)null,
                    endsAt = (string?)null,
                }
            )
        );
        var article = await Text("/v1/articles/bare.jsonld");
        Assert.Contains(
            """
            "image":{"@type":"ImageObject","url":"https://example.org/a.jpg","width":{"@type":"QuantitativeValue","value":1200,"unitCode":"E37","unitText":"px"},"height":{"@type":"QuantitativeValue","value":800,"unitCode":"E37","unitText":"px"}}
            """,
            article,
            StringComparison.Ordinal
        );
        foreach (var text in new[] { article, await Text("/v1/events/bare.jsonld"), await Text("/v1/experts/bare.jsonld") })
        {
            Assert.DoesNotMatch("\"(description|wordCount|timeRequired|jobTitle|worksFor|endDate|caption)\"", text);
            Assert.DoesNotMatch("""(:|\[|,)(""|null|\[\]|\{\})""", text);
        }
    }

    [Fact]
    public async Task Bodies_are_organizations_and_persons_have_names_without_suffixes()
    {
        await api.Import(
            Some.Expert(
                new
                {
                    slug = "body",
                    name = "Barnes and Noble Foundation",
                    givenName = (string?)null,
                    familyName = "Barnes and Noble Foundation",
                    organization = "Harbor Institute",
                }
            ),
            Some.Expert(
                new
                {
                    slug = "junior",
                    name = "Martin King, Jr.",
                    givenName = "Martin",
                    familyName = "King, Jr.",
                }
            ),
            Some.Article(
                new
                {
                    slug = "bodies",
                    experts = new[] { new { slug = "body", role = "author" }, new { slug = "junior", role = "featured" } },
                }
            ),
            Some.Event(new { slug = "bodies", experts = new[] { "body", "junior" } })
        );
        var article = await api.GetJson("/v1/articles/bodies.jsonld");
        Assert.Equal(
            """{"@type":"Organization","name":"Barnes and Noble Foundation","parentOrganization":{"@type":"Organization","name":"Harbor Institute"}}""",
            Only(article["author"]![0]!, "@type", "name", "jobTitle", "worksFor", "parentOrganization")
        );
        Assert.Equal("Person", article["contributor"]![0]!["@type"]!.GetValue<string>());
        Assert.Equal(
            ["Organization", "Person"],
            (await api.GetJson("/v1/events/bodies.jsonld"))["performer"]!.AsArray().Select(one => one!["@type"]!.GetValue<string>())
        );
        Assert.Equal("Organization", (await api.GetJson("/v1/experts/body.jsonld"))["@type"]!.GetValue<string>());
        Assert.Equal(
            """{"@type":"Person","givenName":"Martin","familyName":"King","honorificSuffix":"Jr."}""",
            Only(await api.GetJson("/v1/experts/junior.jsonld"), "@type", "givenName", "familyName", "honorificSuffix")
        );
    }

    [Fact]
    public async Task The_site_is_author_and_holder_of_what_it_published_itself_only()
    {
        await api.Import(
            Some.Article(new { slug = "own" }),
            Some.Article(
                new
                {
                    slug = "others",
                    source = new { name = "Daily", url = "https://example.org/d" },
                    experts = Array.Empty<string>(),
                }
            )
        );
        var (own, others) = (await api.GetJson("/v1/articles/own.jsonld"), await api.GetJson("/v1/articles/others.jsonld"));
        Assert.Equal("Harbor Institute", own["author"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("Harbor Institute", own["copyrightHolder"]!["name"]!.GetValue<string>());
        Assert.Null(others["author"]);
        Assert.Null(others["copyrightHolder"]);
        Assert.Null(others["copyrightNotice"]);
        Assert.Equal("Daily", others["sourceOrganization"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_event_is_linked_data_on_its_own_clocks()
    {
        await api.Import(
            Some.Expert(new { slug = "speaker" }),
            Some.Event(
                new
                {
                    slug = "hybrid",
                    mode = "hybrid",
                    status = "cancelled",
                    location = "Room 5",
                    registrationUrl = "https://example.org/r",
                    experts = new[] { new { slug = "speaker", role = "speaker" } },
                }
            )
        );
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
        await api.Import(
            Some.Expert(
                new
                {
                    slug = "person",
                    bioHtml = "<p>Writes.</p><p>Speaks &amp; <em>li</em>stens.</p>",
                    profiles = new[] { new { label = "X", url = "https://example.org/x" } },
                }
            )
        );
        var person = await api.GetJson("/v1/experts/person.jsonld");
        Assert.Equal("Writes. Speaks & listens.", person["description"]!.GetValue<string>());
        Assert.Equal("https://example.org/x", person["sameAs"]![0]!.GetValue<string>());
        Assert.Equal("Institute of Examples", person["worksFor"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Items_that_moved_or_went_answer_as_they_do_in_json()
    {
        const string id = "urn:uuid:5b0d6c7e-0b0e-4c8c-9a55-6a3f4f0f7a01";
        await api.Import(Some.Article(new { slug = "moved-old", id }), Some.Article(new { slug = "went" }));
        await api.Import(
            Some.Article(new { slug = "moved-new", id }),
            Some.Article(new { slug = "went", publicationStatus = "retracted" })
        );
        foreach (var suffix in new[] { ".jsonld", ".bib", ".ris", ".json", "/related.rss", "/related.csv" })
        {
            using var moved = await api.Client.GetAsync(
                new Uri($"/v1/articles/moved-old{suffix}?utm_source=x", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(
                (HttpStatusCode.MovedPermanently, $"{api.Client.BaseAddress}v1/articles/moved-new{suffix}"),
                (moved.StatusCode, moved.Headers.Location!.OriginalString)
            );
            await api.GetProblem($"/v1/articles/went{suffix}", HttpStatusCode.Gone, "gone", null);
            await api.GetProblem($"/v1/articles/never{suffix}", HttpStatusCode.NotFound, "not-found", null);
        }
    }

    private static string Only(JsonNode node, params string[] members) =>
        new JsonObject(
            members
                .Where(member => node[member] is not null)
                .Select(member => KeyValuePair.Create(member, node[member]!.DeepClone()))
                .ToArray()!
        ).ToJsonString();

    private async Task<string> Text(string address) =>
        await api.Client.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task Seed(string name) =>
        await api.Import(
            Some.ArticleType(new { slug = "op-ed" }),
            Some.Topic(new { slug = name }),
            Some.Expert(new { slug = $"{name}-ada", name = $"Ada {name}" }),
            Some.Article(
                new
                {
                    slug = $"{name}-1",
                    type = "op-ed",
                    title = "50% of </script> & {co}_#1 ~ é ^ \\ $",
                    topics = new[] { name },
                    primaryTopic = name,
                    experts = new[] { new { slug = $"{name}-ada", role = "author" } },
                    source = new
                    {
                        slug = $"{name}-daily",
                        name = "Daily & Co",
                        url = "https://example.org/daily",
                    },
                    license = new { id = "Own-1", url = "https://example.org/terms" },
                    corrections = new[] { new { at = "2024-05-07T09:00:00Z", textHtml = "It was <em>3 &lt; 4</em>." } },
                }
            )
        );
}
