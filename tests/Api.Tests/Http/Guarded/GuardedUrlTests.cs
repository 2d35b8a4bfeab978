using Api.Http.Guarded;

namespace Api.Tests.Http.Guarded;

public class GuardedUrlTests
{
    [Theory]
    [InlineData("https://example.org/hook")]
    [InlineData("https://example.org:8443/hook?a=b")]
    [InlineData("https://bücher.example/hook")]
    [InlineData("https://8.8.8.8/hook")]
    [InlineData("https://[2606:4700::1111]/hook")]
    public void It_is_accepted(string text)
    {
        var (url, error) = GuardedUrl.Parse(text, allowPrivate: false);
        Assert.Null(error);
        Assert.NotNull(url);
    }

    [Theory]
    [InlineData("", "no URL")]
    [InlineData("example.org/hook", "no URL")]
    [InlineData("/hook", "no URL")]
    [InlineData("ftp://example.org/hook", "no URL")]
    [InlineData("file:///etc/passwd", "no URL")]
    [InlineData("https:///hook", "no URL")]
    [InlineData("http://example.org/hook", "--allow-private")]
    [InlineData("https://user@example.org/hook", "user")]
    [InlineData("https://user:password@example.org/hook", "user")]
    [InlineData("https://example.org/hook#part", "fragment")]
    [InlineData("https://example.org/hook#", "fragment")]
    [InlineData("https://127.0.0.1/hook", "--allow-private")]
    // Other ways to write 127.0.0.1.
    [InlineData("https://127.1/hook", "--allow-private")]
    [InlineData("https://2130706433/hook", "--allow-private")]
    [InlineData("https://0x7f000001/hook", "--allow-private")]
    [InlineData("https://017700000001/hook", "--allow-private")]
    [InlineData("https://[::1]/hook", "--allow-private")]
    [InlineData("https://[::ffff:8.8.8.8]/hook", "--allow-private")]
    [InlineData("https://[64:ff9b::8.8.8.8]/hook", "--allow-private")]
    [InlineData("https://169.254.169.254/latest/meta-data", "--allow-private")]
    public void It_is_refused_with_what_would_work(string text, string word)
    {
        var (url, error) = GuardedUrl.Parse(text, allowPrivate: false);
        Assert.Null(url);
        Assert.Contains(word, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_one_is_refused() =>
        Assert.NotNull(GuardedUrl.Parse($"https://example.org/{new string('x', 2_000)}", allowPrivate: false).Error);

    [Theory]
    [InlineData("http://127.0.0.1:8080/hook", true)]
    [InlineData("https://[::1]/hook", true)]
    [InlineData("http://receiver/hook", true)]
    [InlineData("http://user@127.0.0.1/hook", false)]
    [InlineData("http://127.0.0.1/hook#part", false)]
    [InlineData("http://0.0.0.0/hook", false)]
    [InlineData("http://224.0.0.1/hook", false)]
    public void Private_addresses_and_http_can_be_allowed(string text, bool isAccepted) =>
        Assert.Equal(isAccepted, GuardedUrl.Parse(text, allowPrivate: true).Url is not null);
}
