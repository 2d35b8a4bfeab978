using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Fields;

/// <summary>Fills the variables in the titles and descriptions of SEO plugins: <c>%%title%% %%sep%% %%sitename%%</c> of Yoast SEO and SEOPress, <c>%title% %sep% %sitename%</c> of Rank Math. Pure.</summary>
internal static partial class SeoTemplate
{
    /// <summary>The character between the parts of a title that both plugins begin with; a site's own choice is in no export.</summary>
    public const string Separator = "-";

    /// <summary>The text with its variables filled; null when one has no value here.</summary>
    /// <param name="template">As the plugin keeps it.</param>
    /// <param name="valueOf">The value of a variable, by its name in small letters; empty for one that stands for nothing, null for one that is not known.</param>
    public static string? Fill(string template, Func<string, string?> valueOf)
    {
        var isKnown = true;
        var filled = Variable().Replace(template, match =>
        {
            var name = (match.Groups[1].Success ? match.Groups[1] : match.Groups[2]).Value.ToLowerInvariant();
            var value = name is "sep" or "separator" ? Separator : valueOf(name);
            isKnown &= value is not null;
            return value ?? "";
        });
        if (!isKnown)
            return null;
        // A separator beside a variable that stands for nothing separates nothing.
        return filled == template ? template : Ends().Replace(Spaces().Replace(Repeated().Replace(filled, $" {Separator} "), " ").Trim(), "").Trim();
    }

    [GeneratedRegex("%%([A-Za-z][A-Za-z0-9_-]{0,60})%%|%([A-Za-z][A-Za-z_]{1,60})(?:\\([^)%]{0,60}\\))?%")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\s-(?:\s+-)+\s")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"^-\s+|\s+-$|^-$")]
    private static partial Regex Ends();
}
