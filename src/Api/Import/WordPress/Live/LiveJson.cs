using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace Api.Import.WordPress.Live;

/// <summary>Reads members of WordPress's JSON, whatever their type: plugins change the types.</summary>
internal static class LiveJson
{
    private const int MaxText = 24 * 1024 * 1024;

    extension(JsonElement json)
    {
        /// <summary>A text or a number; empty for anything else. Characters that XML forbids become U+FFFD, as in an export.</summary>
        public string Text(string name) => json.Member(name) is { } member ? Scalar(member) : "";

        /// <summary>
        /// A member that is <c>{"raw": …, "rendered": …}</c>: the stored text if the site gives it, else the rendered one.
        /// </summary>
        public string Written(string name) =>
            json.Member(name) is not { } member ? ""
            : member.ValueKind != JsonValueKind.Object ? Scalar(member)
            : member.Member("raw") is { } raw ? Scalar(raw)
            : member.Text("rendered");

        /// <summary>A nested member; null when either member is missing.</summary>
        public JsonElement? Member(string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null
                ? found
                : null;

        /// <summary>True for <c>true</c>.</summary>
        public bool IsTrue(string name) => json.Member(name) is { ValueKind: JsonValueKind.True };

        /// <summary>A number or the numbers of an array, as texts.</summary>
        public IEnumerable<string> Numbers(string name) =>
            json.Member(name) switch
            {
                { ValueKind: JsonValueKind.Array } list => list.EnumerateArray()
                    .Where(n => n.ValueKind == JsonValueKind.Number)
                    .Select(n => n.GetRawText()),
                { ValueKind: JsonValueKind.Number } number => [number.GetRawText()],
                _ => [],
            };

        /// <summary>The WordPress number of the entry; 0 without one.</summary>
        public int Id => int.TryParse(json.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
    }

    /// <summary>A text or a number; empty for anything else.</summary>
    public static string Scalar(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Clean(value.GetString()!),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };

    private static string Clean(string text)
    {
        if (text.Length > MaxText)
            text = text[..MaxText];
        if (text.All(c => c is >= ' ' and < '\uD800' or '\n' or '\r' or '\t'))
            return text;
        var clean = new StringBuilder(text);
        for (var i = 0; i < clean.Length; i++)
            if (char.IsHighSurrogate(clean[i]) && i + 1 < clean.Length && char.IsLowSurrogate(clean[i + 1]))
                i++;
            else if (!XmlConvert.IsXmlChar(clean[i]))
                clean[i] = '\uFFFD';
        return clean.ToString();
    }
}
