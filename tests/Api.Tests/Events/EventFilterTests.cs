using System.Net;
using Api.Tests.Support;

namespace Api.Tests.Events;

/// <summary>Four events: one on a topic, one below it, one elsewhere, one nowhere.</summary>
public class EventFilterFixture(TestServer server) : ApiFixture(server)
{
    protected override Task Seed() =>
        Import(
            Some.Topic(new { slug = "sea", previousSlugs = new[] { "ocean" } }),
            Some.Topic(new { slug = "ports", parent = "sea" }),
            Some.Topic(new { slug = "land" }),
            Some.Topic(new { slug = "seabed", mergedInto = "sea" }),
            Some.Topic(
                new
                {
                    slug = "closed",
                    publicationStatus = "retracted",
                    withdrawnAt = "2024-01-01T00:00:00Z",
                }
            ),
            Some.Topic(new { slug = "unborn", publicationStatus = "draft" }),
            Some.Expert(new { slug = "ada" }),
            Some.Expert(new { slug = "bo" }),
            Some.Event(
                new
                {
                    slug = "one",
                    topics = new[] { "sea" },
                    startsAt = "2024-01-10T15:00:00Z",
                    endsAt = (string?)null,
                    mode = "virtual",
                    experts = new[] { new { slug = "ada", role = "moderator" } },
                }
            ),
            Some.Event(
                new
                {
                    slug = "two",
                    topics = new[] { "ports", "land" },
                    startsAt = "2024-02-10T15:00:00Z",
                    endsAt = (string?)null,
                    mode = "in-person",
                    experts = new[] { new { slug = "ada", role = "speaker" }, new { slug = "bo", role = "moderator" } },
                }
            ),
            Some.Event(
                new
                {
                    slug = "three",
                    topics = new[] { "land" },
                    startsAt = "2024-03-10T15:00:00Z",
                    endsAt = (string?)null,
                    mode = "virtual",
                    status = "cancelled",
                    experts = new[] { new { slug = "bo", role = "speaker" } },
                }
            ),
            Some.Event(
                new
                {
                    slug = "four",
                    startsAt = "2024-04-10T03:30:00Z",
                    endsAt = (string?)null,
                    mode = "virtual",
                    status = "postponed",
                }
            )
        );
}

public class EventFilterTests(EventFilterFixture api) : IClassFixture<EventFilterFixture>
{
    [Theory]
    [InlineData("", "four,three,two,one")]
    [InlineData("mode=virtual", "four,three,one")]
    [InlineData("mode=virtual,in-person", "four,three,two,one")]
    [InlineData("mode=hybrid", "")]
    [InlineData("status=cancelled,postponed", "four,three")]
    [InlineData("status=scheduled&mode=virtual", "one")]
    [InlineData("topic=sea", "two,one")]
    [InlineData("topic=ports", "two")]
    [InlineData("topic=ports,land", "three,two")]
    [InlineData("topicAll=sea,land", "two")]
    [InlineData("topicAll=sea,ports", "two")]
    [InlineData("topic=ocean", "two,one")]
    [InlineData("topic=seabed", "two,one")]
    [InlineData("expert=ada", "two,one")]
    [InlineData("expert=ada,bo", "three,two,one")]
    [InlineData("expertAll=ada,bo", "two")]
    [InlineData("expert=ada&role=moderator", "one")]
    [InlineData("expertAll=ada,bo&role=speaker", "")]
    [InlineData("expertAll=ada,bo&role=speaker,moderator", "two")]
    [InlineData("role=moderator", "two,one")]
    [InlineData("role=moderator,speaker", "three,two,one")]
    [InlineData("startsFrom=2024-02-10", "four,three,two")]
    [InlineData("startsTo=2024-02-10", "two,one")]
    [InlineData("startsFrom=2024-02-10T15:00:01Z", "four,three")]
    [InlineData("startsTo=2024-02-10T15:00:00Z", "two,one")]
    [InlineData("startsFrom=2024-04-09&startsTo=2024-04-09", "four")]
    [InlineData("excludeTopic=sea", "four,three")]
    [InlineData("excludeTopic=ports&topic=sea", "one")]
    [InlineData("exclude=one,four,no-such-event", "three,two")]
    [InlineData("slug=three,one,no-such-event", "three,one")]
    [InlineData("slug=three,one&sort=startsAt", "one,three")]
    [InlineData("slug=three,one,two&exclude=one&sort=given", "three,two")]
    [InlineData("slug=no-such-event", "")]
    public async Task A_filter_finds_what_it_says(string query, string slugs)
    {
        string[] expected = slugs == "" ? [] : slugs.Split(',');
        foreach (var count in new[] { "auto", "exact", "none" })
        {
            var page = await api.GetJson($"/v1/events?{query}&count={count}");
            Assert.Equal(expected, page.Slugs());
            Assert.Equal(count == "none" ? null : expected.Length, page["page"]!["total"]?.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_value_that_never_was_public_is_a_problem_with_the_nearest()
    {
        foreach (var (slug, nearest) in new[] { ("seas", ": did you mean 'sea'?"), ("unborn", ".") })
        {
            var problem = await api.GetJson($"/v1/events?topic={slug}", HttpStatusCode.BadRequest);
            Assert.StartsWith($"'topic' has no value '{slug}'{nearest}", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(("unknown-value", "topic"), (problem["code"]!.GetValue<string>(), problem["parameter"]!.GetValue<string>()));
            Assert.DoesNotContain("unborn", problem["allowed"]!.AsArray().Select(value => value!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task A_value_that_was_withdrawn_is_gone()
    {
        var problem = await api.GetJson("/v1/events?topic=closed", HttpStatusCode.Gone);
        Assert.Equal(("gone-value", "topic"), (problem["code"]!.GetValue<string>(), problem["parameter"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("mode=online", "mode", "virtual,in-person,hybrid")]
    [InlineData("status=planned", "status", "scheduled,postponed,cancelled")]
    [InlineData("when=soon", "when", "upcoming,past,all")]
    [InlineData("sort=title", "sort", "-startsAt,startsAt,given")]
    public async Task A_closed_list_of_values_is_told(string query, string parameter, string allowed)
    {
        var problem = await api.GetJson($"/v1/events?{query}", HttpStatusCode.BadRequest);
        Assert.Equal(("unknown-value", parameter), (problem["code"]!.GetValue<string>(), problem["parameter"]!.GetValue<string>()));
        Assert.Equal(allowed.Split(','), problem["allowed"]!.AsArray().Select(value => value!.GetValue<string>()));
    }
}
