using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Api.Contracts;

namespace Api.Http;

/// <summary>How contracts become JSON: camelCase, nulls written (but for texts a list leaves out), instants in UTC.</summary>
internal static class ApiJson
{
    /// <summary>The options every answer is written with.</summary>
    public static JsonSerializerOptions Settings { get; } = Make();

    /// <summary>How <typeparamref name="T"/> is written; throws <see cref="NotSupportedException"/> for a type <see cref="ContractJson"/> does not list.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Settings.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // Leaves letters of every script and < > & readable. Safe, as answers are never HTML: the type is application/json with nosniff.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            // Two levels for each of a topic tree's 32, and what is around and inside; 64, the default, is too few.
            MaxDepth = 128,
            TypeInfoResolver = ContractJson.Default.WithAddedModifier(LeaveOutMissingBodies),
        };
        options.Converters.Add(new UtcInstantConverter());
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutMissingBodies(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(member => member.AttributeProvider?.IsDefined(typeof(BodyMemberAttribute), true) == true))
            member.ShouldSerialize = (_, value) => value is not null;
    }
}

/// <summary>Instants as RFC 3339 with <c>Z</c>. One of unspecified kind is taken as UTC, which is what the database means.</summary>
internal sealed class UtcInstantConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTime().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
