using Api.Import;
using Api.Tests.Support;

namespace Api.Tests.Import;

/// <summary>Redirects that would lead a browser in a circle.</summary>
public class RedirectLoopTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    private const string Home = "https://www.example.org";

    [Theory]
    [InlineData("/loop-a", "https://www.example.org/loop-a")]
    [InlineData("/loop-a", "http://www.example.org/loop-a/")]
    [InlineData("/loop-a/", "https://www.example.org/loop-a?x=1#y")]
    [InlineData("/loop-ä", "https://www.example.org/loop-%C3%A4")]
    [InlineData("/loop-%c3%a4", "https://www.example.org/loop-ä")]
    public async Task One_that_leads_to_itself_is_refused(string from, string to) =>
        Assert.Equal(
            $"to: leads in a circle: {from} → {from}",
            Assert.Single((await api.TryImport([Some.Redirect(from, to)])).Rejected).Reason
        );

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task Circles_of_any_length_are_refused_with_the_lines_that_make_them(int length)
    {
        var name = Some.Slug("round");
        string[] lines =
        [
            .. Enumerable.Range(0, length).Select(n => Some.Redirect($"/{name}-{n}", $"{Home}/{name}-{(n + 1) % length}")),
            Some.Redirect($"/into-{name}", $"{Home}/{name}-0"),
        ];
        var rejected = (await api.TryImport(lines)).Rejected;
        Assert.Equal(length, rejected.Count);
        Assert.All(rejected, line => Assert.Contains("leads in a circle: /", line.Reason, StringComparison.Ordinal));
        Assert.DoesNotContain(rejected, line => line.Slug == $"/into-{name}");
        // The same without the last step is a way.
        await api.Import([.. lines.Where((_, n) => n != length - 1)]);
        // What closes the circle later is refused as well.
        Assert.Equal($"/{name}-{length - 1}", Assert.Single((await api.TryImport([lines[length - 1]])).Rejected).Slug);
        await Ends();
    }

    [Fact]
    public async Task Circles_by_way_of_the_pages_of_items_are_refused()
    {
        var (one, other) = (Some.Slug("by"), Some.Slug("by"));
        string[] lines =
        [
            Some.Redirect($"/articles/{one}", $"articles/{other}"),
            Some.Redirect($"/articles/{other}", $"{Home}/on-to-{one}"),
            Some.Redirect($"/on-to-{one}", $"articles/{one}"),
        ];
        Assert.Equal(
            3,
            (await api.TryImport([Some.Article(new { slug = one }), Some.Article(new { slug = other }), .. lines])).Rejected.Count
        );
        await api.Import([Some.Article(new { slug = one }), Some.Article(new { slug = other }), .. lines.Skip(1)]);
        await Ends();
    }

    [Fact]
    public async Task A_new_slug_that_closes_a_circle_is_refused()
    {
        var (id, old, other) = (Guid.NewGuid(), Some.Slug("renamed"), Some.Slug("renamed"));
        await api.Import(
            Some.Article(new { id, slug = old }),
            Some.Article(new { slug = other }),
            Some.Redirect($"/articles/{old}-new", $"articles/{other}"),
            Some.Redirect($"/articles/{other}", $"articles/{old}")
        );
        var rejected = Assert.Single((await api.TryImport([Some.Article(new { id, slug = $"{old}-new" })])).Rejected);
        Assert.StartsWith("slug: the redirects of its pages lead in a circle: /articles/", rejected.Reason, StringComparison.Ordinal);
        await Ends();
    }

    [Fact]
    public async Task A_redirect_from_an_items_page_to_itself_is_left_out()
    {
        var (id, slug) = (Guid.NewGuid(), Some.Slug("größe"));
        string[] lines =
        [
            Some.Article(new { id, slug }),
            Some.Redirect($"/articles/{slug}", $"articles/{slug}"),
            Some.Redirect($"/articles/{Uri.EscapeDataString(slug)}", $"articles/{slug}"),
            Some.Redirect($"/articles/{slug}-old", $"articles/{slug}"),
        ];
        await api.Import(lines);
        Assert.Equal([$"/articles/{slug}-old"], await From(slug));
        Assert.Equal((0, 0, 4), Counts(await api.TryImport(lines)));
        Assert.Equal(200, (await api.GetJson($"/v1/resolve?path=/articles/{slug}"))["data"]!["status"]!.GetValue<int>());
        // The item goes back to an address that a redirect leads from.
        await api.Import(Some.Article(new { id, slug = $"{slug}-old" }));
        Assert.Empty(await From(slug));
        Assert.Equal(200, (await api.GetJson($"/v1/resolve?path=/articles/{slug}-old"))["data"]!["status"]!.GetValue<int>());
        Assert.Equal(301, (await api.GetJson($"/v1/resolve?path=/articles/{slug}"))["data"]!["status"]!.GetValue<int>());
        await Ends();
    }

    [Fact]
    public async Task What_leads_elsewhere_or_on_and_on_is_taken()
    {
        var name = Some.Slug("chain");
        await api.Import([
            Some.Redirect($"/{name}", $"https://elsewhere.example/{name}"),
            Some.Redirect($"/{name}-bare", $"https://example.org/{name}-bare"),
            .. Enumerable
                .Range(0, 40)
                .Select(n => Some.Redirect($"/{name}-{n}", n == 39 ? $"https://example.net/{name}-0" : $"{Home}/{name}-{n + 1}")),
        ]);
        await Ends();
    }

    /// <summary>Whoever follows any redirect of the list, by the list or by asking, arrives.</summary>
    private async Task Ends()
    {
        var list = (await api.GetJson("/v1/redirects?limit=100"))["data"]!
            .AsArray()
            .ToDictionary(one => one!["from"]!.GetValue<string>(), one => one!["url"]!.GetValue<string>());
        foreach (var from in list.Keys)
        {
            var path = from;
            for (var steps = 0; list.TryGetValue(path, out var url) && url.StartsWith(Home, StringComparison.Ordinal); steps++)
            {
                Assert.InRange(steps, 0, 100);
                path = Uri.UnescapeDataString(url[Home.Length..]);
            }
            path = from;
            for (var steps = 0; ; steps++)
            {
                Assert.InRange(steps, 0, 100);
                using var answer = await api.Client.GetAsync(
                    new Uri($"/v1/resolve?path={Uri.EscapeDataString(path)}", UriKind.Relative),
                    TestContext.Current.CancellationToken
                );
                if (!answer.IsSuccessStatusCode)
                    break;
                var data = System.Text.Json.Nodes.JsonNode.Parse(
                    await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
                )!["data"]!;
                if (
                    data["status"]!.GetValue<int>() != 301
                    || data["url"]!.GetValue<string>() is var next && !next.StartsWith(Home, StringComparison.Ordinal)
                )
                    break;
                path = data["url"]!.GetValue<string>();
            }
        }
    }

    private async Task<IReadOnlyList<string>> From(string slug) =>
        [
            .. (await api.GetJson("/v1/redirects?limit=100"))["data"]!
                .AsArray()
                .Select(one => one!["from"]!.GetValue<string>())
                .Where(from =>
                    from.Contains(slug, StringComparison.Ordinal) || from.Contains(Uri.EscapeDataString(slug), StringComparison.Ordinal)
                ),
        ];

    private static (long, long, long) Counts(ImportReport report) => (report.Created, report.Updated, report.Unchanged);
}
