using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Api.Http.Json;
using Api.Live;

namespace Api.Webhooks;

/// <summary>The type and the body of a message.</summary>
/// <param name="Type">The type.</param>
/// <param name="Token">The position of the receiver once it has acknowledged the message.</param>
/// <param name="Body">The body.</param>
internal sealed record WebhookMessage(string Type, ChangeToken Token, byte[] Body)
{
    /// <summary>Content has changed; <c>data</c> is the change event.</summary>
    public const string Changed = "content.changed";

    /// <summary>Everything may have changed: the position is of another history, or older than the stored events.</summary>
    public const string Resync = "content.resync";

    /// <summary>A test by the operator, without meaning.</summary>
    public const string Test = "webhook.test";

    /// <summary>The message of a change event; null for a step without one.</summary>
    public static WebhookMessage? Of(EventStep step) =>
        step.Event is { } changed
            ? new(Changed, step.Token, Write(Changed, changed.At, writer => writer.WriteRawValue(step.Json, skipInputValidation: true)))
            : null;

    /// <summary>The message that says that everything may have changed.</summary>
    /// <param name="token">The position of the receiver afterwards.</param>
    /// <param name="now">The time of the try.</param>
    public static WebhookMessage OfResync(ChangeToken token, DateTimeOffset now) =>
        new(
            Resync,
            token,
            Write(
                Resync,
                now.UtcDateTime,
                writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("sequence", token.Sequence);
                    writer.WriteString("token", token.ToString());
                    writer.WriteStartArray("invalidates");
                    writer.WriteStringValue("all");
                    writer.WriteEndArray();
                    writer.WriteEndObject();
                }
            )
        );

    /// <summary>A test message.</summary>
    /// <param name="webhook">The id of the webhook.</param>
    /// <param name="now">The time of the try.</param>
    public static WebhookMessage OfTest(string webhook, DateTimeOffset now) =>
        new(
            Test,
            ChangeToken.Start,
            Write(
                Test,
                now.UtcDateTime,
                writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("webhook", webhook);
                    writer.WriteEndObject();
                }
            )
        );

    /// <summary>
    /// The header <c>webhook-id</c>: the same in every try of a message, on every node. It has no dot, which divides
    /// what is signed.
    /// </summary>
    /// <param name="webhook">The id of the webhook.</param>
    /// <param name="token">The position of the receiver once it has acknowledged the message.</param>
    public static string Id(string webhook, ChangeToken token) => $"msg_{webhook}_{token.Sequence}_{token.Mark}";

    /// <summary>The id of a test, another one each time.</summary>
    public static string TestId(string webhook) => $"msg_{webhook}_test_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    private static byte[] Write(string type, DateTime at, Action<Utf8JsonWriter> data)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ApiJson.Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteString("timestamp", DateTime.SpecifyKind(at, DateTimeKind.Utc));
            writer.WritePropertyName("data");
            data(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
