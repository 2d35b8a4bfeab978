using System.CommandLine;
using Api.Http.Signing;

namespace Api.Commands;

/// <summary><c>webhook</c>: who is told of changes, as <c>docs/webhooks.md</c> describes.</summary>
internal static class WebhookCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "The id of a webhook, wh_…, as 'webhook list' shows it." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON.", Recursive = true };

    public static Command Create() =>
        new("webhook", "Tell other systems of changes, as described in docs/webhooks.md.")
        {
            Json,
            Add(),
            List(),
            Test(),
            Rotate(),
            Enable(),
            Replay(),
            Log(),
            Remove(),
        };

    private static Command Add()
    {
        var url = new Argument<string>("URL") { Description = "Where events are sent by POST: https, without a user and a fragment." };
        var name = new Option<string?>("--name") { Description = "A name for people, at most 100 characters." };
        var resource = new Option<string?>("--resource") { Description = "Only events of these, such as article,event.", HelpName = "A,B" };
        var topic = new Option<string?>("--topic")
        {
            Description = "Only articles and events on these topics, or topics below them: slugs.",
            HelpName = "A,B",
        };
        var signature = new Option<string>("--signature")
        {
            Description = "v1: HMAC-SHA256 with a secret. v1a: Ed25519; the receiver gets a public key only.",
            DefaultValueFactory = _ => SigningKey.Symmetric,
        };
        signature.AcceptOnlyFromAmong(SigningKey.Symmetric, SigningKey.Asymmetric);
        var allowPrivate = new Option<bool>("--allow-private") { Description = "Allow http, and addresses in private networks." };
        var command = new Command("add", "Add a webhook, and print its id and its secret or public key. The secret is not shown again.")
        {
            url,
            name,
            resource,
            topic,
            signature,
            allowPrivate,
        };
        command.SetAction(
            (parsed, cancel) =>
                WebhookActions.Run(
                    parsed.GetValue(Json),
                    actions =>
                        actions.Add(
                            parsed.GetRequiredValue(url),
                            parsed.GetValue(name),
                            Names(parsed.GetValue(resource)),
                            Names(parsed.GetValue(topic)),
                            parsed.GetRequiredValue(signature),
                            parsed.GetValue(allowPrivate),
                            cancel
                        ),
                    cancel
                )
        );
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the webhooks and their state.");
        command.SetAction((parsed, cancel) => WebhookActions.Run(parsed.GetValue(Json), actions => actions.List(cancel), cancel));
        return command;
    }

    private static Command Test()
    {
        var command = new Command("test", "Send a test now, and print the status of the answer. Exit with 1 when it is not 2xx.") { Id };
        return With(command, (parsed, actions, cancel) => actions.Test(parsed.GetRequiredValue(Id), cancel));
    }

    private static Command Rotate()
    {
        var overlap = new Option<string>("--overlap")
        {
            Description = "How long the secret before signs as well, such as 90m, 24h or 7d; at most 30d.",
            DefaultValueFactory = _ => "24h",
            HelpName = "TIME",
        };
        var command = new Command("rotate", "Replace the secret, and print the new one.") { Id, overlap };
        return With(
            command,
            (parsed, actions, cancel) => actions.Rotate(parsed.GetRequiredValue(Id), parsed.GetRequiredValue(overlap), cancel)
        );
    }

    private static Command Enable()
    {
        var command = new Command("enable", "Go on with a webhook that was disabled, or try a failing one at once.") { Id };
        return With(command, (parsed, actions, cancel) => actions.Enable(parsed.GetRequiredValue(Id), cancel));
    }

    private static Command Replay()
    {
        var since = new Option<string>("--since")
        {
            Description = "A token, or a time such as 2026-11-28T14:00:00Z, at most seven days ago.",
            HelpName = "TOKEN|TIME",
            Required = true,
        };
        var command = new Command("replay", "Send everything since a token or a time once more, in one event.") { Id, since };
        return With(
            command,
            (parsed, actions, cancel) => actions.Replay(parsed.GetRequiredValue(Id), parsed.GetRequiredValue(since), cancel)
        );
    }

    private static Command Log()
    {
        var failed = new Option<bool>("--failed") { Description = "Only tries that failed." };
        var limit = new Option<int>("--limit")
        {
            Description = "The most tries, 1 to 10000.",
            DefaultValueFactory = _ => 50,
            HelpName = "N",
        };
        WordPressCommand.Bound(limit, 1, 10_000);
        var command = new Command("log", "List the last tries, newest first. They are kept for 30 days.") { Id, failed, limit };
        return With(
            command,
            (parsed, actions, cancel) => actions.Log(parsed.GetRequiredValue(Id), parsed.GetValue(failed), parsed.GetValue(limit), cancel)
        );
    }

    private static Command Remove()
    {
        var command = new Command("remove", "Remove a webhook and its log.") { Id };
        return With(command, (parsed, actions, cancel) => actions.Remove(parsed.GetRequiredValue(Id), cancel));
    }

    private static Command With(Command command, Func<ParseResult, WebhookActions, CancellationToken, Task<int>> action)
    {
        command.SetAction(
            (parsed, cancel) => WebhookActions.Run(parsed.GetValue(Json), actions => action(parsed, actions, cancel), cancel)
        );
        return command;
    }

    private static string[]? Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
