using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Values;

/// <summary>Language tags as WordPress writes them.</summary>
internal static partial class Languages
{
    /// <summary>The tag as BCP 47, <c>pt_BR</c> as <c>pt-BR</c>; null for an invalid tag.</summary>
    public static string? Find(string tag)
    {
        var bare = tag.Trim().Replace('_', '-');
        if (!Tag().IsMatch(bare))
            return null;
        var parts = bare.Split('-');
        return string.Join(
            '-',
            parts.Select(
                (part, i) =>
                    i > 0 && part.Length == 2 ? part.ToUpperInvariant()
                    : i > 0 && part.Length == 4 ? char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()
                    : part.ToLowerInvariant()
            )
        );
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?$")]
    private static partial Regex Tag();
}
