using Api.Http.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Api.Tests.Http;

public class FailureTests
{
    // What the server cannot do now, and what it was asked wrongly. The routine tells what the state alone does not.
    [Theory]
    [InlineData("08006", 503)]
    [InlineData("40001", 503)]
    [InlineData("40P01", 503)]
    [InlineData("53100", 503)]
    [InlineData("53200", 503)]
    [InlineData("53300", 503)]
    [InlineData("55000", 503)]
    [InlineData("55P03", 503)]
    [InlineData("57014", 503)]
    [InlineData("57P01", 503)]
    [InlineData("57P02", 503)]
    [InlineData("57P03", 503)]
    [InlineData("57P05", 503)]
    [InlineData("58000", 503)]
    [InlineData("58030", 503)]
    [InlineData("58P01", 503)]
    [InlineData("F0000", 503)]
    [InlineData("XX000", 503)]
    [InlineData("XX001", 503)]
    [InlineData("XX002", 503)]
    [InlineData("26000", 503)]
    [InlineData("0A000", 503, "RevalidateCachedQuery")]
    [InlineData("42501", 503, "internal_load_library")]
    [InlineData("42883", 503, "load_external_function")]
    [InlineData("28P01", 503, null, "FATAL")]
    [InlineData("28000", 503, null, "FATAL")]
    [InlineData("3D000", 503, null, "FATAL")]
    [InlineData("42501", 503, null, "FATAL")]
    [InlineData("25P03", 503, null, "FATAL")]
    [InlineData("57P02", 503, null, "PANIC")]
    [InlineData("0A000", 500)]
    [InlineData("22021", 500)]
    [InlineData("25006", 500)]
    [InlineData("42501", 500)]
    [InlineData("42601", 500)]
    [InlineData("42883", 500)]
    [InlineData("42P01", 500)]
    [InlineData("54001", 500)]
    [InlineData("P0001", 500)]
    public void A_failure_of_the_database_is_passing_or_not(string state, int status, string? routine = null, string severity = "ERROR") =>
        Assert.Equal(status, Failures.Explain(new PostgresException("", severity, severity, state, routine: routine)).Kind.Status);

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
            if (afterItBegan)
                await http.Response.WriteAsync("The beginning of a longer answer.", cancel);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
    }
}
