using System.Security.Cryptography;
using System.Text;
using Api.Http.Keys;

namespace Api.Tests.Http.Keys;

public class ApiKeyTests
{
    [Fact]
    public void A_new_key_is_read_back()
    {
        for (var time = 0; time < 100; time++)
        {
            var key = ApiKey.New();
            Assert.Matches(@"\Acak_[0-9a-hjkmnp-tv-z]{8}_[0-9a-hjkmnp-tv-z]{36}\z", key.Text);
            Assert.Equal(key.Text[4..12], key.Id);
            Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(key.Text)), key.Hash);
            Assert.Equal(key.Text, ApiKey.Parse(key.Text)!.Text);
        }
    }

    [Fact]
    public void A_typing_error_is_no_key()
    {
        var text = ApiKey.New().Text;
        for (var place = 0; place < text.Length; place++)
        {
            var other = text[place] == 'x' ? 'y' : 'x';
            Assert.Null(ApiKey.Parse($"{text[..place]}{other}{text[(place + 1)..]}"));
            Assert.Null(ApiKey.Parse(text.Remove(place, 1)));
        }
        Assert.Null(ApiKey.Parse(text.ToUpperInvariant()));
        Assert.Null(ApiKey.Parse(text + "\n"));
        Assert.Null(ApiKey.Parse(" " + text));
        Assert.Null(ApiKey.Parse(""));
    }

    [Fact]
    public void Keys_are_removed_from_texts()
    {
        var text = ApiKey.New().Text;
        foreach (var key in new[] { text, text.ToUpperInvariant(), text[..30], text + text })
        {
            Assert.True(ApiKey.IsIn($"a {key}, b"));
            Assert.Equal("a cak_[removed], b", ApiKey.RemoveFrom($"a {key}, b"));
        }
        Assert.Equal("/v1/articles?a=cak_[removed]&b=1", ApiKey.RemoveFromAddress($"/v1/articles?a={text}&b=1"));
        Assert.Equal("[removed]", ApiKey.RemoveFromAddress($"/v1/articles?a={text.Replace("_", "%5F", StringComparison.Ordinal)}"));
        foreach (var harmless in new[] { "", "cak_", "cake", "a cak_e", "/v1/articles?q=cak_es" })
            Assert.False(ApiKey.IsIn(harmless));
        Assert.Equal("cake and %", ApiKey.RemoveFrom("cake and %"));
        Assert.Equal("/v1/articles?q=cake%20", ApiKey.RemoveFromAddress("/v1/articles?q=cake%20"));
    }
}
