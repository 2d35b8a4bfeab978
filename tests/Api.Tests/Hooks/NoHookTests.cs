using System.Net;
using Api.Tests.Support;

namespace Api.Tests.Hooks;

public class NoHookTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Without_a_secret_there_is_no_hook()
    {
        using var answer = await api.Client.PostAsync(
            new Uri("/hooks/wordpress", UriKind.Relative),
            new StringContent(""),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
