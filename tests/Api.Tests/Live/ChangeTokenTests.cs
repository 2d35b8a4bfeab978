using System.Globalization;
using System.Runtime.CompilerServices;
using Api.Live;

namespace Api.Tests.Live;

public class ChangeTokenTests
{
    [Fact]
    public void A_token_is_read_as_it_was_written()
    {
        var at = DateTime.Parse("2026-11-28T14:03:07Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        for (var sequence = 0; sequence < 200; sequence++)
        {
            var token = ChangeToken.Of(sequence, at);
            Assert.Equal(token, ChangeToken.Read(token.ToString()));
            Assert.Equal(sequence == 0 ? "0" : $"{sequence}.{token.Mark}", token.ToString());
            Assert.NotEqual(token, ChangeToken.Of(sequence + 1, at));
        }
        // Stored by webhooks and known to clients: it must stay what it was.
        Assert.Equal("231.g6ggVDU_", ChangeToken.Of(231, at).ToString());
    }

    // Thousands of streams keep one: see decision 21.
    [Fact]
    public void A_token_refers_to_no_object() => Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<ChangeToken>());

    [Theory]
    [InlineData("1.AAAAAAAA", true)]
    [InlineData("1.-_azAZ09", true)]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("0.AAAAAAAA", false)]
    [InlineData("01.AAAAAAAA", false)]
    [InlineData("-1.AAAAAAAA", false)]
    [InlineData("+1.AAAAAAAA", false)]
    [InlineData("1.AAAAAAA", false)]
    [InlineData("1.AAAAAAAAA", false)]
    [InlineData("1.AAAAAAA=", false)]
    [InlineData("1.AAAAAA==", false)]
    [InlineData("1.AAAA+/AA", false)]
    [InlineData("1. AAAAAAA", false)]
    [InlineData("1.AAAAAAA\n", false)]
    [InlineData("9223372036854775808.AAAAAAAA", false)]
    public void Nothing_else_is_a_token(string text, bool isToken) =>
        Assert.Equal(isToken ? text : null, ChangeToken.Read(text)?.ToString());
}
