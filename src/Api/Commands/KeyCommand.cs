using System.CommandLine;
using Api.Data;
using Api.Hosting;
using Api.Http.Keys;
using Api.Keys;

namespace Api.Commands;

/// <summary><c>key</c>: the keys of clients, as <c>docs/keys.md</c> describes.</summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "Give keys to clients, as described in docs/keys.md.") { NewKey(), List(), Revoke() };

    private static Command NewKey()
    {
        var name = new Option<string>("--name") { Description = "Who has it, at most 100 characters.", Required = true };
        var scope = new Option<string>("--scope")
        {
            Description = "preview: drafts and what is to come. early: what is under embargo, on some topics.",
            Required = true,
        };
        scope.AcceptOnlyFromAmong(GrantedKey.PreviewScope, GrantedKey.EarlyScope);
        var topic = new Option<string?>("--topic")
        {
            Description = "For early: the topics, with those below them, as slugs.",
            HelpName = "A,B",
        };
        var expires = new Option<string>("--expires")
        {
            Description = "When it ends: a time such as 365d, a date such as 2027-06-30, or never.",
            DefaultValueFactory = _ => "365d",
        };
        var perMinute = new Option<int>("--per-minute")
        {
            Description = "The most requests a minute, on each node.",
            DefaultValueFactory = _ => 600,
        };
        var command = new Command("create", "Make a key, and print it. It is not shown again.") { name, scope, topic, expires, perMinute };
        command.SetAction(
            (parsed, cancel) =>
                Run(
                    actions =>
                        actions.Create(
                            parsed.GetRequiredValue(name),
                            parsed.GetRequiredValue(scope),
                            parsed.GetValue(topic)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                                ?? [],
                            parsed.GetRequiredValue(expires),
                            parsed.GetValue(perMinute),
                            cancel
                        ),
                    cancel
                )
        );
        return command;
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("list", "List the keys and their state.") { json };
        command.SetAction((parsed, cancel) => Run(actions => actions.List(parsed.GetValue(json), cancel), cancel));
        return command;
    }

    private static Command Revoke()
    {
        var key = new Argument<string>("ID|NAME") { Description = "The id or the name of a key, as 'key list' shows them." };
        var command = new Command("revoke", "Revoke a key. Within five seconds no node takes it.") { key };
        command.SetAction((parsed, cancel) => Run(actions => actions.Revoke(parsed.GetRequiredValue(key), cancel), cancel));
        return command;
    }

    // Runs an action on the database of this installation.
    private static async Task<int> Run(Func<KeyActions, Task<int>> action, CancellationToken cancel)
    {
        var builder = ApiHost.CreateBuilder();
        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        await server.Prepare(server.IsPrivate, cancel);
        await using var content = new ContentDatabase(server.Connections);
        return await action(new KeyActions(content));
    }
}
