using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Api.Http.Signing;
using Api.Webhooks;

namespace Api.Commands;

/// <summary>Prints what the commands of <c>webhook</c> return, for people or as JSON.</summary>
internal sealed class WebhookPrinter(bool json)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints the id and what the receiver needs to verify signatures.</summary>
    public void Key(string id, string signature, SigningKey key)
    {
        var name = signature == SigningKey.Asymmetric ? "publicKey" : "secret";
        if (json)
            Print(new JsonObject { ["id"] = id, [name] = key.ForReceiver });
        else
            Console.WriteLine($"id {id}\n{name} {key.ForReceiver}");
    }

    public void List(IReadOnlyList<WebhookInfo> webhooks)
    {
        if (json)
            Print(new JsonArray([.. webhooks.Select(Node)]));
        else if (webhooks.Count == 0)
            Console.WriteLine("There is no webhook. 'webhook add URL' adds one.");
        else
            foreach (var one in webhooks)
                Console.WriteLine(Lines(one));
    }

    public void Test(string messageId, TryResult result)
    {
        if (json)
            Print(
                new JsonObject
                {
                    ["messageId"] = messageId,
                    ["acknowledged"] = result.IsAcknowledged,
                    ["status"] = result.Status,
                    ["failure"] = result.Failure,
                    ["milliseconds"] = (int)result.Took.TotalMilliseconds,
                }
            );
        else
            Console.WriteLine($"{Answer(result.Status, result.Failure)} in {(int)result.Took.TotalMilliseconds} ms ({messageId})");
    }

    public void Log(IReadOnlyList<LoggedTry> tries)
    {
        if (json)
            Print(
                new JsonArray([
                    .. tries.Select(one => new JsonObject
                    {
                        ["at"] = one.At,
                        ["messageId"] = one.MessageId,
                        ["type"] = one.Type,
                        ["try"] = one.Try,
                        ["status"] = one.Status,
                        ["failure"] = one.Failure,
                        ["milliseconds"] = one.Milliseconds,
                    }),
                ])
            );
        else
            foreach (var one in tries)
                Console.WriteLine(
                    $"{Time(one.At)}  {one.Type, -15}  try {one.Try, -3}  {Answer(one.Status, one.Failure), -15}  {one.Milliseconds, 5} ms  {one.MessageId}"
                );
    }

    /// <summary>Prints that something was done.</summary>
    public void Done(string id, string state, string sentence, params (string Name, string Value)[] more)
    {
        if (!json)
        {
            Console.WriteLine(sentence);
            return;
        }
        var node = new JsonObject { ["id"] = id, ["state"] = state };
        foreach (var (name, value) in more)
            node[name] = value;
        Print(node);
    }

    private static JsonObject Node(WebhookInfo one) =>
        new()
        {
            ["id"] = one.Id,
            ["name"] = one.Name,
            ["url"] = one.Url,
            ["resources"] = Texts(one.Resources),
            ["topics"] = Texts(one.Topics),
            ["signature"] = one.Signature,
            ["publicKey"] = one.PublicKey,
            ["oldSecretUntil"] = one.OldUntil,
            ["allowPrivate"] = one.AllowPrivate,
            ["createdAt"] = one.CreatedAt,
            ["state"] = one.State,
            ["disabledFor"] = one.DisabledFor,
            ["disabledAt"] = one.DisabledAt,
            ["token"] = one.Token,
            ["failedTries"] = one.Tries,
            ["nextTry"] = one.NextTry,
        };

    private static string Lines(WebhookInfo one)
    {
        var state = one switch
        {
            { DisabledAt: { } at } =>
                $"disabled since {Time(at)} ({(one.DisabledFor == Webhook.Gone ? "it answered 410" : "its last try failed")})",
            { Tries: > 0, NextTry: { } next } => $"failing, {one.Tries} tries, next {Time(next)}",
            _ => one.State,
        };
        var scope =
            (one.Resources is { } resources ? $"  resources {string.Join(',', resources)}" : "")
            + (one.Topics is { } topics ? $"  topics {string.Join(',', topics)}" : "")
            + (one.AllowPrivate ? "  private addresses allowed" : "")
            + (one.OldUntil is { } until ? $"  two secrets until {Time(until)}" : "");
        return $"{one.Id}  {state}\n  {one.Url}{(one.Name is null ? "" : $"  ({one.Name})")}\n  {one.Signature}{scope}  at {one.Token}";
    }

    private static JsonArray? Texts(string[]? texts) => texts is null ? null : [.. texts.Select(text => JsonValue.Create(text))];

    private static string Answer(int? status, string? failure) => status?.ToString(CultureInfo.InvariantCulture) ?? failure ?? "";

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Print(JsonNode node) => Console.WriteLine(node.ToJsonString(Indented));
}
