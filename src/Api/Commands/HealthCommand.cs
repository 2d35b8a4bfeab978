using System.CommandLine;
using Api.Hosting;

namespace Api.Commands;

/// <summary><c>health</c>: checks a running server. For containers, whose images have no HTTP client.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("URL")
        {
            Description = "Address of the server.",
            DefaultValueFactory = _ => ServeCommand.DefaultUrl,
        };
        var ready = new Option<bool>("--ready")
        {
            Description =
                $"Ask whether it is ready ({Health.ReadyPath}: with its database, and up to date), instead of whether it runs ({Health.LivePath}), and print why not.",
        };
        var command = new Command("health", "Exit with 0 when the server at URL is healthy, with 1 when not.") { url, ready };
        command.SetAction((parsed, cancel) => Ask(parsed.GetRequiredValue(url), parsed.GetValue(ready), cancel));
        return command;
    }

    private static async Task<int> Ask(string url, bool ready, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(url), ready ? Health.ReadyPath : Health.LivePath), cancel);
            if (answer.IsSuccessStatusCode)
                return 0;
            await Console.Error.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancel));
            return 1;
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"{url} did not answer within {client.Timeout.TotalSeconds} seconds.");
            return 1;
        }
    }
}
