using System.CommandLine;
using Api.Data;

namespace Api.Commands;

/// <summary>The command line of the program. Without a command it serves.</summary>
internal static class CommandLine
{
    /// <returns>Exit code: 0 for success, 1 for a reported failure, 70 for an unexpected exception, 130 when cancelled.</returns>
    public static async Task<int> Run(string[] arguments)
    {
        var urls = new Option<string?>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons (default http://localhost:5080).",
        };
        var root = new RootCommand("A content API for policy research. Without a command it serves.")
        {
            urls,
            ServeCommand.Create(),
            MigrateCommand.Create(),
            ImportCommand.Create(),
            ExportCommand.Create(),
            MirrorCommand.Create(),
            FollowCommand.Create(),
            WebhookCommand.Create(),
            KeyCommand.Create(),
            HealthCommand.Create(),
        };
        root.SetAction((parsed, cancel) => ServeCommand.Serve(parsed.GetValue(urls), cancel));
        try
        {
            // Ctrl-C and SIGTERM both cancel the token. Draining requests and stopping PostgreSQL take longer than the default of two
            // seconds.
            return await root.Parse(arguments)
                .InvokeAsync(
                    new InvocationConfiguration
                    {
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
                    }
                );
        }
        catch (SetupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (SharedSessionException.In(e) is { } shared)
        {
            await Console.Error.WriteLineAsync(shared.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            await Console.Error.WriteLineAsync($"The database failed: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        catch (Exception e)
        {
            // Caught so that disposal runs. Otherwise the private server would keep running.
            await Console.Error.WriteLineAsync(e.ToString());
            return 70;
        }
    }
}
