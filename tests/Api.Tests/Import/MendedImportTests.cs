using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Api.Http.Site;
using Api.Import;
using Api.Import.Lines;
using Api.Import.Merging;
using Api.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Api.Tests.Import;

/// <summary>Moves, in which one bad value stops nothing.</summary>
public class MendedImportTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Theory]
    [InlineData("""{"title":"@600"}""", "title: has 599 characters; at most 500 are taken: cut")]
    [InlineData("""{"summary":"@20000"}""", "summary: has 19999 characters; at most 10000 are taken: cut")]
    [InlineData("""{"title":"a\u0001b"}""", "title: holds the control character U+0001: put right")]
    [InlineData("""{"canonicalUrl":"javascript:x"}""", "canonicalUrl: \"javascript:x\" is not an absolute http or https URL")]
    [InlineData("""{"canonicalUrl":"https://example.org/@2100"}""", "canonicalUrl: ")]
    [InlineData("""{"image":{"url":"nowhere","alt":"x"}}""", "image.url: ")]
    [InlineData("""{"image":{"url":"https://example.org/a.jpg","width":0}}""", "image.width: has to be a whole number")]
    [InlineData("""{"files":[{"url":"nowhere"},{"url":"https://example.org/a.pdf"},{"url":"ftp://x"}]}""", "files[0].url: ")]
    [InlineData("""{"updatedAt":"soon"}""", "updatedAt: \"soon\" is not an instant")]
    [InlineData("""{"language":"english!"}""", "language: ")]
    [InlineData("""{"seo":{"title":"@600"}}""", "seo.title: has 599 characters")]
    [InlineData("""{"topics":["nowhere"]}""", "topics: there is no topic \"nowhere\": left out")]
    [InlineData("""{"topics":["nowhere"],"primaryTopic":"nowhere"}""", "there is no topic \"nowhere\": left out")]
    [InlineData(
        """{"experts":[{"slug":"nobody","role":"author"},{"slug":"x","role":"No Role"}]}""",
        "experts: there is no expert \"nobody\": left out"
    )]
    [InlineData("""{"translations":["nowhere"]}""", "translations: there is no article \"nowhere\": left out")]
    [InlineData("""{"publishedAt":"0202-03-01T09:00:00Z"}""", "publishedAt: ")]
    [InlineData("""{"nmae":"x"}""", "nmae: is not known here")]
    public async Task A_bad_value_is_left_out_or_put_right_and_the_article_comes(string members, string expected)
    {
        foreach (var length in (int[])[600, 2_100, 20_000])
            members = members.Replace($"@{length}", string.Concat(Enumerable.Repeat("word ", length / 5)), StringComparison.Ordinal);
        var slug = Some.Slug("mended");
        var wrong = Some.Article(new { slug });
        var json = JsonNode.Parse(wrong)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            json[name] = value?.DeepClone();
        var bystander = Some.Slug("bystander");
        var report = await api.TryImport([json.ToJsonString(), Some.Article(new { slug = bystander })], rejections: Rejections.Mend);
        Assert.Empty(report.Rejected);
        Assert.Contains(
            report.Mended,
            line => line.Line == 1 && line.Slug == slug && line.Reason.Contains(expected, StringComparison.Ordinal)
        );
        Assert.Equal(2, report.Created);
        await api.GetJson($"/v1/articles/{bystander}");
        if (!members.Contains("publishedAt", StringComparison.Ordinal))
            await api.GetJson($"/v1/articles/{slug}");
        // The same again changes nothing.
        Assert.Equal((0, 0, 1), await Counts([json.ToJsonString()]));
    }

    [Fact]
    public async Task Good_files_beside_a_bad_one_stay()
    {
        var slug = Some.Slug("files");
        await api.TryImport(
            [
                Some.Article(
                    new
                    {
                        slug,
                        files = new object[]
                        {
                            new { url = "nowhere" },
                            new { url = "https://example.org/a.pdf" },
                            new { url = "x" },
                            new { url = "https://example.org/b.pdf" },
                        },
                    }
                ),
            ],
            rejections: Rejections.Mend
        );
        var files = (await api.GetJson($"/v1/articles/{slug}"))["data"]!["files"]!.AsArray();
        Assert.Equal(["https://example.org/a.pdf", "https://example.org/b.pdf"], files.Select(file => (string)file!["url"]!));
    }

    [Fact]
    public async Task A_text_nested_too_deep_loses_its_wrappers_not_its_words()
    {
        var slug = Some.Slug("deep");
        var body =
            string.Concat(Enumerable.Repeat("<div>", 3_000)) + "<p>Deep words.</p>" + string.Concat(Enumerable.Repeat("</div>", 3_000));
        var report = await api.TryImport([Some.Article(new { slug, bodyHtml = body })], rejections: Rejections.Mend);
        Assert.Empty(report.Rejected);
        Assert.Equal("<p>Deep words.</p>", (string?)(await api.GetJson($"/v1/articles/{slug}"))["data"]!["bodyHtml"]);
    }

    [Fact]
    public async Task Redirects_in_a_circle_are_left_out_and_the_others_come()
    {
        var name = Some.Slug("circle");
        var slug = Some.Slug("landing");
        var report = await api.TryImport(
            [
                Some.Article(new { slug }),
                Some.Redirect($"/{name}-a", $"https://www.example.org/{name}-b"),
                Some.Redirect($"/{name}-b", $"https://www.example.org/{name}-a"),
                Some.Redirect($"/{name}-itself", $"https://www.example.org/{name}-itself"),
                Some.Redirect($"/{name}-good", $"articles/{slug}"),
            ],
            rejections: Rejections.Mend
        );
        Assert.True(report.Stands);
        Assert.Equal([2, 3, 4], report.Rejected.Select(line => line.Line));
        Assert.Equal(slug, (string?)(await api.GetJson($"/v1/resolve?path=/{name}-good"))["data"]!["slug"]);
    }

    [Fact]
    public async Task A_redirect_of_before_that_closes_a_circle_with_a_new_address_goes()
    {
        var (first, second) = (Some.Slug("first"), Some.Slug("second"));
        await api.Import(Some.Article(new { slug = first }), Some.Redirect($"/articles/{second}", $"articles/{first}"));
        var report = await api.TryImport(
            [Some.Article(new { slug = second }), Some.Redirect($"/articles/{first}", $"articles/{second}")],
            rejections: Rejections.Mend
        );
        Assert.True(report.Stands);
        await api.GetJson($"/v1/articles/{first}");
        await api.GetJson($"/v1/articles/{second}");
    }

    [Fact]
    public async Task What_is_another_kind_of_thing_than_before_comes_as_a_new_one()
    {
        var (slug, id) = (Some.Slug("talk"), Guid.NewGuid());
        await api.Import(Some.Article(new { slug, id }));
        var report = await api.TryImport([Some.Event(new { slug, id })], rejections: Rejections.Mend);
        Assert.Empty(report.Rejected);
        Assert.Contains("id: is the one of the article", Assert.Single(report.Mended).Reason, StringComparison.Ordinal);
        await api.GetJson($"/v1/events/{slug}");
    }

    [Fact]
    public async Task An_address_that_another_item_keeps_gets_a_number()
    {
        var (taken, mine, id) = (Some.Slug("taken"), Some.Slug("mine"), Guid.NewGuid());
        await api.Import(Some.Article(new { slug = taken }), Some.Article(new { slug = mine, id }));
        var report = await api.TryImport([Some.Article(new { slug = taken, id })], rejections: Rejections.Mend);
        Assert.Empty(report.Rejected);
        await api.GetJson($"/v1/articles/{taken}-2");
    }

    [Fact]
    public async Task Topics_that_stand_above_one_another_stand_at_the_top()
    {
        var (a, b) = (Some.Slug("above"), Some.Slug("below"));
        var report = await api.TryImport(
            [Some.Topic(new { slug = a, parent = b }), Some.Topic(new { slug = b, parent = a })],
            rejections: Rejections.Mend
        );
        Assert.Empty(report.Rejected);
        Assert.Null((await api.GetJson($"/v1/topics/{a}"))["data"]!["parent"]);
    }

    [Fact]
    public async Task What_has_nothing_that_makes_it_one_is_left_out()
    {
        var slug = Some.Slug("kept");
        var report = await api.TryImport(
            ["not json", """{"resource":"event","slug":"no-start","title":"x","startsAt":"soon"}""", Some.Article(new { slug })],
            rejections: Rejections.Mend
        );
        Assert.True(report.Stands);
        Assert.Equal([1, 2], report.Rejected.Select(line => line.Line));
        Assert.Equal(1, report.Created);
        await api.GetJson($"/v1/articles/{slug}");
    }

    [Fact]
    public async Task Skipping_leaves_out_what_is_rejected_and_what_refers_to_it_and_writes_the_rest()
    {
        var (bad, child, grandchild, good) = (Some.Slug("bad"), Some.Slug("child"), Some.Slug("grandchild"), Some.Slug("good"));
        var report = await api.TryImport(
            [
                Some.Topic(new { slug = grandchild, parent = child }),
                Some.Topic(new { slug = child, parent = bad }),
                Some.Topic(new { slug = bad, kind = "sea" }),
                Some.Topic(new { slug = good }),
                Some.Article(new { topics = new[] { good } }),
            ],
            rejections: Rejections.Skip
        );
        Assert.True(report.Stands);
        Assert.False(report.Succeeded);
        Assert.Equal([1, 2, 3], report.Rejected.Select(line => line.Line));
        Assert.Equal((2, 0, 0), (report.Created, report.Updated, report.Unchanged));
        await api.GetJson($"/v1/topics/{good}");
        await api.GetJson($"/v1/topics/{bad}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_writes_along_is_told_in_the_same_transaction_what_was_left_out()
    {
        var good = Some.Slug("good");
        IReadOnlyList<long> told = [];
        await new Importer(api.ContentDatabase, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System).Run(
            new[] { Some.Topic(new { kind = "sea" }), Some.Topic(new { slug = good }) }
                .Select((line, at) => new ImportLine(at + 1, Encoding.UTF8.GetBytes(line)))
                .ToAsyncEnumerable(),
            new ImportOptions
            {
                Rejections = Rejections.Skip,
                Finish = (_, done) =>
                {
                    told = [.. done.Rejected.Select(line => line.Line)];
                    return Task.CompletedTask;
                },
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal([1], told);
    }

    [Fact]
    public async Task Without_skipping_one_rejected_line_still_stops_all()
    {
        var good = Some.Slug("good");
        var report = await api.TryImport([Some.Topic(new { slug = good }), Some.Topic(new { kind = "sea" })]);
        Assert.False(report.Stands);
        await api.GetJson($"/v1/topics/{good}", HttpStatusCode.NotFound);
    }

    private async Task<(long Created, long Updated, long Unchanged)> Counts(IEnumerable<string> lines)
    {
        var report = await api.TryImport(lines, rejections: Rejections.Mend);
        return (report.Created, report.Updated, report.Unchanged);
    }
}
