using Api.Contracts;

namespace Api.Reading;

/// <summary>Who an article is by, as text.</summary>
internal static class Byline
{
    /// <summary>"By A, B and C", else "Featuring D", else "With E" for contributors alone; empty when nobody is named.</summary>
    public static string Of(IReadOnlyList<ExpertRef> experts)
    {
        foreach (var (role, lead) in new[] { ("author", "By"), ("featured", "Featuring"), ("contributor", "With") })
        {
            var names = experts.Where(expert => expert.Role == role).Select(expert => expert.Name).ToList();
            if (names.Count > 0) return $"{lead} {Join(names)}";
        }
        return "";
    }

    private static string Join(List<string> names) => names.Count == 1
        ? names[0]
        : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
