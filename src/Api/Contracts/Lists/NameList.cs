namespace Api.Contracts.Lists;

/// <summary>Joins names in a text.</summary>
internal static class NameList
{
    /// <summary>"A", "A and B", "A, B and C"; empty for none.</summary>
    public static string Of(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
