using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Fields;

/// <summary>
/// Replaces variables in the titles and descriptions of SEO plugins: <c>%%title%% %%sep%% %%sitename%%</c> of Yoast SEO and SEOPress,
/// <c>%title% %sep% %sitename%</c> of Rank Math. Pure functions.
/// </summary>
internal static partial class SeoTemplate
{
    /// <summary>The default title separator of these plugins; an export does not contain a site's own choice.</summary>
    public const string Separator = "-";

    /// <summary>The text with its variables replaced; null when a variable has no value here.</summary>
    /// <param name="template">The template as the plugin stores it.</param>
    /// <param name="valueOf">The value of a variable; empty for a variable that is always empty here, null for an unknown one.</param>
    public static string? Fill(string template, Func<SeoVariable, string?> valueOf)
    {
        var isKnown = true;
        var filled = Variable()
            .Replace(
                template,
                match =>
                {
                    var isRankMath = !match.Groups["pairs"].Success;
                    var variable = new SeoVariable(
                        match.Groups[isRankMath ? "single" : "pairs"].Value.ToLowerInvariant(),
                        match.Groups["settings"].Value,
                        isRankMath
                    );
                    var value = variable.Name is "sep" or "separator" ? Separator : valueOf(variable);
                    isKnown &= value is not null;
                    return value ?? "";
                }
            );
        if (!isKnown)
            return null;
        // A separator next to an empty variable is removed.
        return filled == template
            ? template
            : Ends().Replace(Spaces().Replace(Repeated().Replace(filled, $" {Separator} "), " ").Trim(), "").Trim();
    }

    // SEOPress variables for a field and for terms begin with an underscore.
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
/// <param name="Name">In lower case.</param>
/// <param name="Settings">The text in parentheses after the name, such as the name of a field; else empty.</param>
/// <param name="IsRankMath">True for Rank Math, whose variables have one percent sign on each side.</param>
internal readonly record struct SeoVariable(string Name, string Settings, bool IsRankMath);
