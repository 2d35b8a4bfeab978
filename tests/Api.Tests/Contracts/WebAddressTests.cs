using System.Text.RegularExpressions;
using Api.Contracts.Text;
using CsCheck;

namespace Api.Tests.Contracts;

public partial class WebAddressTests
{
    private static readonly string[] Marks =
    [
        "%",
        "%4",
        "%C3%A4",
        "%zz",
        " ",
        "  ",
        "\t",
        "\n",
        "\\",
        "|",
        "^",
        "`",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        "\"",
        "'",
        "#",
        "?",
        "&",
        "=",
        "+",
        ";",
        ",",
        "@",
        ":",
        "/",
        ".",
        "..",
        "ä",
        "a\u0308",
        "ß",
        "東京",
        "🌏",
        "\u200b",
        "\u202e",
        "\u00a0",
        "\ud800",
        "\u0001",
        "%25",
        "%uABCD",
    ];

    private static readonly Gen<string> Odd = Gen.OneOf(
        Gen.Int[0, Marks.Length - 1].Select(n => Marks[n]),
        Gen.Char.AlphaNumeric.Select(letter => letter.ToString())
    );

    [Theory]
    [InlineData("https://old.example.net/uploads/Häfen.jpg", "https://old.example.net/uploads/H%C3%A4fen.jpg")]
    [InlineData("https://old.example.net/uploads/H%C3%A4fen.jpg", "https://old.example.net/uploads/H%C3%A4fen.jpg")]
    [InlineData("https://old.example.net/uploads/H%c3%a4fen-%41%7E.jpg", "https://old.example.net/uploads/H%c3%a4fen-%41%7E.jpg")]
    [InlineData("https://old.example.net/100%-sure", "https://old.example.net/100%25-sure")]
    [InlineData("https://old.example.net/100%25-sure", "https://old.example.net/100%25-sure")]
    [InlineData("https://old.example.net/a%zz%4", "https://old.example.net/a%25zz%254")]
    [InlineData("https://old.example.net/a b  c", "https://old.example.net/a%20b%20%20c")]
    [InlineData(" https://old.example.net/a\n  b\t ", "https://old.example.net/a%20%20b")]
    [InlineData("https://old.example.net/a\\b?c\\d", "https://old.example.net/a/b?c%5Cd")]
    [InlineData("https://old.example.net/a|{b}^`[c]\"<d>'", "https://old.example.net/a%7C%7Bb%7D%5E%60%5Bc%5D%22%3Cd%3E'")]
    [InlineData("https://old.example.net?q=ä&b=[1]#ü#", "https://old.example.net?q=%C3%A4&b=%5B1%5D#%C3%BC%23")]
    [InlineData("https://old.example.net/a/../b//c/./?x=1&y=2+3;4", "https://old.example.net/a/../b//c/./?x=1&y=2+3;4")]
    [InlineData("HTTPS://Old.Example.NET:443/A", "HTTPS://Old.Example.NET:443/A")]
    [InlineData("https://häfen.example/", "https://xn--hfen-loa.example/")]
    [InlineData("https://ha\u0308fen.example:8443/x", "https://xn--hfen-loa.example:8443/x")]
    [InlineData("https://例え。テスト", "https://xn--r8jz45g.xn--zckzah")]
    [InlineData("https://ünal:geheim@häfen.example/", "https://%C3%BCnal:geheim@xn--hfen-loa.example/")]
    [InlineData("http://[::1]:5080/ä", "http://[::1]:5080/%C3%A4")]
    [InlineData("http://localhost:5080", "http://localhost:5080")]
    public void An_address_is_percent_encoded_once(string written, string expected) => Assert.Equal(expected, WebAddress.Of(written));

    [Theory]
    [InlineData("")]
    [InlineData("/relative")]
    [InlineData("//example.org/x")]
    [InlineData("ftp://example.org/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https:example.org")]
    [InlineData("https:///x")]
    [InlineData("https://exa mple.org/")]
    [InlineData("https://ex%ample.org/")]
    [InlineData("https://a<b.example/")]
    [InlineData("https://example.org:99999/")]
    [InlineData("https://\u202e/")]
    [InlineData("https://ä-.example/")]
    public void What_is_no_address_of_the_web_is_none(string written) => Assert.Null(WebAddress.Of(written));

    [Fact]
    public void Whatever_comes_out_is_a_uri_and_stays_as_it_is() =>
        Odd.Array[0, 12]
            .Select(string.Concat)
            .Sample(
                odd =>
                {
                    foreach (
                        var written in new[]
                        {
                            $"https://www.example.org/{odd}",
                            $"https://{odd}",
                            $"http://{odd}/x?y",
                            $"https://www.example.org?{odd}#{odd}",
                        }
                    )
                    {
                        if (WebAddress.Of(written) is not { } uri)
                            continue;
                        Assert.Matches(Rfc3986(), uri);
                        Assert.Equal(uri, WebAddress.Of(uri));
                    }
                },
                iter: 20_000
            );

    [Fact]
    public void Every_path_of_the_web_has_a_uri() =>
        Odd.Array[0, 12].Select(string.Concat).Sample(odd => Assert.NotNull(WebAddress.Of($"https://www.example.org/{odd}")), iter: 5_000);

    /// <summary>Appendix A of RFC 3986, for http and https with a host.</summary>
    [GeneratedRegex(
        """
            \Ahttps?://
            (([A-Za-z0-9\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*@)?
            (\[[0-9A-Fa-f:.]+\]|([A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})+)
            (:[0-9]*)?
            (/([A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*)*
            (\?([A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?
            (\#([A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?\z
            """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase
    )]
    internal static partial Regex Rfc3986();
}
