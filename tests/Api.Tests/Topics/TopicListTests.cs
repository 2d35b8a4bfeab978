using System.Net;
using Api.Tests.Support;

namespace Api.Tests.Topics;

public class TopicListTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task Topics_are_ordered_by_name()
    {
        var parent = await Topic();
        var (b, c, a) = (await Topic(parent, "Élan"), await Topic(parent, "Fire"), await Topic(parent, "“Dust” & salt"));
        Assert.Equal([a, b, c], await api.Slugs($"/v1/topics?parent={parent}"));
        Assert.Equal([c, b, a], await api.Slugs($"/v1/topics?parent={parent}&sort=-name"));
    }

    [Fact]
    public async Task A_topic_without_articles_comes_last_in_both_directions()
    {
        var parent = await Topic();
        var (never, old, recent) = (await Topic(parent), await Topic(parent), await Topic(parent));
        var below = await Topic(recent);
        await api.Import(
            Some.Article(new { topics = new[] { old }, publishedAt = "2010-01-01T00:00:00Z" }),
            Some.Article(new { topics = new[] { recent }, publishedAt = "2009-01-01T00:00:00Z" }),
            Some.Article(new { topics = new[] { below }, publishedAt = "2020-01-01T00:00:00Z" })
        );
        Assert.Equal([old, recent, never], await api.Slugs($"/v1/topics?parent={parent}&sort=latestAt"));
        Assert.Equal([recent, old, never], await api.Slugs($"/v1/topics?parent={parent}&sort=-latestAt"));
        Assert.Equal([never, old, recent], await api.Slugs($"/v1/topics?parent={parent}&sort=articleCount"));
        Assert.Equal([recent, old, never], await api.Slugs($"/v1/topics?parent={parent}&sort=-articleCount"));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("articleCount")]
    [InlineData("-articleCount")]
    [InlineData("latestAt")]
    [InlineData("-latestAt")]
    public async Task Walking_by_cursor_there_and_back_gives_what_pages_give(string sort)
    {
        var parent = Some.Slug("topic");
        var topics = Enumerable.Range(0, 7).Select(_ => Some.Slug("topic")).ToList();
        await api.Import([
            Some.Topic(new { slug = parent }),
            .. topics.Select(
                (slug, n) =>
                    Some.Topic(
                        new
                        {
                            slug,
                            parent,
                            name = $"Same name {n / 3}",
                        }
                    )
            ),
            .. topics.Take(4).Select(slug => Some.Article(new { topics = new[] { slug } })),
            Some.Article(new { topics = topics.Take(2), publishedAt = "2025-01-01T00:00:00Z" }),
        ]);
        var path = $"/v1/topics?parent={parent}&sort={sort}&limit=3";
        var pages = new List<string>();
        for (var page = 1; page <= 3; page++)
            pages.AddRange(await api.Slugs($"{path}&page={page}"));
        var (forward, back) = await api.Walk(path);
        Assert.Equal(topics.Order(), pages.Order());
        Assert.Equal(pages, forward);
        Assert.Equal(pages, back);
    }

    [Fact]
    public async Task An_empty_list_has_a_total_of_zero()
    {
        var page = await api.GetJson($"/v1/topics?parent={await Topic()}");
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal(0, page["page"]!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_page_beyond_the_end_is_empty_but_keeps_the_total()
    {
        var parent = await Topic();
        await Topic(parent);
        var page = await api.GetJson($"/v1/topics?parent={parent}&page=9");
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal(1, page["page"]!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("page=0", "out-of-range", "page")]
    [InlineData("limit=0", "out-of-range", "limit")]
    [InlineData("sort=kind", "unknown-value", "sort")]
    [InlineData("featured=1", "invalid-parameter", "featured")]
    [InlineData("include=body", "unknown-value", "include")]
    [InlineData("view=forest", "unknown-value", "view")]
    public async Task What_is_wrong_is_named(string query, string code, string parameter) =>
        await api.GetProblem($"/v1/topics?{query}", HttpStatusCode.BadRequest, code, parameter);

    [Fact]
    public async Task Kind_finds_any_of_its_values()
    {
        var parent = await Topic();
        var (region, country, issue) = (
            await Topic(parent, "A", "region"),
            await Topic(parent, "B", "country"),
            await Topic(parent, "C", "issue")
        );
        Assert.Equal([country], await api.Slugs($"/v1/topics?parent={parent}&kind=country"));
        Assert.Equal([region, issue], await api.Slugs($"/v1/topics?parent={parent}&kind=issue,region"));
    }

    [Fact]
    public async Task An_unknown_kind_is_answered_with_the_kinds_there_are()
    {
        await Topic();
        await Topic(kind: "country");
        var problem = await api.GetProblem("/v1/topics?kind=isue", HttpStatusCode.BadRequest, "unknown-value", "kind");
        var allowed = problem["allowed"]!.AsArray().GetValues<string>().ToList();
        Assert.Contains("issue", allowed);
        Assert.Contains("country", allowed);
    }

    [Fact]
    public async Task Parent_finds_what_is_right_below_any_of_its_values()
    {
        var (one, two) = (await Topic(), await Topic());
        var (a, b) = (await Topic(one, "A"), await Topic(two, "B"));
        await Topic(a);
        Assert.Equal([a], await api.Slugs($"/v1/topics?parent={one}"));
        Assert.Equal([a, b], await api.Slugs($"/v1/topics?parent={one},{two}"));
    }

    [Fact]
    public async Task What_is_below_a_hidden_topic_is_right_below_the_next_one_above()
    {
        var (above, hidden) = (await Topic(), Some.Slug("topic"));
        await api.Import(
            Some.Topic(
                new
                {
                    slug = hidden,
                    parent = above,
                    publicationStatus = "draft",
                }
            )
        );
        var below = await Topic(hidden);
        Assert.Equal([below], await api.Slugs($"/v1/topics?parent={above}"));
        var topic = (await api.GetJson($"/v1/topics/{below}"))["data"]!;
        Assert.Equal(above, topic["parent"]!["slug"]!.GetValue<string>());
        Assert.Equal([above, below], topic["breadcrumbs"]!.AsArray().Select(crumb => crumb!["slug"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Featured_tells_what_the_editors_put_forward()
    {
        var (parent, forward) = (await Topic(), Some.Slug("topic"));
        await api.Import(
            Some.Topic(
                new
                {
                    slug = forward,
                    parent,
                    featured = true,
                }
            )
        );
        var other = await Topic(parent);
        Assert.Equal([forward], await api.Slugs($"/v1/topics?parent={parent}&featured=true"));
        Assert.Equal([other], await api.Slugs($"/v1/topics?parent={parent}&featured=false"));
    }

    [Fact]
    public async Task An_old_slug_of_the_parent_still_finds_what_is_below()
    {
        var (now, old, merged) = (Some.Slug("topic"), Some.Slug("old"), await Topic());
        await api.Import(Some.Topic(new { slug = now, previousSlugs = new[] { old } }));
        var below = await Topic(now);
        await api.Import(Some.Topic(new { slug = merged, mergedInto = now }));
        Assert.Equal([below], await api.Slugs($"/v1/topics?parent={old}"));
        Assert.Equal([below], await api.Slugs($"/v1/topics?parent={merged}"));
    }

    [Fact]
    public async Task A_parent_that_is_gone_is_410_and_a_hidden_one_400()
    {
        var (gone, draft) = (await Topic(), Some.Slug("topic"));
        await api.Import(
            Some.Topic(new { slug = gone, publicationStatus = "private" }),
            Some.Topic(new { slug = draft, publicationStatus = "draft" })
        );
        await api.GetProblem($"/v1/topics?parent={gone}", HttpStatusCode.Gone, "gone-value", "parent");
        await api.GetProblem($"/v1/topics?parent={draft}", HttpStatusCode.BadRequest, "unknown-value", "parent");
    }

    private async Task<string> Topic(string? parent = null, string name = "A topic", string kind = "issue")
    {
        var slug = Some.Slug("topic");
        await api.Import(
            Some.Topic(
                new
                {
                    slug,
                    parent,
                    name,
                    kind,
                }
            )
        );
        return slug;
    }
}
