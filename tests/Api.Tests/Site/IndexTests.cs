using System.Net;
using Api.Site;
using Api.Tests.Support;

namespace Api.Tests.Site;

public class IndexTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_index_links_to_everything_and_every_link_answers()
    {
        var index = (await api.GetJson("/v1"))["data"]!;
        Assert.Superset(
            new HashSet<string> { "articles", "articleTypes", "events", "pages", "menus", "redirects" },
            index["collections"]!.AsObject().Select(link => link.Key).ToHashSet()
        );
        var links = index["collections"]!
            .AsObject()
            .Concat(index["documents"]!.AsObject())
            .Where(link => link.Value!.GetValue<string>().Contains('{', StringComparison.Ordinal) is false)
            .Append(new("self", index["links"]!["self"]));
        foreach (var (name, link) in links)
        {
            using var answer = await api.Client.GetAsync(new Uri(link!.GetValue<string>()), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.MovedPermanently, $"{name}: {(int)answer.StatusCode}");
        }
        foreach (
            var (name, template) in new[]
            {
                ("resolve", "/v1/resolve{?path}"),
                ("search", "/v1/search{?q,resource}"),
                ("suggest", "/v1/suggest{?q}"),
            }
        )
            Assert.EndsWith(template, index["documents"]![name]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_index_tells_about_the_site_and_counts_visible_changes()
    {
        await api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Article(new { language = "en" }),
            Some.Article(new { language = "pt-BR" }),
            Some.Article(new { language = "fr", publicationStatus = "draft" })
        );
        var index = (await api.GetJson("/v1"))["data"]!;
        Assert.Equal(["en", "pt-BR"], index["site"]!["languages"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Equal("America/New_York", index["site"]!["timeZone"]!.GetValue<string>());
        await api.Import(Some.Topic());
        Assert.True((await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>() > index["sequence"]!.GetValue<long>());
    }

    [Fact]
    public void A_language_is_a_range_that_longer_ones_do_not_explain()
    {
        Assert.Equal(
            ["de-Latn-AT", "en", "en-US"],
            LanguageTags.Of([("en", 5), ("en-us", 2), ("de", 1), ("de-latn", 1), ("de-latn-at", 1)])
        );
        Assert.Equal(["en-GB", "en-US"], LanguageTags.Of([("en", 5), ("en-us", 2), ("en-gb", 3)]));
        Assert.Empty(LanguageTags.Of([]));
    }
}
