using Api.Http.Requests;

namespace Api.Tests.Http;

public class NegotiationTests
{
    [Theory]
    [InlineData("*/*", true)]
    [InlineData("application/json", true)]
    [InlineData("application/*", true)]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", true)]
    [InlineData("application/json;charset=utf-8", true)]
    [InlineData("not a header", true)]
    [InlineData("text/html", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("*/*, application/json;q=0", false)]
    [InlineData("application/json;q=0.1, */*;q=0", true)]
    public void Json_is_sent_to_whoever_does_not_exclude_it(string accept, bool expected) =>
        Assert.Equal(expected, Negotiation.Accepts([accept], "application/json"));

    [Fact]
    public void No_header_takes_all() => Assert.True(Negotiation.Accepts([], "application/json"));
}
