using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Experts;

public class ExpertItemTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task An_expert_is_answered_whole()
    {
        var (slug, program, topic) = (Some.Slug("expert"), Some.Slug("program"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(
                new
                {
                    slug = program,
                    kind = "program",
                    name = "Asia Program",
                }
            ),
            Some.Topic(new { slug = topic }),
            Some.Expert(
                new
                {
                    slug,
                    program,
                    name = "Søren Šimić",
                    givenName = "Søren",
                    familyName = "Šimić",
                    kind = "fellow",
                    current = false,
                    photo = new
                    {
                        url = "https://example.org/p.jpg",
                        alt = "Portrait",
                        width = 4,
                        height = 3,
                    },
                    bioHtml = "<p>A life.</p>",
                    profiles = new[] { new { label = "ORCID", url = "https://example.org/orcid" } },
                }
            ),
            Some.Article(
                new
                {
                    topics = new[] { topic },
                    experts = new[] { slug },
                    publishedAt = "2023-04-05T16:00:00Z",
                }
            )
        );
        var answer = await api.GetJson($"/v1/experts/{slug}");
        var expert = answer["data"]!;
        Assert.Null(answer["included"]);
        Assert.Equal(
            ("expert", slug, "Søren Šimić", "Søren", "Šimić"),
            (Text("resource"), Text("slug"), Text("name"), Text("givenName"), Text("familyName"))
        );
        Assert.Equal(("fellow", false), (Text("kind"), expert["current"]!.GetValue<bool>()));
        Assert.Equal(program, expert["program"]!["slug"]!.GetValue<string>());
        Assert.Equal("Portrait", expert["photo"]!["alt"]!.GetValue<string>());
        Assert.Equal("<p>A life.</p>", Text("bioHtml"));
        Assert.Equal("ORCID", expert["profiles"]![0]!["label"]!.GetValue<string>());
        Assert.Equal(topic, Assert.Single(expert["topics"]!.AsArray())!["slug"]!.GetValue<string>());
        Assert.Equal((1, "2023-04-05T16:00:00Z"), (expert["articleCount"]!.GetValue<int>(), Text("latestAt")));
        Assert.EndsWith($"/v1/experts/{slug}", expert["links"]!["self"]!.GetValue<string>(), StringComparison.Ordinal);

        string Text(string member) => expert[member]!.GetValue<string>();
    }

    [Fact]
    public async Task An_address_that_is_not_marked_public_stays_hidden()
    {
        var (open, closed) = (Some.Slug("expert"), Some.Slug("expert"));
        await api.Import(
            Some.Expert(
                new
                {
                    slug = open,
                    email = "open@example.org",
                    emailPublic = true,
                }
            ),
            Some.Expert(new { slug = closed, email = "closed@example.org" })
        );
        Assert.Equal("open@example.org", (await Expert(open))["email"]!.GetValue<string>());
        Assert.Null((await Expert(closed))["email"]);
    }

    [Fact]
    public async Task Topics_are_the_five_most_written_on_and_ties_go_by_name()
    {
        var expert = Some.Slug("expert");
        var topics = "GFEDCBA".Select(name => (Slug: Some.Slug("topic"), Name: $"{name}")).ToList();
        await api.Import([
            Some.Expert(new { slug = expert }),
            .. topics.Select(topic => Some.Topic(new { slug = topic.Slug, name = topic.Name })),
            Some.Article(new { topics = topics.Select(topic => topic.Slug), experts = new[] { expert } }),
            Some.Article(new { topics = new[] { topics[2].Slug }, experts = new[] { expert } }),
            Some.Article(
                new
                {
                    topics = topics.Select(topic => topic.Slug),
                    experts = new[] { expert },
                    publicationStatus = "draft",
                }
            ),
        ]);
        Assert.Equal("EABCD", Names(await Expert(expert)));
        await api.Import(
            Some.Topic(
                new
                {
                    slug = topics[6].Slug,
                    name = "A",
                    publicationStatus = "private",
                }
            )
        );
        Assert.Equal("EBCDF", Names(await Expert(expert)));
        Assert.Equal("EBCDF", Names((await api.GetJson($"/v1/experts?topic={topics[0].Slug}"))["data"]![0]!));

        static string Names(JsonNode expert) =>
            string.Concat(expert["topics"]!.AsArray().Select(topic => topic!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Nothing_is_counted_that_is_not_visible()
    {
        var (slug, program) = (Some.Slug("expert"), Some.Slug("program"));
        await api.Import(
            Some.Topic(new { slug = program, publicationStatus = "draft" }),
            Some.Expert(new { slug, program }),
            Some.Article(new { experts = new[] { slug }, publishedAt = "2020-01-01T00:00:00Z" }),
            Some.Article(new { experts = new[] { slug }, publicationStatus = "draft" }),
            Some.Article(
                new
                {
                    experts = new[] { slug },
                    publicationStatus = "scheduled",
                    publishedAt = "2999-01-01T00:00:00Z",
                }
            ),
            Some.Article(new { experts = new[] { slug }, publicationStatus = "private" })
        );
        var expert = await Expert(slug);
        Assert.Equal((1, "2020-01-01T00:00:00Z"), (expert["articleCount"]!.GetValue<int>(), expert["latestAt"]!.GetValue<string>()));
        Assert.Null(expert["program"]);
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("private")]
    public async Task A_hidden_expert_is_nowhere(string publicationStatus)
    {
        var (slug, program, article) = (Some.Slug("expert"), Some.Slug("program"), Some.Slug("article"));
        await api.Import(
            Some.Topic(new { slug = program }),
            Some.Expert(
                new
                {
                    slug,
                    program,
                    publicationStatus,
                }
            ),
            Some.Article(new { slug = article, experts = new[] { slug } })
        );
        var page = await api.GetJson($"/v1/experts?program={program}");
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal(0, page["page"]!["total"]!.GetValue<int>());
        await api.GetProblem($"/v1/experts/{slug}", HttpStatusCode.NotFound, "not-found", null);
        Assert.Empty((await api.GetJson($"/v1/articles/{article}"))["data"]!["experts"]!.AsArray());
        await api.GetProblem($"/v1/articles?expert={slug}", HttpStatusCode.BadRequest, "unknown-value", "expert");
    }

    [Fact]
    public async Task An_embargoed_expert_is_not_there_yet()
    {
        var slug = Some.Slug("expert");
        await api.Import(Some.Expert(new { slug, embargoUntil = "2999-01-01T00:00:00Z" }));
        await api.GetProblem($"/v1/experts/{slug}", HttpStatusCode.NotFound, "not-found", null);
    }

    [Fact]
    public async Task A_renamed_expert_is_found_under_the_new_address()
    {
        var (id, old, now) = (Guid.NewGuid(), Some.Slug("expert"), Some.Slug("expert"));
        await api.Import(Some.Expert(new { slug = old, id }));
        await api.Import(Some.Expert(new { slug = now, id }));
        Assert.EndsWith($"/v1/experts/{now}?fields=name", await Location($"/v1/experts/{old}?fields=name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merged_expert_leads_to_the_one_that_stays()
    {
        var (gone, stays) = (Some.Slug("expert"), Some.Slug("expert"));
        await api.Import(Some.Expert(new { slug = gone }), Some.Expert(new { slug = stays }));
        await api.Import(Some.Expert(new { slug = gone, mergedInto = stays }));
        Assert.EndsWith($"/v1/experts/{stays}", await Location($"/v1/experts/{gone}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_expert_is_gone()
    {
        var slug = Some.Slug("expert");
        await api.Import(Some.Expert(new { slug }));
        await api.Import(Some.Expert(new { slug, publicationStatus = "private" }));
        var problem = await api.GetProblem($"/v1/experts/{slug}", HttpStatusCode.Gone, "gone", null);
        Assert.Equal("unpublished", problem["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Fields_choose_the_members()
    {
        var slug = Some.Slug("expert");
        await api.Import(Some.Expert(new { slug, name = "Ada" }));
        var expert = (await api.GetJson($"/v1/experts/{slug}?fields=name,links.self"))["data"]!.AsObject();
        Assert.Equal(["resource", "id", "slug", "name", "links"], expert.Select(member => member.Key));
        await api.GetProblem($"/v1/experts/{slug}?fields=nam", HttpStatusCode.BadRequest, "unknown-value", "fields");
    }

    private async Task<JsonNode> Expert(string slug) => (await api.GetJson($"/v1/experts/{slug}"))["data"]!;

    private async Task<string> Location(string path)
    {
        using var answer = await api.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }
}
