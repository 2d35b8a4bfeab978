using System.Text;
using Api.Commands;
using Api.Export;
using Api.Tests.Support;
using CsCheck;

namespace Api.Tests.Export;

/// <summary>An export, imported into an empty database, gives an API that answers the same to the byte.</summary>
public class RoundTripTests(TestServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_exported_and_imported_answers_the_same() =>
        await Gen.Int[0, 1_000_000]
            .SampleAsync(
                async seed =>
                {
                    var history = new History(seed);
                    await using var first = await Start();
                    await first.Import(history.Begin());
                    await first.Import(history.Next());
                    await first.Import(history.Next());
                    var likely = history.Likely;
                    await RoundTrip(
                        first,
                        new Addresses
                        {
                            Slugs = [.. likely.Where((_, n) => n % 2 == 0)],
                            MoreSlugs = [.. history.Slugs],
                            Values = [.. likely, "the-daily"],
                            Crossed = false,
                            Languages = ["fr"],
                            Texts = [.. history.Redirects],
                        }
                    );
                },
                iter: 1,
                threads: 1
            );

    [Fact]
    public async Task The_demo_content_makes_the_round_trip()
    {
        await using var demo = await Start();
        using var lines = new StreamReader(DemoContent.Open());
        await demo.Import(await lines.ReadToEndAsync(Cancel));
        await RoundTrip(
            demo,
            new Addresses
            {
                Slugs = ["a-longer-view", "sea-lanes", "china"],
                Values = ["china", "brief"],
                Crossed = false,
            }
        );
    }

    [Fact]
    public async Task Article_types_that_went_are_gone_there_too()
    {
        await using var first = await Start();
        await using var second = await Start();
        string[] Types(params string[] ends) =>
            [
                .. new[] { "deleted", "merged", "both", "back" }.Zip(
                    ends,
                    (slug, end) =>
                        end == ""
                            ? Some.ArticleType(new { slug })
                            : $$"""{"resource":"articleType","slug":"{{slug}}","label":"x",{{end}}}"""
                ),
            ];
        const string Deleted = "\"publicationStatus\":\"deleted\"",
            Merged = "\"mergedInto\":\"stays\"";
        await first.Import([
            Some.ArticleType(new { slug = "stays" }),
            Some.Article(new { slug = "one", type = "stays" }),
            .. Types("", "", "", ""),
        ]);
        await first.Import(Types(Deleted, Merged, $"{Deleted},{Merged}", Deleted));
        await first.Import(Some.ArticleType(new { slug = "back" }));
        await second.Import(await Export(first));
        Assert.Equal(await Export(first), await Export(second));
        foreach (var (type, status) in new[] { ("deleted", 410), ("merged", 200), ("both", 200), ("back", 200), ("stays", 200) })
        {
            var (before, after) = (await first.Answer($"/v1/articles?type={type}"), await second.Answer($"/v1/articles?type={type}"));
            Assert.Equal((status, before.Text), (after.Status, after.Text));
        }
        Assert.Equal((await first.Answer("/v1/article-types")).Text, (await second.Answer("/v1/article-types")).Text);
    }

    private async Task RoundTrip(ApiFixture first, Addresses addresses)
    {
        var lines = await Export(first);
        await using var second = await Start();
        await second.Import(lines);
        Assert.Equal(lines, await Export(second));
        foreach (var api in new[] { first, second })
        {
            var again = await api.TryImport([lines]);
            Assert.Equal((0, 0, true), (again.Created, again.Updated, again.Succeeded));
        }
        Assert.Equal(lines, await Export(first));

        // The numbers of changes begin anew.
        var all = addresses
            .Of(first.Services)
            .Distinct()
            .Where(address =>
                !address.StartsWith("/v1/changes", StringComparison.Ordinal)
                && !address.StartsWith("/v1/snapshot", StringComparison.Ordinal)
            )
            .ToList();
        Assert.True(all.Count > 250, $"only {all.Count} addresses");
        await Parallel.ForEachAsync(
            all,
            Cancel,
            async (address, _) =>
            {
                var (before, after) = (await first.Answer(address), await second.Answer(address));
                Assert.True(before.Text == after.Text, $"Before the round trip\n{before.Text}\nand after it\n{after.Text}");
                Assert.True(before.Status < 500, before.Text);
            }
        );
    }

    private async Task<StandingFixture> Start()
    {
        var fixture = new StandingFixture(server);
        await fixture.InitializeAsync();
        return fixture;
    }

    private static async Task<string> Export(ApiFixture api)
    {
        using var file = new MemoryStream();
        await new Exporter(api.ContentDatabase).Run(file, null, Cancel);
        return Encoding.UTF8.GetString(file.ToArray());
    }
}
