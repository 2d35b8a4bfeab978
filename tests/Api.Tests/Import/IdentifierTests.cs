using Api.Import.Lines.Values;
using Api.Tests.Support;

namespace Api.Tests.Import;

/// <summary>The identifiers that catalogues know people and reports by.</summary>
public class IdentifierTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    // The first is the example of orcid.org; X stands for a check digit of ten.
    [Theory]
    [InlineData("0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("http://www.orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097")]
    [InlineData("ORCID: 0000000218250097", "0000-0002-1825-0097")]
    [InlineData("0000-0000-0000-001x", "0000-0000-0000-001X")]
    [InlineData("0000-0000-0000-010X", null)]
    [InlineData("0000-0002-1825-0096", null)]
    [InlineData("0000-0002-1825-009", null)]
    [InlineData("0000-0002-1825-00977", null)]
    [InlineData("https://example.org/0000-0002-1825-0097", null)]
    [InlineData("٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧", null)]
    public void An_orcid_is_read_in_the_forms_people_write(string written, string? orcid) => Assert.Equal(orcid, ValueRules.Orcid(written));

    [Fact]
    public async Task An_expert_has_an_orcid_in_every_format()
    {
        var slug = Some.Slug("orcid");
        await api.Import(
            Some.Expert(
                new
                {
                    slug,
                    orcid = "https://orcid.org/0000-0002-1825-0097",
                    profiles = new[] { new { label = "ORCID", url = "http://www.orcid.org/0000-0002-1825-0097/" } },
                }
            )
        );
        Assert.Equal("0000-0002-1825-0097", (string?)(await api.GetJson($"/v1/experts/{slug}"))["data"]!["orcid"]);
        Assert.Equal(
            ["https://orcid.org/0000-0002-1825-0097"],
            (await api.GetJson($"/v1/experts/{slug}.jsonld"))["sameAs"]!.AsArray().Select(url => (string)url!)
        );
        Assert.Contains(
            "0000-0002-1825-0097",
            await api.Client.GetStringAsync(new Uri("/v1/experts.csv", UriKind.Relative), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_report_number_is_as_written_and_found_in_lists_by_field()
    {
        var slug = Some.Slug("numbered");
        await api.Import(Some.Article(new { slug, reportNumber = "  HI-2026/14 \n" }));
        Assert.Equal("HI-2026/14", (string?)(await api.GetJson($"/v1/articles/{slug}"))["data"]!["reportNumber"]);
        Assert.Equal("HI-2026/14", (string?)(await api.GetJson($"/v1/articles/{slug}?fields=reportNumber"))["data"]!["reportNumber"]);
    }
}
