using System.Text.RegularExpressions;
using Api.Contracts;

namespace Api.Formats;

/// <summary>
/// The name of an author split into the parts that citations use: "Smith, Jr., John A." has a family name, a suffix and a given name.
/// </summary>
/// <param name="Whole">The name as people write it.</param>
/// <param name="Given">Given names; null where the parts are unknown, and for organizations.</param>
/// <param name="Family">
/// Family name with its particles ("van der Berg"), without a suffix; null where <paramref name="Given"/> is null.
/// </param>
/// <param name="Suffix">A suffix such as "Jr." or "Ph.D."; null for none.</param>
/// <param name="IsOrganization">Whether the author is an organization, not a person.</param>
internal sealed partial record CitedName(string Whole, string? Given, string? Family, string? Suffix, bool IsOrganization)
{
    /// <summary>
    /// Whether the family name comes first, as in Chinese, Japanese, Korean, Hungarian and Vietnamese. A style that puts the given name
    /// first would reverse such a name.
    /// </summary>
    public bool IsFamilyFirst =>
        EastAsian().IsMatch(Whole) || (Family is not null && Whole.StartsWith(Family + " ", StringComparison.Ordinal) && Given != Family);

    /// <summary>Splits a name into its parts. Pure.</summary>
    public static CitedName Of(ExpertRef expert) => Of(expert.Name, expert.GivenName, expert.FamilyName, expert.Organization);

    /// <summary>Splits a name into its parts. Pure.</summary>
    public static CitedName Of(Expert expert) => Of(expert.Name, expert.GivenName, expert.FamilyName, expert.Organization);

    private static CitedName Of(string name, string? given, string? family, string? organization)
    {
        if (given is null)
            return new CitedName(name, null, null, null, IsOrganizations(name, family, organization));
        if (family is null)
            return new CitedName(name, null, null, null, false);
        var suffix = SuffixOf().Match(family);
        return suffix.Success
            ? new CitedName(name, given, family[..suffix.Index], suffix.Groups["suffix"].Value, false)
            : new CitedName(name, given, family, null, false);
    }

    /// <summary>
    /// Guesses whether an author is an organization, because the content does not say. An organization has no given name. Its whole name,
    /// of several words, is its family name; or it has no family name, and its name contains a word typical of organizations.
    /// </summary>
    private static bool IsOrganizations(string name, string? family, string? organization) =>
        family is null
            ? name == organization || Body().IsMatch(name)
            : family == name && name.Contains(' ', StringComparison.Ordinal) && !char.IsLower(name[0]) && !EastAsian().IsMatch(name);

    // Everything after a comma, or one of the suffixes written without a comma.
    [GeneratedRegex(@",\s*(?<suffix>\S.*)\z|\s+(?<suffix>[JS]r\.?|II|III|IV)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SuffixOf();

    [GeneratedRegex(
        @"\A[\p{IsCJKUnifiedIdeographs}\p{IsCJKUnifiedIdeographsExtensionA}\p{IsHiragana}\p{IsKatakana}\p{IsHangulSyllables}・ \u3000]+\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex EastAsian();

    [GeneratedRegex(
        """
            \b(academy|agency|alliance|assembly|association|authority|board|bureau|cent(er|re)|centro|coalition|college|commission|committee|company|consortium|corporation|council
            |department|division|editors|embassy|federation|fondation|fondazione|forum|foundation|fund|fundaci[oó]n|fundaç[aã]o|gesellschaft|gmbh|government|group|inc|initiative|instituto?|institutes?|institution
            |laborator(y|ies)|llc|ltd|ministry|network|observatory|office|organi[sz]ation|partners|partnership|program(me)?|project|school|secretariat|societ[yé]|staff|stiftung|team|union
            |universi(ty|dad|dade|tät|tà)|université|verein)\b
            |(研究所|研究院|研究中心|基金会|基金會|委员会|委員會|大学|大學|协会|協會|学会|學會|编辑部|編輯部|財団|연구소|재단|대학교)\z
            """,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Body();
}
