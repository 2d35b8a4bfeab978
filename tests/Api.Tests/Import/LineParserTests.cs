using System.Text;
using Api.Import.Lines;
using Api.Tests.Support;

namespace Api.Tests.Import;

public class LineParserTests
{
    private static readonly LineScope Scope = new(new Uri("https://example.org/"), "Europe/Berlin", "en");

    [Theory]
    [InlineData("[]", "has to be a JSON object")]
    [InlineData("{", "is not JSON")]
    [InlineData("""{"resource":"topic","slug":"a","slug":"b","name":"x"}""", "is not JSON")]
    [InlineData("{}", "resource: is required")]
    [InlineData("""{"resource":"artcle"}""", "did you mean \"article\"?")]
    [InlineData("""{"resource":"topic","slug":"a","name":"x","nmae":"y"}""", "nmae: is not known here; did you mean \"name\"?")]
    [InlineData("""{"resource":"topic","slug":"A b","name":"x"}""", "slug: \"A b\" is not a slug")]
    [InlineData("""{"resource":"topic","slug":"a"}""", "name: is required")]
    [InlineData("""{"resource":"topic","slug":"a","name":7}""", "name: has to be a text")]
    [InlineData("""{"resource":"topic","slug":"a","name":"x\u0000y"}""", "name: holds the control character U+0000")]
    [InlineData("""{"resource":"topic","slug":"a","name":"\ud800"}""", "name: holds broken Unicode")]
    [InlineData(
        """{"resource":"topic","slug":"a","name":"x","kind":"contry"}""",
        "kind: \"contry\" is none of region, country, issue, program; did you mean \"country\"?"
    )]
    [InlineData("""{"resource":"topic","slug":"a","name":"x","id":"17"}""", "id: \"17\" is not a UUID")]
    [InlineData("""{"resource":"topic","slug":"a","name":"x","featured":"yes"}""", "featured: has to be true or false")]
    [InlineData("""{"resource":"topic","slug":"a","name":"x","parent":{}}""", "parent: has to be a slug, an id")]
    [InlineData("""{"resource":"topic","slug":"a","name":"x","publicationStatus":"scheduled"}""", "embargoUntil: is required")]
    [InlineData("""{"resource":"article","slug":"a","title":"x","type":"brief"}""", "publishedAt: is required")]
    [InlineData("""{"resource":"article","slug":"a","title":"x","publishedAt":"2024-05-06T14:30:00Z"}""", "type: is required")]
    [InlineData(
        """{"resource":"article","slug":"a","title":"x","type":"brief","publishedAt":"2024-05-06"}""",
        "publishedAt: \"2024-05-06\" is not an instant"
    )]
    [InlineData("""{"resource":"article","slug":"a","title":"x","type":"brief","publishedAt":"2024-02-30T00:00:00Z"}""", "publishedAt: ")]
    [InlineData(
        """{"resource":"article","slug":"a","title":"x","type":"brief","publicationStatus":"draft","canonicalUrl":"javascript:x"}""",
        "canonicalUrl: "
    )]
    [InlineData(
        """{"resource":"article","slug":"a","title":"x","type":"brief","publicationStatus":"draft","language":"english!"}""",
        "language: "
    )]
    [InlineData(
        """{"resource":"article","slug":"a","title":"x","type":"brief","publicationStatus":"draft","image":{"alt":"x"}}""",
        "image.url: is required"
    )]
    [InlineData(
        """{"resource":"article","slug":"a","title":"x","type":"brief","publicationStatus":"draft","seo":{"titel":"x"}}""",
        "seo.titel: is not known here; did you mean \"title\"?"
    )]
    [InlineData(
        """{"resource":"article","slug":"a","title":"x","type":"brief","publicationStatus":"draft","files":[{"label":"x"}]}""",
        "files[0].url: is required"
    )]
    [InlineData(
        """{"resource":"article","slug":"a","title":"x","type":"brief","publicationStatus":"draft","experts":[{"slug":"e","role":"Big Boss"}]}""",
        "experts[0].role: "
    )]
    [InlineData(
        """{"resource":"expert","slug":"a","name":"x","orcid":"0000-0002-1825-0098"}""",
        "orcid: \"0000-0002-1825-0098\" is not an ORCID iD"
    )]
    [InlineData(
        """{"resource":"event","slug":"a","title":"x","startsAt":"2024-05-06T14:30:00Z","endsAt":"2024-05-06T14:29:00Z"}""",
        "endsAt: is before startsAt"
    )]
    [InlineData(
        """{"resource":"event","slug":"a","title":"x","startsAt":"2024-05-06T14:30:00Z","timeZone":"Mars/Olympus"}""",
        "timeZone: "
    )]
    [InlineData("""{"resource":"menu","slug":"a","items":[{"label":"x","target":{"topik":"a"}}]}""", "target: has to name one of")]
    [InlineData(
        """{"resource":"menu","slug":"a","items":[{"label":"x","target":{"topic":"a","expert":"b"}}]}""",
        "target: names more than one: topic and expert"
    )]
    [InlineData("""{"resource":"redirect","from":"old","to":"articles/a"}""", "from: ")]
    [InlineData("""{"resource":"redirect","from":"/old","to":"artikles/a"}""", "to: ")]
    [InlineData(
        """{"resource":"articleType","slug":"a","label":"x","publicationStatus":"draft"}""",
        "publicationStatus: an article type is published or deleted"
    )]
    public void A_wrong_line_says_what_is_wrong(string json, string expected)
    {
        var line = Parse(json);
        Assert.Contains(line.Problems, problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_of_a_line_are_told_at_once()
    {
        var line = Parse("""{"resource":"event","slug":"","title":"","mode":"x","startsAt":"never"}""");
        Assert.Equal(["mode:", "slug:", "startsAt:", "title:"], line.Problems.Select(problem => problem.Split(' ')[0]).Order());
    }

    [Fact]
    public void Broken_utf8_is_rejected()
    {
        var json = Encoding.Latin1.GetBytes("""{"resource":"topic","slug":"a","name":"é"}""");
        Assert.Equal(["name: holds broken Unicode"], LineParser.Parse(new ImportLine(1, json), Scope).Problems);
    }

    [Fact]
    public void Limits_hold()
    {
        Assert.NotEmpty(Parse(Some.Article(new { title = new string('x', 501) })).Problems);
        Assert.NotEmpty(Parse(Some.Article(new { summary = new string('x', 10_001) })).Problems);
        Assert.NotEmpty(Parse(Some.Article(new { canonicalUrl = "https://example.org/" + new string('x', 2_048) })).Problems);
        Assert.NotEmpty(Parse(Some.Article(new { topics = Enumerable.Range(0, 101).Select(i => $"t{i}") })).Problems);
        Assert.Empty(
            Parse(Some.Article(new { title = new string('x', 500), topics = Enumerable.Range(0, 100).Select(i => $"t{i}") })).Problems
        );
    }

    [Fact]
    public void The_public_shape_is_read_and_what_the_api_computes_is_ignored()
    {
        var line = Parse(
            """
            {"resource":"article","id":"urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8","slug":"a","url":"https://x.example/a","links":{"self":"x"},
             "canonicalUrl":null,"type":{"slug":"brief","label":"Brief"},"title":"x","publishedAt":"2024-05-06T16:30:00.1234567+02:00","publishedDate":"2024-05-06",
             "byline":"By A","topics":[{"resource":"topic","slug":"t","name":"T","url":"x"}],"primaryTopic":null,
             "license":{"id":"CC0","url":"https://example.org/cc0","attributionHtml":"x"},"translations":[{"language":"fr","slug":"b","url":"x"}],"version":3}
            """
        );
        Assert.Empty(line.Problems);
        Assert.Equal(new DateTime(2024, 5, 6, 14, 30, 0, 123, 456, DateTimeKind.Utc), line.Item!.PublishedAt);
        Assert.Equal(["topics t", "translations b", "type brief"], line.References.Select(r => $"{r.Member} {r.Slug}").Order());
    }

    [Fact]
    public void The_first_topic_is_the_primary_one_unless_another_is_named()
    {
        Assert.Contains(
            Parse(Some.Article(new { topics = new[] { "a", "b" } })).References,
            r => r is { Member: "primaryTopic", Slug: "a" }
        );
        var named = Parse(Some.Article(new { topics = new[] { "a", "b" }, primaryTopic = "c" })).References;
        Assert.Contains(named, r => r is { Member: "primaryTopic", Slug: "c" });
        Assert.Contains(named, r => r is { Member: "topics", Slug: "c" });
    }

    private static ParsedLine Parse(string json) => LineParser.Parse(new ImportLine(1, Encoding.UTF8.GetBytes(json)), Scope);
}
