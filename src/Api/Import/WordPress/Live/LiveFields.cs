using System.Text.Json;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Custom fields in the REST API: fields that a plugin has registered, and those of Advanced Custom Fields. A related post, person, file or
/// term is given as its number, alone or in an object. Of the object only the number is kept, because a user object contains an e-mail
/// address.
/// </summary>
internal static class LiveFields
{
    private const int LongText = 1_000_000;
    private const int MaxDepth = 6;

    private static readonly string[] Numbers = ["ID", "id", "term_id"];

    /// <summary>Adds the selected fields, each value as a field of the same name.</summary>
    public static void Add(WxrItem item, JsonElement? fields, IReadOnlySet<string> kept)
    {
        if (fields is not { ValueKind: JsonValueKind.Object } all)
            return;
        foreach (var field in all.EnumerateObject())
            if (LimitedPosts.IsKnown(field.Name))
                item.Meta.Add((field.Name, Limited(field.Value.GetRawText().Trim('"'), 20_000)));
            else if (WxrFields.IsKeptMeta(field.Name) && field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                AddTo(item, field.Name, all.Text(field.Name));
            else if (WxrFields.IsText(field.Name))
                AddTo(item, field.Name, all.Text(field.Name));
            else if (!FieldNames.IsRead(kept, field.Name) && WxrFields.IsShown(field.Name, item))
                item.Meta.Add((field.Name, Limited(all.Text(field.Name), LongText)));
            else
                Walk(item, field.Name, field.Value, kept, MaxDepth);
    }

    private static void Walk(WxrItem item, string name, JsonElement value, IReadOnlySet<string> kept, int depth)
    {
        if (depth == 0)
            return;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var each in value.EnumerateArray())
                    Walk(item, name, each, kept, depth - 1);
                break;
            case JsonValueKind.Object when FieldNames.IsRead(kept, name) && Reference(value) is { Length: > 0 } reference:
                AddTo(item, name, reference);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Walk(item, $"{name}.{member.Name}", member.Value, kept, depth - 1);
                break;
            // The form in which WordPress stores a true value.
            case JsonValueKind.True when FieldNames.IsRead(kept, name):
                AddTo(item, name, "1");
                break;
            case JsonValueKind.String or JsonValueKind.Number when FieldNames.IsRead(kept, name):
                AddTo(item, name, LiveJson.Scalar(value));
                break;
        }
    }

    private static string Reference(JsonElement value) =>
        Numbers.Select(number => value.Text(number)).FirstOrDefault(FieldValues.IsNumber) ?? value.Text("url");

    private static void AddTo(WxrItem item, string name, string text)
    {
        if (text.Length > 0)
            item.Meta.Add((name, Limited(text, LongText)));
    }

    private static string Limited(string text, int most) => (text.Length > most ? text[..most] : text).Trim();
}
