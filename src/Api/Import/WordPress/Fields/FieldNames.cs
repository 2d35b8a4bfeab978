using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Fields;

/// <summary>
/// Names of custom fields as a mapping writes them: one, or several with commas between. <c>people.person</c> is the field <c>person</c> in each row of the repeater <c>people</c>,
/// or in the group of that name. WordPress keeps these as <c>people_0_person</c>, <c>people_1_person</c> … and <c>people_person</c>.
/// </summary>
internal static partial class FieldNames
{
    /// <summary>The single names.</summary>
    public static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A name with each dot as it is, which stands for rows, and as an underscore, which stands for a group: at most 2^(dots).</summary>
    public static IEnumerable<string> Spellings(string name) => name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        ? Spellings(name[(dot + 1)..]).SelectMany(rest => new[] { $"{name[..dot]}.{rest}", $"{name[..dot]}_{rest}" })
        : [name];

    /// <summary>True for a key that one of the names means.</summary>
    /// <param name="spellings">Of all names.</param>
    /// <param name="key">As WordPress keeps it.</param>
    public static bool IsRead(IReadOnlySet<string> spellings, string key) => spellings.Contains(key) || (Row().IsMatch(key) && spellings.Contains(Row().Replace(key, ".")));

    /// <summary>The key without the numbers of its rows.</summary>
    public static string Bare(string key) => Row().Replace(key, ".");

    /// <summary>Sorts keys by the numbers of their rows, not by their digits.</summary>
    public static string Order(string key) => Row().Replace(key, row => "_" + row.Value.Trim('_').PadLeft(9, '0') + "_");

    [GeneratedRegex("_[0-9]{1,6}_")]
    private static partial Regex Row();
}
