using Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Api.Tests.Http;

public class FailureTests
{
    [Theory]
    [InlineData("57014", 503)]
    [InlineData("57P01", 503)]
    [InlineData("53300", 503)]
    [InlineData("42P01", 500)]
    [InlineData("22021", 500)]
    public void A_failure_of_the_database_is_passing_or_not(string state, int status) =>
        Assert.Equal(status, Failures.Explain(new PostgresException("", "ERROR", "ERROR", state)).Kind.Status);

    [Fact]
    public void An_unreachable_database_says_when_to_come_back()
    {
        var problem = Failures.Explain(new NpgsqlException("refused"));
        Assert.Equal("service-unavailable", problem.Kind.Code);
        Assert.InRange(problem.RetryAfter!.Value, 1, 60);
    }

    [Theory]
    [InlineData(false, StatusCodes.Status499ClientClosedRequest)]
    [InlineData(true, StatusCodes.Status200OK)]
    public async Task Who_hangs_up_is_no_failure(bool afterItBegan, int status)
    {
        var cancel = TestContext.Current.CancellationToken;
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource<int>();
        await using var server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(async http =>
        {
            try
            {
                await Failures.Run(http, Answer);
                ended.SetResult(http.Response.StatusCode);
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        });
        await server.StartAsync(cancel);

        using (var client = new HttpClient())
        using (var hangUp = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            var answer = client.GetAsync(new Uri(server.Urls.Single()), hangUp.Token);
            await begun.Task.WaitAsync(cancel);
            await hangUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        }

        Assert.Equal(status, await ended.Task.WaitAsync(cancel));

        async Task Answer(HttpContext http)
        {
            if (afterItBegan) await http.Response.WriteAsync("The beginning of a longer answer.", cancel);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
    }
}
