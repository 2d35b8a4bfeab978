namespace Api.Tests.Support;

public class Placeholder
{
    [Fact]
    public void The_runner_runs() => Assert.NotEqual(1, 2);
}
