using System.Net;
using Api.Tests.Support;

namespace Api.Tests;

public class HealthTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_running_server_is_healthy()
    {
        using var answer = await api.Client.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ok\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
