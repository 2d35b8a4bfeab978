using Api.Tests.Support;

namespace Api.EndToEnd.Commands;

public class CommandLineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("migrate", "--help")]
    [InlineData("import", "--help")]
    [InlineData("import", "ndjson", "--help")]
    [InlineData("import", "wordpress", "--help")]
    [InlineData("export", "--help")]
    [InlineData("export", "ndjson", "--help")]
    [InlineData("webhook", "--help")]
    [InlineData("webhook", "add", "--help")]
    [InlineData("key", "--help")]
    [InlineData("key", "create", "--help")]
    [InlineData("health", "--help")]
    public async Task Every_command_has_help(params string[] arguments)
    {
        using var api = ApiProcess.Start(arguments);
        Assert.Equal(0, await api.Exit(Cancel));
        Assert.Contains("Usage:", api.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_is_no_command_is_refused()
    {
        using var api = ApiProcess.Start(["sevre"]);
        Assert.Equal(1, await api.Exit(Cancel));
        Assert.Contains("sevre", api.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_of_a_server_that_is_not_there_is_bad()
    {
        using var api = ApiProcess.Start(["health", "http://127.0.0.1:1"]);
        Assert.Equal(1, await api.Exit(Cancel));
        Assert.Single(api.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
