using System.Net;
using Api.Tests.Support;

namespace Api.Tests.Events;

public class EventListTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_latest_start_comes_first_and_ties_go_by_id()
    {
        var topic = await Topic();
        await api.Import(
            Some.Event(
                new
                {
                    slug = "tie-b",
                    id = "00000000-0000-4000-8000-0000000000b1",
                    topics = new[] { topic },
                    startsAt = "2024-02-01T10:00:00Z",
                    endsAt = (string?)null,
                }
            ),
            Some.Event(
                new
                {
                    slug = "tie-a",
                    id = "00000000-0000-4000-8000-0000000000a1",
                    topics = new[] { topic },
                    startsAt = "2024-02-01T10:00:00Z",
                    endsAt = (string?)null,
                }
            ),
            Some.Event(
                new
                {
                    slug = "later",
                    topics = new[] { topic },
                    startsAt = "2024-03-01T10:00:00Z",
                    endsAt = (string?)null,
                }
            ),
            Some.Event(
                new
                {
                    slug = "earlier",
                    topics = new[] { topic },
                    startsAt = "2024-01-01T10:00:00Z",
                    endsAt = (string?)null,
                }
            )
        );
        Assert.Equal(["later", "tie-b", "tie-a", "earlier"], await api.Slugs($"/v1/events?topic={topic}"));
        Assert.Equal(["earlier", "tie-a", "tie-b", "later"], await api.Slugs($"/v1/events?topic={topic}&sort=startsAt"));
    }

    [Fact]
    public async Task A_list_without_matches_is_empty()
    {
        var page = await api.GetJson($"/v1/events?topic={await Topic()}");
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal((0, 0), (page["page"]!["total"]!.GetValue<int>(), page["page"]!["totalPages"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Page_beyond_the_end_is_empty_but_keeps_the_total()
    {
        var (topic, _) = await Events(3);
        var page = await api.GetJson($"/v1/events?topic={topic}&limit=2&page=9");
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal(3, page["page"]!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("-startsAt")]
    [InlineData("startsAt")]
    public async Task A_walk_by_cursor_sees_what_pages_show(string sort)
    {
        var (topic, slugs) = await Events(13);
        var pages = new List<string>();
        foreach (var number in new[] { 1, 2, 3, 4, 5 })
            pages.AddRange(await api.Slugs($"/v1/events?topic={topic}&sort={sort}&limit=3&page={number}"));
        var (there, back) = await api.Walk($"/v1/events?topic={topic}&sort={sort}&limit=3");
        Assert.Equal(slugs.Order(), pages.Order());
        Assert.Equal(pages, there);
        Assert.Equal(pages, back);
    }

    [Fact]
    public async Task A_curated_list_is_in_the_order_given_and_can_be_walked()
    {
        var (_, slugs) = await Events(7);
        string[] given = [slugs[4], "no-such-event", slugs[0], slugs[6], slugs[2], slugs[5]];
        var (there, back) = await api.Walk($"/v1/events?slug={string.Join(',', given)}&sort=given&limit=2");
        Assert.Equal(given.Where(slug => slug != "no-such-event"), there);
        Assert.Equal(there, back);
    }

    [Fact]
    public async Task An_order_that_is_given_needs_slugs()
    {
        var problem = await api.GetJson("/v1/events?sort=given", HttpStatusCode.BadRequest);
        Assert.Equal(("conflicting-parameters", "sort"), (problem["code"]!.GetValue<string>(), problem["parameter"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Lists_leave_texts_out_unless_they_are_asked_for()
    {
        var topic = await Topic();
        await api.Import(Some.Event(new { topics = new[] { topic }, bodyHtml = "<p>An hour.</p>" }));
        Assert.False((await api.GetJson($"/v1/events?topic={topic}"))["data"]![0]!.AsObject().ContainsKey("bodyHtml"));
        var whole = (await api.GetJson($"/v1/events?topic={topic}&include=body"))["data"]![0]!;
        Assert.Equal(("<p>An hour.</p>", "An hour."), (whole["bodyHtml"]!.GetValue<string>(), whole["bodyText"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_is_hidden_is_in_no_list()
    {
        var topic = await Topic();
        await api.Import(
            Some.Event(
                new
                {
                    slug = "hidden-draft",
                    topics = new[] { topic },
                    publicationStatus = "draft",
                }
            ),
            Some.Event(
                new
                {
                    slug = "hidden-private",
                    topics = new[] { topic },
                    publicationStatus = "private",
                }
            ),
            Some.Event(
                new
                {
                    slug = "hidden-embargo",
                    topics = new[] { topic },
                    embargoUntil = "2999-01-01T00:00:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "hidden-expired",
                    topics = new[] { topic },
                    expiresAt = "2001-01-01T00:00:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "hidden-retracted",
                    topics = new[] { topic },
                    publicationStatus = "retracted",
                }
            )
        );
        foreach (
            var query in new[]
            {
                "",
                "&when=past",
                "&when=upcoming",
                "&sort=startsAt",
                "&include=body",
                "&count=exact",
                "&slug=hidden-draft,hidden-embargo",
            }
        )
        {
            var page = await api.GetJson($"/v1/events?topic={topic}{query}");
            Assert.Empty(page["data"]!.AsArray());
            Assert.Equal(0, page["page"]!["total"]!.GetValue<int>());
        }
    }

    private async Task<string> Topic()
    {
        var slug = Some.Slug("topic");
        await api.Import(Some.Topic(new { slug }));
        return slug;
    }

    // Events on a topic of their own; every third starts together with the one before.
    private async Task<(string Topic, IReadOnlyList<string> Slugs)> Events(int count)
    {
        var topic = await Topic();
        var slugs = Enumerable.Range(0, count).Select(_ => Some.Slug("event")).ToList();
        await api.Import([
            .. slugs.Select(
                (slug, n) =>
                    Some.Event(
                        new
                        {
                            slug,
                            topics = new[] { topic },
                            startsAt = $"2024-03-{1 + (n / 3):00}T10:00:00Z",
                            endsAt = (string?)null,
                        }
                    )
            ),
        ]);
        return (topic, slugs);
    }
}
