using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Values;

/// <summary>
/// The values of an item's custom fields, in every format that plugins use: one row for each value, PHP arrays, numbers separated by
/// commas, rows of a repeater.
/// </summary>
internal static class FieldValues
{
    /// <summary>Single values in order, such as numbers of posts; none are empty.</summary>
    /// <param name="item">The item.</param>
    /// <param name="names">See <see cref="FieldNames"/>.</param>
    public static IEnumerable<string> Of(WxrItem item, string names) =>
        Rows(item, names)
            .SelectMany(text => PhpText.Values(text) ?? Numbers(text) ?? [text])
            .Select(value => value.Trim())
            .Where(value => value.Length > 0);

    /// <summary>Complete texts in order; none are empty.</summary>
    public static IEnumerable<string> Texts(WxrItem item, string names) =>
        Rows(item, names).SelectMany(text => PhpText.Values(text) ?? [text]).Where(text => !string.IsNullOrWhiteSpace(text));

    /// <summary>True for a WordPress number: digits only.</summary>
    public static bool IsNumber(string value) => value.Length is > 0 and < 20 && value.All(char.IsAsciiDigit);

    private static IEnumerable<string> Rows(WxrItem item, string names) =>
        FieldNames
            .Split(names)
            .SelectMany(name =>
            {
                var spellings = FieldNames.Spellings(name).ToHashSet(StringComparer.Ordinal);
                return item
                    .Meta.Where(meta => FieldNames.IsRead(spellings, meta.Key))
                    .OrderBy(meta => FieldNames.Order(meta.Key), StringComparer.Ordinal)
                    .Select(meta => meta.Value);
            });

    private static string[]? Numbers(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries) is { Length: > 1 } parts && Array.TrueForAll(parts, IsNumber) ? parts : null;
}
