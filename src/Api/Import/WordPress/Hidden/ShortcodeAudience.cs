using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Hidden;

/// <summary>
/// Decides whether a shortcode shows its content to some readers only, or to nobody. There are many plugins, and the names of their
/// shortcodes are descriptive: members, levels, roles, passwords, conditions. Content for visitors who are not signed in is public here.
/// </summary>
internal static partial class ShortcodeAudience
{
    // Longer attributes hold data, not settings.
    private const int MostAttributes = 4_000;

    private static readonly HashSet<string> OfWordPress = new(StringComparer.Ordinal)
    {
        "caption",
        "wp_caption",
        "gallery",
        "playlist",
        "audio",
        "video",
        "embed",
    };

    // Shortcodes whose names are not descriptive: Groups, LearnDash, MemberPress, MemberMouse, Members, Shortcodes Ultimate, Ultimate
    // Member, WishList Member, WP Fusion.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "groups_member",
        "student",
        "course_complete",
        "course_inprogress",
        "course_notstarted",
        "ld_group",
        "mepr-active",
        "mepr-show",
        "mepr-rule",
        "mm_member_decision",
        "members_access",
        "su_members",
        "um_show_content",
        "wlm_ismember",
        "wpf",
        "member",
        "members",
        "is_member",
        "ismember",
        "passster",
        "content_protector",
    };

    /// <summary>True when the content of the shortcode is removed.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="attributes">The attributes as written.</param>
    /// <param name="rules">The rules of the mapping file.</param>
    public static bool IsLimited(string name, ReadOnlySpan<char> attributes, HiddenRules rules)
    {
        if (rules.HidesShortcode(name) is { } decided)
            return decided;
        if (OfWordPress.Contains(name))
            return false;
        if (Known.Contains(name))
            return true;
        if (Others().IsMatch(name))
            return false;
        attributes = attributes[..Math.Min(attributes.Length, MostAttributes)];
        return Limits().IsMatch(name)
            || (Conditions().IsMatch(name) && !Screens().IsMatch(name))
            || Switches().IsMatch(attributes)
            || Audiences().IsMatch(attributes);
    }

    [GeneratedRegex(
        "restrict|protect|private|logged_?-?in|members?[_-]?only|membership|paywall|premium|subscribers?(?![a-z])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Limits();

    // Words that are a complete part of a name; "cap" is not among them, because "drop_cap" makes a large letter.
    [GeneratedRegex(
        "(?:^|[_-])(?:s2)?(?:if|elseif|hide|hidden|access|can|role|only|paid|password|expired?|timed|conditional|condition|visibility|memb)(?:[_-]|$)|^(?:is|has)[_-]",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Conditions();

    // Shortcodes for visitors who are not members, and plugins that hide e-mail addresses from robots.
    [GeneratedRegex(
        "non[_-]?(?:members?|subscri)|not[_-]?(?:logged|members?|paid)|logged[_-]?out|visitors?(?![a-z])|guests?(?![a-z])|e[_-]?mail|^eeb_",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Others();

    [GeneratedRegex("mobile|desktop|tablet|phone|device|screen", RegexOptions.IgnoreCase)]
    private static partial Regex Screens();

    [GeneratedRegex(
        @"(?:^|\s)(?:roles|user_?-?roles?|user_?-?status|levels|member_?-?levels?|membership[a-z_-]*|subscription[a-z_-]*|capabilit(?:y|ies)|logged_?-?in|password)\s*=",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Audiences();

    // Page builders keep content that an editor has disabled: WPBakery, Divi 4, Avada.
    [GeneratedRegex(
        """(?:^|\s)(?:disable_element=["']yes|disabled=["']on|disabled_on=["']on\|on\|on|status=["']draft)["'|]""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Switches();
}
