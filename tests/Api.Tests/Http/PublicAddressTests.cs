using Api.Http;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests.Http;

public class PublicAddressTests(PublicAddressTests.Published published, PublicAddressTests.Proxied proxied, PublicAddressTests.Near near)
    : IClassFixture<PublicAddressTests.Published>,
        IClassFixture<PublicAddressTests.Proxied>,
        IClassFixture<PublicAddressTests.Near>
{
    [Fact]
    public async Task Links_are_on_the_public_address_of_the_settings() =>
        Assert.Equal("https://api.example.org/content/v1/articles", await Self(published));

    [Fact]
    public async Task The_document_points_below_the_public_address() =>
        Assert.Equal(
            ["https://api.example.org/content", "/content"],
            (await published.GetJson("/openapi/v1.json"))["servers"]!.AsArray().Select(server => server!["url"]!.GetValue<string>())
        );

    [Fact]
    public async Task A_trusted_proxy_says_where_the_request_came_to() =>
        Assert.Equal("https://front.example.org/v1/articles", await Self(proxied));

    [Fact]
    public async Task A_proxy_in_a_known_network_says_where_the_request_came_to() =>
        Assert.Equal("https://front.example.org/v1/articles", await Self(near));

    [Theory]
    [InlineData("front.example.org")]
    [InlineData("10.0.0.0/33")]
    [InlineData("")]
    public void A_known_proxy_that_is_no_address_stops_the_start(string known)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Proxy:Known:0"] = known;
        var error = Assert.Throws<InvalidOperationException>(builder.AddApiHttp);
        Assert.Equal(
            $"The setting Proxy:Known holds '{known}'; it has to be an IP address such as 10.0.0.1, or a network such as 10.0.0.0/8.",
            error.Message
        );
    }

    [Fact]
    public async Task A_forwarded_host_that_is_none_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/articles", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", "a\"><script>");
        using var answer = await proxied.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(
            "script",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    private static async Task<string> Self(ApiFixture api)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/articles", UriKind.Relative));
        request.Headers.Add("X-Forwarded-Host", "front.example.org");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var page = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return page["links"]!["self"]!.GetValue<string>();
    }

    public sealed class Published(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder) =>
            builder.Configuration["Api:PublicUrl"] = "https://api.example.org/content/";
    }

    public sealed class Proxied(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Proxy:Trusted"] = "true";
    }

    public sealed class Near(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Proxy:Known:0"] = "127.0.0.0/8";
    }
}
