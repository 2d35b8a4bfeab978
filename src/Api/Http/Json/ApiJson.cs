using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Api.Contracts;

namespace Api.Http.Json;

/// <summary>Writes contracts as JSON: camelCase, nulls included (except texts that a list omits), instants in UTC.</summary>
internal static class ApiJson
{
    /// <summary>
    /// Maximum nesting of an answer: two levels for each level of a topic tree, plus the envelope and the members of a topic.
    /// </summary>
    public const int Depth = (2 * Catalogue.TreeLevels) + 64;

    // In bytes. Few answers are longer; a buffer that has grown beyond this is not kept.
    private const int MostAnswers = 128 * 1024;

    // One per thread: the array of an answer can only be allocated when its length is known.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    /// <summary>Options for reading and describing contracts. <see cref="Write{T}(T)"/> writes them.</summary>
    public static JsonSerializerOptions Settings { get; } = Make();

    /// <summary>
    /// Options for writing answers: letters of every script and &lt; &gt; &amp; are not escaped. This is safe because answers are
    /// application/json with nosniff, never HTML.
    /// </summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Depth };

    /// <summary>Metadata for reading <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException"><see cref="ContractJson"/> does not list the type.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Settings.GetTypeInfo(typeof(T));

    /// <summary>Writes a contract as UTF-8 with its generated writer.</summary>
    public static byte[] Write<T>(T value) =>
        Write(buffer =>
        {
            using var writer = new Utf8JsonWriter(buffer, Writing);
            Writer<T>.Write(writer, value);
        });

    /// <summary>Inserts items into an empty array of a JSON document.</summary>
    /// <param name="around">The document.</param>
    /// <param name="place">Offset in bytes at which the items are inserted.</param>
    /// <param name="items">The items.</param>
    /// <param name="address">The base of their addresses, escaped for a JSON string.</param>
    /// <param name="fields">The members of an item to write; null for all.</param>
    public static byte[] Write(byte[] around, int place, IReadOnlyList<ReadyItem> items, byte[] address, FieldSelection? fields) =>
        Write(buffer =>
        {
            buffer.Write(around.AsSpan(0, place));
            for (var n = 0; n < items.Count; n++)
            {
                if (n > 0)
                    buffer.Write(","u8);
                items[n].Write(buffer, address, fields);
            }
            buffer.Write(around.AsSpan(place));
        });

    private static byte[] Write(Action<ArrayBufferWriter<byte>> write)
    {
        var buffer = scratch ??= new ArrayBufferWriter<byte>(MostAnswers);
        buffer.ResetWrittenCount();
        write(buffer);
        var written = GC.AllocateUninitializedArray<byte>(buffer.WrittenCount);
        buffer.WrittenSpan.CopyTo(written);
        if (buffer.Capacity > MostAnswers)
            scratch = null;
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
        private static readonly JsonTypeInfo<T> Info =
            (JsonTypeInfo<T>)(
                ContractJson.Default.GetTypeInfo(typeof(T)) ?? throw new NotSupportedException($"No writer is generated for {typeof(T)}.")
            );

        // No writer is generated for a type with a member of several possible contracts, only for those contracts.
        public static readonly Action<Utf8JsonWriter, T> Write =
            Info.SerializeHandler ?? ((writer, value) => JsonSerializer.Serialize(writer, value, Info));
    }
}

/// <summary>
/// Writes instants as RFC 3339 with <c>Z</c>. An instant of unspecified kind counts as UTC, as the database returns it. Generated writers
/// do not call this converter: their input is always in UTC.
/// </summary>
internal sealed class UtcInstantConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTime().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
