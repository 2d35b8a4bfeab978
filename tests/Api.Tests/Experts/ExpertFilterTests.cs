using System.Net;
using Api.Tests.Support;

namespace Api.Tests.Experts;

public class ExpertFilterTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task Kind_finds_any_of_its_values()
    {
        var program = await Topic();
        var (staff, fellow, other) = (Some.Slug("a"), Some.Slug("b"), Some.Slug("c"));
        await api.Import(
            Some.Expert(
                new
                {
                    slug = staff,
                    program,
                    kind = "staff",
                    familyName = "A",
                }
            ),
            Some.Expert(
                new
                {
                    slug = fellow,
                    program,
                    kind = "fellow",
                    familyName = "B",
                }
            ),
            Some.Expert(
                new
                {
                    slug = other,
                    program,
                    kind = "contributor",
                    familyName = "C",
                }
            )
        );
        Assert.Equal([fellow], await api.Slugs($"/v1/experts?program={program}&kind=fellow"));
        Assert.Equal([staff, other], await api.Slugs($"/v1/experts?program={program}&kind=contributor,staff"));
    }

    [Fact]
    public async Task An_unknown_kind_is_answered_with_the_kinds_there_are()
    {
        await api.Import(Some.Expert(new { kind = "staff" }));
        var problem = await api.GetProblem("/v1/experts?kind=staff,stuff", HttpStatusCode.BadRequest, "unknown-value", "kind");
        Assert.Contains("did you mean 'staff'", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("staff", problem["allowed"]!.AsArray().GetValues<string>());
    }

    [Fact]
    public async Task Program_finds_any_of_its_values()
    {
        var (one, two) = (await Topic(), await Topic());
        var (a, b) = (Some.Slug("a"), Some.Slug("b"));
        await api.Import(
            Some.Expert(
                new
                {
                    slug = a,
                    program = one,
                    familyName = "A",
                }
            ),
            Some.Expert(
                new
                {
                    slug = b,
                    program = two,
                    familyName = "B",
                }
            ),
            Some.Expert()
        );
        Assert.Equal([b], await api.Slugs($"/v1/experts?program={two}"));
        Assert.Equal([a, b], await api.Slugs($"/v1/experts?program={two},{one}"));
    }

    [Fact]
    public async Task Current_tells_who_has_left()
    {
        var program = await Topic();
        var (here, left) = (Some.Slug("a"), Some.Slug("b"));
        await api.Import(
            Some.Expert(new { slug = here, program }),
            Some.Expert(
                new
                {
                    slug = left,
                    program,
                    current = false,
                }
            )
        );
        Assert.Equal([here], await api.Slugs($"/v1/experts?program={program}&current=true"));
        Assert.Equal([left], await api.Slugs($"/v1/experts?program={program}&current=false"));
    }

    [Fact]
    public async Task Topic_finds_who_wrote_on_it_or_on_a_topic_below()
    {
        var (above, middle) = (await Topic(), Some.Slug("topic"));
        var (below, beside) = (Some.Slug("topic"), await Topic());
        var (near, far, elsewhere) = (Some.Slug("a"), Some.Slug("b"), Some.Slug("c"));
        await api.Import(
            Some.Topic(new { slug = middle, parent = above }),
            Some.Topic(new { slug = below, parent = middle }),
            Some.Expert(new { slug = near, familyName = "A" }),
            Some.Expert(new { slug = far, familyName = "B" }),
            Some.Expert(new { slug = elsewhere, familyName = "C" }),
            Some.Article(new { topics = new[] { above }, experts = new[] { near } }),
            Some.Article(new { topics = new[] { below }, experts = new[] { far } }),
            Some.Article(
                new
                {
                    topics = new[] { below },
                    experts = new[] { elsewhere },
                    publicationStatus = "draft",
                }
            ),
            Some.Article(new { topics = new[] { beside }, experts = new[] { elsewhere } })
        );
        Assert.Equal([near, far], await api.Slugs($"/v1/experts?topic={above}"));
        Assert.Equal([far], await api.Slugs($"/v1/experts?topic={middle}"));
        Assert.Equal([far, elsewhere], await api.Slugs($"/v1/experts?topic={middle},{beside}"));
    }

    [Fact]
    public async Task Filters_narrow_together()
    {
        var (program, topic, slug) = (await Topic(), await Topic(), Some.Slug("a"));
        var (elsewhere, staff) = (Some.Slug("b"), Some.Slug("c"));
        await api.Import(
            Some.Expert(
                new
                {
                    slug,
                    program,
                    kind = "fellow",
                }
            ),
            Some.Expert(new { program, kind = "fellow" }),
            Some.Expert(new { slug = elsewhere, kind = "fellow" }),
            Some.Expert(
                new
                {
                    slug = staff,
                    program,
                    kind = "staff",
                }
            ),
            Some.Article(new { topics = new[] { topic }, experts = new[] { slug, elsewhere, staff } })
        );
        Assert.Equal([slug], await api.Slugs($"/v1/experts?program={program}&topic={topic}&kind=fellow&current=true"));
        Assert.Empty(await api.Slugs($"/v1/experts?program={program}&topic={topic}&kind=fellow&current=false"));
    }

    [Theory]
    [InlineData("program")]
    [InlineData("topic")]
    public async Task An_old_slug_of_a_topic_still_finds_its_experts(string parameter)
    {
        var (now, old, into, merged, slug) = (
            Some.Slug("topic"),
            Some.Slug("old"),
            Some.Slug("into"),
            Some.Slug("merged"),
            Some.Slug("expert")
        );
        await api.Import(
            Some.Topic(new { slug = now, previousSlugs = new[] { old } }),
            Some.Topic(new { slug = into }),
            Some.Topic(new { slug = merged }),
            Some.Expert(new { slug, program = parameter == "program" ? now : null }),
            Some.Article(new { topics = new[] { now, into }, experts = new[] { slug } })
        );
        Assert.Equal([slug], await api.Slugs($"/v1/experts?{parameter}={old}"));
        if (parameter == "program")
            return;
        await api.Import(Some.Topic(new { slug = merged, mergedInto = into }));
        Assert.Equal([slug], await api.Slugs($"/v1/experts?topic={merged}"));
    }

    [Fact]
    public async Task A_topic_that_is_gone_is_410_and_one_that_never_was_400()
    {
        var (gone, draft) = (await Topic(), Some.Slug("topic"));
        await api.Import(Some.Topic(new { slug = gone, publicationStatus = "private" }));
        await api.GetProblem($"/v1/experts?topic={gone}", HttpStatusCode.Gone, "gone-value", "topic");
        await api.GetProblem($"/v1/experts?program={gone}", HttpStatusCode.Gone, "gone-value", "program");
        var never = await api.GetProblem($"/v1/experts?topic={draft}", HttpStatusCode.BadRequest, "unknown-value", "topic");
        await api.Import(Some.Topic(new { slug = draft, publicationStatus = "draft" }));
        var hidden = await api.GetProblem($"/v1/experts?topic={draft}", HttpStatusCode.BadRequest, "unknown-value", "topic");
        Assert.Equal(never["detail"]!.GetValue<string>(), hidden["detail"]!.GetValue<string>());
        Assert.Equal(never["allowed"]!.ToJsonString(), hidden["allowed"]!.ToJsonString());
    }

    private async Task<string> Topic()
    {
        var slug = Some.Slug("topic");
        await api.Import(Some.Topic(new { slug }));
        return slug;
    }
}
