using System.Text.Json;

namespace Api.Import.WordPress.Markup;

/// <summary>Reads the settings of blocks, whatever their structure.</summary>
internal static class BlockJson
{
    extension(JsonElement json)
    {
        /// <summary>A member of an object; null when there is none.</summary>
        public JsonElement? Get(string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) ? found : null;

        /// <summary>A nested member; null when any member on the path is missing.</summary>
        public JsonElement? Get(params ReadOnlySpan<string> path)
        {
            JsonElement? at = json;
            foreach (var name in path)
                at = at?.Get(name);
            return at;
        }

        /// <summary>A text or a number; empty for anything else.</summary>
        public string Scalar() =>
            json.ValueKind switch
            {
                JsonValueKind.String => json.GetString()!,
                JsonValueKind.Number => json.GetRawText(),
                _ => "",
            };
    }
}
