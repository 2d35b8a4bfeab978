using Api.Http.Site;
using Microsoft.Extensions.Configuration;

namespace Api.Tests.Http;

public class LinksTests
{
    private static readonly SiteSettings Site = Settings();

    [Fact]
    public void Slugs_of_every_script_are_encoded()
    {
        var links = new Links(Site, "https://api.example.org");
        Assert.Equal("https://api.example.org/v1/articles/%E4%B8%AD%E5%9B%BD", links.Self("article", "中国"));
        Assert.Equal("https://www.example.org/articles/%E4%B8%AD%E5%9B%BD", links.PageUrl("article", "中国"));
        Assert.Equal("https://www.example.org/about", links.PageUrl("page", "about"));
    }

    [Theory]
    [InlineData("https://www.example.org", "/")]
    [InlineData("https://www.example.org/", "/")]
    [InlineData("https://www.example.org/articles/a%20b?c=d#e", "/articles/a%20b?c=d#e")]
    [InlineData("https://www.example.org//evil.example/a", null)]
    [InlineData("https://www.example.organic/a", null)]
    [InlineData("https://www.example.org?a", null)]
    [InlineData("https://example.org/a", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_path_is_a_url_without_that_of_the_site(string? url, string? path) =>
        Assert.Equal(path, new Links(Site, "https://api.example.org").PathOf(url));

    [Fact]
    public void A_path_is_below_the_path_of_the_site()
    {
        var links = new Links(Settings(("Site:Url", "https://example.net/en/")), "https://api.example.org");
        Assert.Equal("/articles/%E4%B8%AD", links.PagePath("article", "中"));
        Assert.Equal("/articles/%E4%B8%AD", links.PathOf(links.PageUrl("article", "中")));
        Assert.Equal("https://example.net/en", Settings(("Site:Url", "HTTPS://Example.NET:443/en/")).Url);
        Assert.Null(links.PathOf("https://example.net/de/articles/a"));
        Assert.Null(links.PathOf("https://example.net/english"));
    }

    [Fact]
    public void A_path_of_the_settings_replaces_the_usual_one() =>
        Assert.Equal(
            "https://example.net/a/b",
            new Links(
                Settings(("Site:Url", "https://example.net/"), ("Site:Paths:article", "/a/{slug}")),
                "https://api.example.org"
            ).PageUrl("article", "b")
        );

    [Fact]
    public void Addresses_of_the_settings_become_uris()
    {
        var site = Settings(
            ("Site:Url", "https://häfen.example/über uns/"),
            ("Site:Paths:article", "/artículos/{slug}/leer"),
            ("Site:License:Url", "https://example.org/lizenz für alle")
        );
        Assert.Equal(
            "https://xn--hfen-loa.example/%C3%BCber%20uns/art%C3%ADculos/b/leer",
            new Links(site, "https://api.example.org").PageUrl("article", "b")
        );
        Assert.Equal("https://example.org/lizenz%20f%C3%BCr%20alle", site.License.Url);
    }

    [Theory]
    [InlineData("Site:Url", "example.org")]
    [InlineData("Site:Url", "javascript:alert(1)")]
    [InlineData("Site:Url", "https://example.org/?page=1")]
    [InlineData("Site:Paths:article", "//example.net/{slug}")]
    [InlineData("Site:TimeZone", "Mars/Olympus")]
    [InlineData("Site:Paths:article", "/articles/")]
    [InlineData("Site:License:Url", "ask us")]
    public void A_wrong_setting_is_named_at_the_start(string name, string value) =>
        Assert.Contains(name, Assert.Throws<InvalidOperationException>(() => Settings((name, value))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("api.example.org", true)]
    [InlineData("localhost:5080", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("a\"b", false)]
    [InlineData("a>b", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("a:b", false)]
    [InlineData("a,b", false)]
    [InlineData("user@host", false)]
    public void Only_a_host_is_a_host(string host, bool expected) => Assert.Equal(expected, Links.IsHost(host));

    private static SiteSettings Settings(params (string Name, string Value)[] values) =>
        SiteSettings.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value)))
                .Build()
        );
}
