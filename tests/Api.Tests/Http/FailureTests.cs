using Api.Http;
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
}
