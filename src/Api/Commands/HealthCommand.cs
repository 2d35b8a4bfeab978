using System.CommandLine;

namespace Api.Commands;

/// <summary><c>health</c>: asks a running server whether it can answer; for containers, whose images have no HTTP client.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "Address of the server.", DefaultValueFactory = _ => ServeCommand.DefaultUrl };
        var command = new Command("health", "Exit with 0 when the server at URL is healthy, with 1 when not.") { url };
        command.SetAction((parsed, cancel) => Ask(parsed.GetRequiredValue(url), cancel));
        return command;
    }

    private static async Task<int> Ask(string url, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(url), Health.Path), cancel);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
