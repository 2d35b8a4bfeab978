using System.Text.Json;

namespace Api.Export;

/// <summary>Nests the entries of a menu.</summary>
internal static class MenuEntries
{
    /// <summary>
    /// Writes the entries, which come in reading order, each before the entries below it and with its <c>level</c> from 1.
    /// </summary>
    public static void Write(Utf8JsonWriter json, JsonElement entries)
    {
        var open = 0;
        json.WriteStartArray();
        foreach (var entry in entries.EnumerateArray())
        {
            var level = entry.GetProperty("level").GetInt32();
            for (; open >= level; open--)
                Close(json);
            json.WriteStartObject();
            json.WriteString("label", entry.GetProperty("label").GetString());
            if (entry.GetProperty("target") is { ValueKind: JsonValueKind.Object } target)
            {
                json.WritePropertyName("target");
                target.WriteTo(json);
            }
            json.WriteStartArray("items");
            open = level;
        }
        for (; open > 0; open--)
            Close(json);
        json.WriteEndArray();
    }

    private static void Close(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
