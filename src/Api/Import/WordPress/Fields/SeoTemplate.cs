using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Fields;

/// <summary>Fills the variables in the titles and descriptions of SEO plugins: <c>%%title%% %%sep%% %%sitename%%</c> of Yoast SEO and SEOPress, <c>%title% %sep% %sitename%</c> of Rank Math. Pure.</summary>
internal static partial class SeoTemplate
{
    /// <summary>The character between the parts of a title that both plugins begin with; a site's own choice is in no export.</summary>
    public const string Separator = "-";

    /// <summary>The text with its variables filled; null when one has no value here.</summary>
    /// <param name="template">As the plugin keeps it.</param>
    /// <param name="valueOf">The value of a variable; empty for one that stands for nothing, null for one that is not known.</param>
    public static string? Fill(string template, Func<SeoVariable, string?> valueOf)
    {
        var isKnown = true;
        var filled = Variable().Replace(template, match =>
        {
            var isRankMath = !match.Groups["pairs"].Success;
            var variable = new SeoVariable(match.Groups[isRankMath ? "single" : "pairs"].Value.ToLowerInvariant(), match.Groups["settings"].Value, isRankMath);
            var value = variable.Name is "sep" or "separator" ? Separator : valueOf(variable);
            isKnown &= value is not null;
            return value ?? "";
        });
        if (!isKnown)
            return null;
        // A separator beside a variable that stands for nothing separates nothing.
        return filled == template ? template : Ends().Replace(Spaces().Replace(Repeated().Replace(filled, $" {Separator} "), " ").Trim(), "").Trim();
    }

    // Those of SEOPress for a field and for terms begin with an underscore.
    [GeneratedRegex(@"%%(?<pairs>[A-Za-z_][A-Za-z0-9_-]{0,60})%%|%(?<single>[A-Za-z][A-Za-z_]{1,60})(?:\((?<settings>[^)%]{0,60})\))?%")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\s-(?:\s+-)+\s")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"^-\s+|\s+-$|^-$")]
    private static partial Regex Ends();
}

/// <summary>A variable of a template.</summary>
/// <param name="Name">In small letters.</param>
/// <param name="Settings">What stands in parentheses behind it, such as the name of a field; else empty.</param>
/// <param name="IsRankMath">Of Rank Math, whose variables have one percent sign on each side.</param>
internal readonly record struct SeoVariable(string Name, string Settings, bool IsRankMath);
