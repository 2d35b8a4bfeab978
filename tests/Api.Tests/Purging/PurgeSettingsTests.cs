using Api.Purging;
using Microsoft.Extensions.Configuration;

namespace Api.Tests.Purging;

public class PurgeSettingsTests
{
    private const string Token = "hush-hush-hush-hush";

    [Fact]
    public void All_are_read()
    {
        var settings = Read(
            ("Varnish:Urls:0", "http://10.0.0.5:6081"),
            ("Varnish:Urls:1", "http://[fd00::1]/"),
            ("Varnish:Secret", Token),
            ("Fastly:Service", "SU1Z0isxPaozGVKXdv0eY"),
            ("Fastly:Token", "a.b_c~d+e/f=-"),
            ("Cloudflare:Zone", "023e105f4ecef8ad9ca31a8372d0c353"),
            ("Cloudflare:Token", Token)
        );
        Assert.Equal(["http://10.0.0.5:6081/", "http://[fd00::1]/"], settings.VarnishUrls.Select(url => url.ToString()));
        Assert.Equal(
            (Token, "SU1Z0isxPaozGVKXdv0eY", "a.b_c~d+e/f=-", "023e105f4ecef8ad9ca31a8372d0c353", Token),
            (settings.VarnishSecret, settings.Fastly?.Id, settings.Fastly?.Token, settings.Cloudflare?.Id, settings.Cloudflare?.Token)
        );
    }

    [Fact]
    public void None_is_needed()
    {
        var settings = Read(("Fastly:Token", ""), ("Varnish:Secret", ""));
        Assert.True(settings is { VarnishUrls: [], VarnishSecret: null, Fastly: null, Cloudflare: null });
    }

    [Theory]
    [InlineData("Purge:Varnish:Urls is a list", "Varnish:Urls", "http://10.0.0.5")]
    [InlineData("Purge:Varnish:Urls has an entry that is no URL", "Varnish:Urls:0", "10.0.0.5:6081")]
    [InlineData("Purge:Varnish:Urls has an entry that is no URL", "Varnish:Urls:0", "http://user:hush-hush@10.0.0.5")]
    [InlineData("Purge:Varnish:Urls has an entry that is no URL", "Varnish:Urls:0", "http://10.0.0.5/cache")]
    [InlineData("Purge:Varnish:Urls has an entry that is no URL", "Varnish:Urls:0", "http://10.0.0.5/?a=hush-hush")]
    [InlineData("Purge:Varnish:Urls has an entry that is no URL", "Varnish:Urls:0", "ftp://10.0.0.5")]
    [InlineData("Purge:Varnish:Secret is set without Purge:Varnish:Urls", "Varnish:Secret", Token)]
    [InlineData("Purge:Varnish:Secret has to have at least 16", "Varnish:Urls:0", "http://a", "Varnish:Secret", "hush-hush")]
    [InlineData("Purge:Varnish:Secret has to be at most 200", "Varnish:Urls:0", "http://a", "Varnish:Secret", "hush-hush-hush \" hush")]
    [InlineData("Purge:Fastly:Service is set without Purge:Fastly:Token", "Fastly:Service", "abc")]
    [InlineData("Purge:Fastly:Token is set without Purge:Fastly:Service", "Fastly:Token", Token)]
    [InlineData("Purge:Fastly:Service has to be at most 64 letters", "Fastly:Service", "../purge_all", "Fastly:Token", Token)]
    [InlineData("Purge:Fastly:Token has to be", "Fastly:Service", "abc", "Fastly:Token", "hush\r\nhush")]
    [InlineData("Purge:Cloudflare:Zone is set without Purge:Cloudflare:Token", "Cloudflare:Zone", "abc")]
    [InlineData("Purge:Cloudflare:Token is set without Purge:Cloudflare:Zone", "Cloudflare:Token", Token)]
    [InlineData("Purge:Cloudflare:Zone has to be at most 64 letters", "Cloudflare:Zone", "a b", "Cloudflare:Token", Token)]
    public void Half_or_wrong_ones_refuse_the_start_and_show_no_secret(
        string expected,
        string name,
        string value,
        string? other = null,
        string? otherValue = null
    )
    {
        var failure = Assert.Throws<InvalidOperationException>(() =>
            Read(other is null ? [(name, value)] : [(name, value), (other, otherValue!)])
        );
        // What begins like this is told as a sentence by the command.
        Assert.StartsWith($"The setting {expected}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.ToString(), StringComparison.Ordinal);
    }

    private static PurgeSettings Read(params (string Name, string Value)[] settings) =>
        PurgeSettings.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Purge:{setting.Name}", (string?)setting.Value)))
                .Build()
        );
}
