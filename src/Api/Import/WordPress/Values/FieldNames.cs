using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Values;

/// <summary>
/// Names of custom fields as a mapping writes them: one, or several separated by commas. <c>people.person</c> is the field <c>person</c> in
/// each row of the repeater <c>people</c>, or in the group of that name. WordPress stores these as <c>people_0_person</c>,
/// <c>people_1_person</c> … and <c>people_person</c>.
/// </summary>
internal static partial class FieldNames
{
    /// <summary>The single names.</summary>
    public static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// A name with each dot kept, which stands for rows, or replaced by an underscore, which stands for a group: at most 2^(dots).
    /// </summary>
    public static IEnumerable<string> Spellings(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            ? Spellings(name[(dot + 1)..]).SelectMany(rest => new[] { $"{name[..dot]}.{rest}", $"{name[..dot]}_{rest}" })
            : [name];

    /// <summary>True if one of the names matches a key.</summary>
    /// <param name="spellings">The spellings of all names.</param>
    /// <param name="key">The key as WordPress stores it.</param>
    public static bool IsRead(IReadOnlySet<string> spellings, string key) =>
        spellings.Contains(key) || (Row().IsMatch(key) && spellings.Contains(Row().Replace(key, ".")));

    /// <summary>The key without its row numbers.</summary>
    public static string Bare(string key) => Row().Replace(key, ".");

    /// <summary>Compares keys by their row numbers as numbers.</summary>
    public static string Order(string key) => Row().Replace(key, row => "_" + row.Value.Trim('_').PadLeft(9, '0') + "_");

    [GeneratedRegex("_[0-9]{1,6}_")]
    private static partial Regex Row();
}
