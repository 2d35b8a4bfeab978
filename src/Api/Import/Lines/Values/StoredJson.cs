using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Api.Contracts;

namespace Api.Import.Lines.Values;

/// <summary>Contracts as they are stored in jsonb columns: the public shape.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Image))]
[JsonSerializable(typeof(Seo))]
[JsonSerializable(typeof(IReadOnlyList<FileLink>))]
[JsonSerializable(typeof(IReadOnlyList<Correction>))]
[JsonSerializable(typeof(IReadOnlyList<Heading>))]
[JsonSerializable(typeof(IReadOnlyList<Profile>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Relaxed.Settings.GetTypeInfo(typeof(T)));

    // A class of its own: a static field in this class could be initialised before the generated ones, while Default is still null.
    private static class Relaxed
    {
        public static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = Default,
        };
    }
}
