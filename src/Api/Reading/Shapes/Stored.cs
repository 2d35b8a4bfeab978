using System.Text.Json;
using Api.Contracts;
using Api.Http.Json;

namespace Api.Reading.Shapes;

/// <summary>Value objects that the database keeps in their public shape, as jsonb.</summary>
internal static class Stored
{
    /// <summary>A picture; null for null.</summary>
    public static Image? Image(string? json) => json is null ? null : Read<Image>(json);

    /// <summary>A list; the usual empty one costs nothing.</summary>
    public static IReadOnlyList<T> List<T>(string json) => json == "[]" ? [] : Read<IReadOnlyList<T>>(json);

    /// <summary>What search engines are to show.</summary>
    public static Seo Seo(string json) => json == "{}" ? NoSeo : Read<Seo>(json);

    private static readonly Seo NoSeo = new();

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize(json, ApiJson.TypeInfo<T>()) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");
}
