using System.Net;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests.Collation;

/// <summary>An API whose titles are sorted as in Swedish.</summary>
public sealed class SwedishFixture(TestServer server) : ApiFixture(server)
{
    protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Site:TitleOrder"] = "sv";
}

/// <summary>Every list by title or name has the order of the site's language.</summary>
public sealed class SortedListTests(SwedishFixture swedish) : IClassFixture<SwedishFixture>
{
    private static readonly string[] Words = ["Örebro", "Zebra", "“Ängelholm”", "Åland", "Aachen", "Über", "Yver"];
    private static readonly string[] Sorted = ["Aachen", "Über", "Yver", "Zebra", "Åland", "“Ängelholm”", "Örebro"];

    [Fact]
    public async Task Articles_by_title()
    {
        var topic = Some.Slug("topic");
        await swedish.Import([
            Some.ArticleType(new { slug = "brief" }),
            Some.Topic(new { slug = topic }),
            .. Words.Select(title =>
                Some.Article(
                    new
                    {
                        slug = Some.Slug("a"),
                        title,
                        topics = new[] { topic },
                    }
                )
            ),
        ]);
        await AreSorted($"/v1/articles?topic={topic}&sort=title", "title");
    }

    [Fact]
    public async Task Experts_by_family_name()
    {
        var program = Some.Slug("program");
        await swedish.Import([
            Some.Topic(new { slug = program, kind = "program" }),
            .. Words.Select(name =>
                Some.Expert(
                    new
                    {
                        slug = Some.Slug("e"),
                        name = $"Z {name}",
                        givenName = "Z",
                        familyName = name,
                        program,
                    }
                )
            ),
        ]);
        await AreSorted($"/v1/experts?program={program}&sort=name", "familyName");
    }

    [Fact]
    public async Task Topics_by_name()
    {
        var parent = Some.Slug("parent");
        await swedish.Import([
            Some.Topic(new { slug = parent }),
            .. Words.Select(name =>
                Some.Topic(
                    new
                    {
                        slug = Some.Slug("t"),
                        name,
                        parent,
                    }
                )
            ),
        ]);
        await AreSorted($"/v1/topics?parent={parent}&sort=name", "name");
        var above = (await swedish.GetJson($"/v1/topics/{parent}"))["data"]!;
        Assert.Equal(Sorted, above["children"]!.AsArray().Select(child => child!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Pages_by_title()
    {
        var parent = Some.Slug("page");
        await swedish.Import([
            Some.Page(new { slug = parent }),
            .. Words.Select(title =>
                Some.Page(
                    new
                    {
                        slug = Some.Slug("p"),
                        title,
                        parent,
                    }
                )
            ),
        ]);
        await AreSorted($"/v1/pages?parent={parent}&sort=title", "title");
    }

    // Written by a version that sorted by a transliterated text.
    [Theory]
    [InlineData("/v1/articles?sort=title")]
    [InlineData("/v1/experts?sort=name")]
    public async Task A_cursor_of_an_earlier_order_is_refused(string list)
    {
        var path = list.Split('?')[0];
        var sort = list.Split('=')[1];
        var cursor = new Api.Http.Parameters.Cursor(new(0, "a-title", Guid.NewGuid()), false, DateTime.UnixEpoch).Write(
            Api.Http.Parameters.Cursor.Bind($"{path}", $"{sort}\n", "")
        );
        var problem = await swedish.GetJson($"{list}&cursor={cursor}", HttpStatusCode.BadRequest);
        Assert.Equal("foreign-cursor", problem["code"]!.GetValue<string>());
    }

    // In both directions, by cursors of two and by page numbers.
    private async Task AreSorted(string list, string member)
    {
        foreach (var (address, sorted) in new[] { (list, Sorted), (list.Replace("sort=", "sort=-"), Enumerable.Reverse(Sorted)) })
        {
            Assert.Equal(sorted, (await Page(address)).Values);
            Assert.Equal(sorted.Skip(2).Take(2), (await Page($"{address}&limit=2&page=2")).Values);
            var walked = new List<string>();
            var (values, next, previous) = await Page($"{address}&limit=2");
            walked.AddRange(values);
            for (; next is not null; walked.AddRange(values))
                (values, next, previous) = await Page($"{address}&limit=2&cursor={next}");
            Assert.Equal(sorted, walked);
            Assert.Equal(sorted.Skip(4).Take(2), (await Page($"{address}&limit=2&cursor={previous}")).Values);
        }

        async Task<(IReadOnlyList<string> Values, string? Next, string? Previous)> Page(string address)
        {
            var page = await swedish.GetJson(address);
            return (
                [.. page["data"]!.AsArray().Select(item => item![member]!.GetValue<string>())],
                page["page"]!["next"]?.GetValue<string>(),
                page["page"]!["previous"]?.GetValue<string>()
            );
        }
    }
}
