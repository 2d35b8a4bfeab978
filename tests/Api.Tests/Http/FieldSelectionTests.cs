using System.Text;
using Api.Contracts;
using Api.Contracts.Cards;
using Api.Http.Answers;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Tests.Http;

public class FieldSelectionTests
{
    private static readonly Topic China = new()
    {
        Id = "urn:uuid:1",
        Slug = "china",
        Url = "https://example.org/topics/china",
        Path = "/topics/china",
        Name = "中国 & \"China\"",
        Kind = "country",
        Description = "",
        Parent = new TopicRef
        {
            Id = "urn:uuid:2",
            Slug = "asia",
            Name = "Asia",
            Kind = "region",
            Url = "https://example.org/topics/asia",
            Path = "/topics/asia",
        },
        Children = [],
        Breadcrumbs =
        [
            new Breadcrumb("Asia", "asia", "https://example.org/topics/asia", "/topics/asia"),
            new Breadcrumb("China", "china", "https://example.org/topics/china", "/topics/china"),
        ],
        Featured = true,
        ArticleCount = 3,
        EventCount = 0,
        LatestAt = null,
        Links = new SubjectLinks("https://api.example.org/v1/topics/china", "a", "e", new FeedLinks("r", "t", "j", null)),
    };

    [Theory]
    [InlineData("name", """{"resource":"topic","id":"urn:uuid:1","slug":"china","name":"中国 & \"China\""}""")]
    [InlineData("latestAt", """{"resource":"topic","id":"urn:uuid:1","slug":"china","latestAt":null}""")]
    [InlineData("parent.name", """{"resource":"topic","id":"urn:uuid:1","slug":"china","parent":{"name":"Asia"}}""")]
    [InlineData(
        "breadcrumbs.slug",
        """{"resource":"topic","id":"urn:uuid:1","slug":"china","breadcrumbs":[{"slug":"asia"},{"slug":"china"}]}"""
    )]
    [InlineData(
        "links.self,links",
        """{"resource":"topic","id":"urn:uuid:1","slug":"china","links":{"self":"https://api.example.org/v1/topics/china","articles":"a","events":"e","feeds":{"rss":"r","atom":"t","json":"j","ics":null}}}"""
    )]
    [InlineData("children.name,featured", """{"resource":"topic","id":"urn:uuid:1","slug":"china","children":[],"featured":true}""")]
    public void Only_what_is_named_is_written(string fields, string expected)
    {
        var selection = FieldSelection.Read(typeof(Topic), null, fields.Split(','), out var unknown);
        Assert.Null(unknown);
        var answer = JsonBody.Of(new Item<Topic, TopicIncluded>(China, null), selection);
        Assert.Equal($$"""{"data":{{expected}},"included":null}""", Encoding.UTF8.GetString(answer.Bytes.Span));
    }

    [Theory]
    [InlineData("titel", "name", false)]
    [InlineData("parent.nam", "parent.name", true)]
    [InlineData("name.first", null, false)]
    [InlineData("", null, false)]
    [InlineData("parent.", null, false)]
    [InlineData("Name", "name", true)]
    public void An_unknown_member_is_a_problem(string field, string? allowed, bool meant)
    {
        Assert.Null(FieldSelection.Read(typeof(Topic), null, [field], out var unknown));
        Assert.Equal(field, unknown!.Path);
        if (field == "")
            return;
        var (_, _, problem) = ParameterReader.Read(ListParameters.Fields<Topic>(), field, new SiteCalendar(TimeZones.Find("UTC")!));
        Assert.Equal(("unknown-value", "fields"), (problem?.Kind.Code, problem?.Parameter));
        if (allowed is not null)
            Assert.Contains(allowed, problem!.Allowed);
        Assert.Equal(meant, problem!.Detail.Contains($"did you mean '{allowed}'?", StringComparison.Ordinal));
    }

    [Fact]
    public void Recursion_has_no_end_but_the_names_do() =>
        Assert.NotNull(FieldSelection.Read(typeof(Menu), null, ["items.items.items.label"], out _));
}
