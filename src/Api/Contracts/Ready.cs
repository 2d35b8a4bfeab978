using System.Text.Json;
using System.Text.Json.Serialization;

namespace Api.Contracts;

// Without a summary, which would describe the contract in the OpenAPI document.
/// <remarks>A contract that is serialized already.</remarks>
/// <param name="Id">Its immutable identifier, a URN.</param>
/// <param name="Json">The contract as UTF-8.</param>
/// <typeparam name="T">The contract; its schema in the OpenAPI document.</typeparam>
[JsonConverter(typeof(ReadyConverter))]
internal sealed record Ready<T>(string Id, ReadOnlyMemory<byte> Json) : IReady;

/// <summary>Any <see cref="Ready{T}"/>.</summary>
internal interface IReady : IIdentified
{
    /// <summary>The contract as UTF-8.</summary>
    ReadOnlyMemory<byte> Json { get; }

    /// <summary>The contract of a type: of <see cref="Ready{T}"/> its argument, otherwise the type itself.</summary>
    static Type ContractOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Ready<>) ? type.GetGenericArguments()[0] : type;
}

/// <summary>Copies what is serialized.</summary>
internal sealed class ReadyConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeof(IReady).IsAssignableFrom(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Copy<>).MakeGenericType(typeToConvert))!;

    private sealed class Copy<T> : JsonConverter<T>
        where T : IReady
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Contracts of answers are only written.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
    }
}
