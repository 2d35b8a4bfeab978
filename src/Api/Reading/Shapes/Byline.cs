using Api.Contracts;
using Api.Contracts.Lists;

namespace Api.Reading.Shapes;

/// <summary>The people of an article as text.</summary>
internal static class Byline
{
    /// <summary>"By A, B and C"; without authors "Featuring D"; with contributors alone "With E"; empty without people.</summary>
    public static string Of(IReadOnlyList<ExpertRef> experts)
    {
        foreach (var (role, lead) in new[] { ("author", "By"), ("featured", "Featuring"), ("contributor", "With") })
        {
            var names = experts.Where(expert => expert.Role == role).Select(expert => expert.Name).ToList();
            if (names.Count > 0)
                return $"{lead} {NameList.Of(names)}";
        }
        return "";
    }
}
