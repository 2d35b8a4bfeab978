using System.Net;
using Api.Tests.Support;

namespace Api.Tests.Experts;

public class ExpertListTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task Experts_are_ordered_by_family_name()
    {
        var program = await Program();
        var (last, first, second) = (Some.Slug("a"), Some.Slug("b"), Some.Slug("c"));
        await api.Import(
            Some.Expert(
                new
                {
                    slug = last,
                    program,
                    name = "Ann Öz",
                    givenName = "Ann",
                    familyName = "Öz",
                }
            ),
            Some.Expert(
                new
                {
                    slug = second,
                    program,
                    name = "Zoë Élan",
                    givenName = "Zoë",
                    familyName = "Élan",
                }
            ),
            Some.Expert(
                new
                {
                    slug = first,
                    program,
                    name = "Bo Elan",
                    givenName = "Bo",
                    familyName = "Elan",
                }
            )
        );
        Assert.Equal([first, second, last], await api.Slugs($"/v1/experts?program={program}"));
        Assert.Equal([last, second, first], await api.Slugs($"/v1/experts?program={program}&sort=-name"));
    }

    [Fact]
    public async Task The_order_follows_each_change_of_a_name()
    {
        var (one, two) = (Some.Slug("expert"), Some.Slug("expert"));
        await api.Import(Named(one, "Aalto"), Named(two, "Aamodt"));
        Assert.Equal([one, two], await api.Slugs("/v1/experts?limit=2"));
        await api.Import(Named(one, "Aarnio"));
        Assert.Equal([two, one], await api.Slugs("/v1/experts?limit=2"));
        var three = Some.Slug("expert");
        await api.Import(Named(three, "Aam"));
        Assert.Equal([three, two, one], await api.Slugs("/v1/experts?limit=3"));
        await api.Execute($"update content.items set publication_status = 'draft' where slug in ('{two}', '{three}')");
        Assert.Equal([one], await api.Slugs("/v1/experts?limit=1"));
        await api.Execute($"update content.items set publication_status = 'deleted' where slug in ('{one}', '{two}', '{three}')");
        Assert.DoesNotContain(one, await api.Slugs("/v1/experts?limit=1"));

        static string Named(string slug, string name) =>
            Some.Expert(
                new
                {
                    slug,
                    name = $"Bo {name}",
                    givenName = "Bo",
                    familyName = $"0 {name}",
                }
            );
    }

    [Fact]
    public async Task What_has_expired_is_not_counted_before_it_is_swept_either()
    {
        var slug = Some.Slug("expiring");
        await api.Import(Some.Expert(new { slug }), Some.Expert());
        var (listed, found) = (await Total("/v1/experts?limit=1"), await Total("/v1/experts?kind=staff&limit=1"));
        // Long enough for the next request on a busy machine.
        await api.Execute($"update content.items set expires_at = clock_timestamp() + interval '10 seconds' where slug = '{slug}'");
        Assert.Equal(listed, await Total("/v1/experts?limit=1&count=exact"));
        await using var holding = await api.HoldCommits();
        await Task.Delay(10_100, TestContext.Current.CancellationToken);
        Assert.Equal(listed - 1, await Total("/v1/experts?limit=1&sort=-name"));
        Assert.Equal(listed - 1, await Total("/v1/experts?limit=2"));
        Assert.Equal(found - 1, await Total("/v1/experts?kind=staff&limit=2"));

        async Task<int> Total(string address) => (await api.GetJson(address))["page"]!["total"]!.GetValue<int>();
    }

    [Fact]
    public async Task Namesakes_are_ordered_by_id()
    {
        var program = await Program();
        var (one, two) = (Some.Slug("expert"), Some.Slug("expert"));
        var (low, high) = ("00000000-0000-4000-8000-" + Number(), "f0000000-0000-4000-8000-" + Number());
        await api.Import(
            Some.Expert(
                new
                {
                    slug = one,
                    id = high,
                    program,
                    name = "Jo Li",
                    givenName = "Jo",
                    familyName = "Li",
                }
            ),
            Some.Expert(
                new
                {
                    slug = two,
                    id = low,
                    program,
                    name = "Jo Li",
                    givenName = "Jo",
                    familyName = "Li",
                }
            )
        );
        Assert.Equal([two, one], await api.Slugs($"/v1/experts?program={program}"));
        Assert.Equal([one, two], await api.Slugs($"/v1/experts?program={program}&sort=-name"));
    }

    [Fact]
    public async Task Whoever_never_published_comes_last_in_both_directions()
    {
        var (program, old, recent, never) = (await Program(), Some.Slug("expert"), Some.Slug("expert"), Some.Slug("expert"));
        await api.Import([
            .. new[] { never, old, recent }.Select(slug => Some.Expert(new { slug, program })),
            Some.Article(new { experts = new[] { old }, publishedAt = "1990-01-01T00:00:00Z" }),
            Some.Article(new { experts = new[] { recent }, publishedAt = "2020-01-01T00:00:00Z" }),
            Some.Article(new { experts = new[] { recent }, publishedAt = "2019-01-01T00:00:00Z" }),
        ]);
        Assert.Equal([old, recent, never], await api.Slugs($"/v1/experts?program={program}&sort=latestAt"));
        Assert.Equal([recent, old, never], await api.Slugs($"/v1/experts?program={program}&sort=-latestAt"));
        Assert.Equal([never, old, recent], await api.Slugs($"/v1/experts?program={program}&sort=articleCount"));
        Assert.Equal([recent, old, never], await api.Slugs($"/v1/experts?program={program}&sort=-articleCount"));
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
        var program = await Program();
        var experts = Enumerable.Range(0, 7).Select(_ => Some.Slug("expert")).ToList();
        await api.Import([
            .. experts.Select(
                (slug, n) =>
                    Some.Expert(
                        new
                        {
                            slug,
                            program,
                            familyName = $"Name {n / 3}",
                        }
                    )
            ),
            .. experts.Take(4).Select(slug => Some.Article(new { experts = new[] { slug } })),
            Some.Article(new { experts = experts.Take(2), publishedAt = "2025-01-01T00:00:00Z" }),
        ]);
        var path = $"/v1/experts?program={program}&sort={sort}&limit=2";
        var pages = new List<string>();
        for (var page = 1; page <= 4; page++)
            pages.AddRange(await api.Slugs($"{path}&page={page}"));
        var (forward, back) = await api.Walk(path);
        Assert.Equal(experts.Order(), pages.Order());
        Assert.Equal(pages, forward);
        Assert.Equal(pages, back);
    }

    [Fact]
    public async Task A_walk_neither_skips_nor_repeats_when_experts_come_meanwhile()
    {
        var program = await Program();
        var experts = Enumerable.Range(0, 6).Select(n => Some.Slug($"n{n}")).ToList();
        await api.Import([
            .. experts.Select(
                (slug, n) =>
                    Some.Expert(
                        new
                        {
                            slug,
                            program,
                            name = $"Name {n}",
                            familyName = (string?)null,
                        }
                    )
            ),
        ]);
        var page = await api.GetJson($"/v1/experts?program={program}&limit=3");
        await api.Import(
            Some.Expert(
                new
                {
                    program,
                    name = "A newcomer",
                    familyName = (string?)null,
                }
            )
        );
        var next = await api.GetJson(new Uri(page["links"]!["next"]!.GetValue<string>()).PathAndQuery);
        Assert.Equal(experts, [.. Lists.Slugs(page), .. Lists.Slugs(next)]);
        Assert.Null(next["page"]!["number"]);
        Assert.Equal(7, next["page"]!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_cursor_is_bound_to_filter_and_sort()
    {
        var program = await Program();
        await api.Import(Some.Expert(new { program }), Some.Expert(new { program }));
        var cursor = (await api.GetJson($"/v1/experts?program={program}&limit=1"))["page"]!["next"]!.GetValue<string>();
        await api.GetProblem($"/v1/experts?limit=1&cursor={cursor}", HttpStatusCode.BadRequest, "foreign-cursor", "cursor");
        await api.GetProblem(
            $"/v1/experts?program={program}&sort=latestAt&cursor={cursor}",
            HttpStatusCode.BadRequest,
            "foreign-cursor",
            "cursor"
        );
        Assert.Single(await api.Slugs($"/v1/experts?program={program}&limit=7&count=none&fields=name&cursor={cursor}"));
    }

    [Fact]
    public async Task An_empty_list_has_a_total_of_zero()
    {
        var page = await api.GetJson($"/v1/experts?program={await Program()}");
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal(0, page["page"]!["total"]!.GetValue<int>());
        Assert.Null(page["links"]!["next"]);
    }

    [Fact]
    public async Task A_page_beyond_the_end_is_empty_but_keeps_the_total()
    {
        var program = await Program();
        await api.Import(Some.Expert(new { program }), Some.Expert(new { program }));
        var page = await api.GetJson($"/v1/experts?program={program}&page=9");
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal((2, "exact"), (page["page"]!["total"]!.GetValue<int>(), page["page"]!["totalKind"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("page=0", "out-of-range", "page")]
    [InlineData("page=x", "invalid-parameter", "page")]
    [InlineData("limit=101", "out-of-range", "limit")]
    [InlineData("page=1000&limit=100", "page-too-deep", "page")]
    [InlineData("sort=familyName", "unknown-value", "sort")]
    [InlineData("current=maybe", "invalid-parameter", "current")]
    [InlineData("kind=", "empty-parameter", "kind")]
    [InlineData("name=x", "unknown-parameter", "name")]
    public async Task What_is_wrong_is_named(string query, string code, string parameter) =>
        await api.GetProblem($"/v1/experts?{query}", HttpStatusCode.BadRequest, code, parameter);

    [Fact]
    public async Task Count_none_counts_nothing()
    {
        var page = await api.GetJson($"/v1/experts?program={await Program()}&count=none");
        Assert.Null(page["page"]!["total"]);
        Assert.Equal("none", page["page"]!["totalKind"]!.GetValue<string>());
    }

    [Fact]
    public async Task Lists_leave_biographies_out_unless_asked()
    {
        var program = await Program();
        await api.Import(Some.Expert(new { program, bioHtml = "<p>A life.</p>" }));
        Assert.False(await Member("", "bioHtml"));
        Assert.True(await Member("&include=body", "bioHtml"));
        Assert.True(await Member("&fields=bioHtml", "bioHtml"));
        Assert.False(await Member("&fields=bioHtml", "name"));
        Assert.True(await Member("&fields=name", "slug"));
        await api.GetProblem(
            $"/v1/experts?program={program}&include=body&fields=name",
            HttpStatusCode.BadRequest,
            "conflicting-parameters",
            "fields"
        );

        async Task<bool> Member(string query, string name) =>
            (await api.GetJson($"/v1/experts?program={program}{query}"))["data"]![0]!.AsObject().ContainsKey(name);
    }

    private async Task<string> Program()
    {
        var slug = Some.Slug("program");
        await api.Import(Some.Topic(new { slug, kind = "program" }));
        return slug;
    }

    private static string Number() => Guid.NewGuid().ToString("N")[..12];
}
