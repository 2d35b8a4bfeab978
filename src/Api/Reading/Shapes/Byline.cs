using Api.Contracts;
using Api.Contracts.Lists;

namespace Api.Reading.Shapes;

/// <summary>Who an article is by, as text.</summary>
internal static class Byline
{
    /// <summary>"By A, B and C", else "Featuring D", else "With E" for contributors alone; empty when nobody is named.</summary>
    public static string Of(IReadOnlyList<ExpertRef> experts)
    {
        foreach (var (role, lead) in new[] { ("author", "By"), ("featured", "Featuring"), ("contributor", "With") })
        {
            var names = experts.Where(expert => expert.Role == role).Select(expert => expert.Name).ToList();
            if (names.Count > 0) return $"{lead} {NameList.Of(names)}";
        }
        return "";
    }
}
