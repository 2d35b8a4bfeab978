using Api.Hosting;
using Serilog.Events;

namespace Api.Tests.Hosting;

public class RequestLogTests
{
    [Theory]
    [InlineData("/v1/articles", 200, false, LogEventLevel.Information)]
    [InlineData("/v1/articles", 400, false, LogEventLevel.Information)]
    [InlineData("/v1/articles", 429, false, LogEventLevel.Information)]
    [InlineData("/v1/articles", 503, false, LogEventLevel.Warning)]
    [InlineData("/v1/articles", 500, false, LogEventLevel.Error)]
    [InlineData("/v1/articles", 200, true, LogEventLevel.Error)]
    [InlineData("/readyz", 503, false, LogEventLevel.Information)]
    [InlineData("/readyz", 500, false, LogEventLevel.Error)]
    public void A_fault_is_an_error_and_a_refusal_is_none(string route, int status, bool hasFailed, LogEventLevel level) =>
        Assert.Equal(level, RequestLog.LevelOf(route, status, hasFailed));
}
