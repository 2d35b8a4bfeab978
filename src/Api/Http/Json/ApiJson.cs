using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Api.Http.Json;

/// <summary>How contracts become JSON: camelCase, nulls written (but for texts a list leaves out), instants in UTC.</summary>
internal static class ApiJson
{
    /// <summary>How deep an answer may nest: two levels for each of a topic tree's 32, and what is around and inside.</summary>
    public const int Depth = 128;

    // In bytes. Few answers are longer, and those do not leave a buffer of their size behind.
    private const int MostAnswers = 128 * 1024;

    // One for each thread, as an answer's own array can only be made when its length is known.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    /// <summary>How contracts are read and described. They are written by <see cref="Write{T}(T)"/>.</summary>
    public static JsonSerializerOptions Settings { get; } = Make();

    /// <summary>How answers are written: leaves letters of every script and &lt; &gt; &amp; readable. Safe, as answers are never HTML: the type is application/json with nosniff.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Depth };

    /// <summary>How <typeparamref name="T"/> is read; throws <see cref="NotSupportedException"/> for a type <see cref="ContractJson"/> does not list.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Settings.GetTypeInfo(typeof(T));

    /// <summary>A contract as UTF-8, by its generated writer.</summary>
    public static byte[] Write<T>(T value) => Write(buffer =>
    {
        using var writer = new Utf8JsonWriter(buffer, Writing);
        Writer<T>.Write(writer, value);
    });

    /// <summary>JSON with items in an array of it.</summary>
    /// <param name="around">The JSON.</param>
    /// <param name="place">Where in it the items go.</param>
    /// <param name="items">The items.</param>
    /// <param name="address">The base of their addresses, as it stands in a JSON string.</param>
    /// <param name="fields">The members of an item to write; null for all.</param>
    public static byte[] Write(byte[] around, int place, IReadOnlyList<ReadyItem> items, byte[] address, FieldSelection? fields) => Write(buffer =>
    {
        buffer.Write(around.AsSpan(0, place));
        for (var n = 0; n < items.Count; n++)
        {
            if (n > 0) buffer.Write(","u8);
            items[n].Write(buffer, address, fields);
        }
        buffer.Write(around.AsSpan(place));
    });

    private static byte[] Write(Action<ArrayBufferWriter<byte>> write)
    {
        var buffer = scratch ??= new ArrayBufferWriter<byte>(MostAnswers);
        buffer.ResetWrittenCount();
        write(buffer);
        var written = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > MostAnswers) scratch = null;
        return written;
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { MaxDepth = Depth, TypeInfoResolver = ContractJson.Default };
        options.Converters.Add(new UtcInstantConverter());
        options.MakeReadOnly();
        return options;
    }

    private static class Writer<T>
    {
        private static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)(ContractJson.Default.GetTypeInfo(typeof(T)) ?? throw new NotSupportedException($"No writer is generated for {typeof(T)}."));

        // For what holds one of several contracts only its members' writers are generated.
        public static readonly Action<Utf8JsonWriter, T> Write = Info.SerializeHandler ?? ((writer, value) => JsonSerializer.Serialize(writer, value, Info));
    }
}

/// <summary>Instants as RFC 3339 with <c>Z</c>. One of unspecified kind is taken as UTC, which is what the database means. Generated writers do not ask it: what they are given is in UTC.</summary>
internal sealed class UtcInstantConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTime().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
