using System.Text.RegularExpressions;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Hidden;

/// <summary>
/// Decides whether a plugin restricts a whole item to signed-in readers, as far as the item's own custom fields show it. Rules stored
/// elsewhere, such as "all of this category", are not in any export.
/// </summary>
internal static partial class LimitedPosts
{
    private const string Paywall = "_jetpack_memberships_contains_paywalled_content";

    private static readonly Dictionary<string, Func<string, bool>> Limits = new(StringComparer.Ordinal)
    {
        // Restrict Content Pro and its free version.
        ["_is_paid"] = IsSet,
        ["rcp_subscription_level"] = IsSet,
        ["rcp_user_level"] = IsSet,
        ["rcp_access_level"] = IsSet,
        ["rcUserLevel"] = IsSet,
        // Members, Groups, LifterLMS, Memberful, Passster, Ultimate Membership Pro.
        ["_members_access_role"] = IsSet,
        ["groups-read"] = IsSet,
        ["_llms_is_restricted"] = IsSet,
        ["memberful_acl"] = IsSet,
        ["passster_activate_protection"] = IsSet,
        ["ihc_mb_who"] = value => IsSet(value) && value != "-1",
        // Paid Member Subscriptions and Profile Builder.
        ["pms-content-restrict-user-status"] = IsSignedIn,
        ["pms-content-restrict-subscription-plan"] = IsSet,
        ["wppb-content-restrict-user-status"] = IsSignedIn,
        ["wppb-content-restrict-user-role"] = IsSet,
        // Jetpack. A post with a paywall in its text is public down to the paywall.
        ["_jetpack_newsletter_access"] = IsSet,
        [Paywall] = _ => false,
        // Ultimate Member.
        ["um_content_restriction"] = value => UltimateMember().IsMatch(value),
    };

    private static readonly HashSet<string> RuleTypes = new(StringComparer.Ordinal)
    {
        "memberpressrule",
        "wc_membership_plan",
        "cc_restriction",
        "restriction",
        "np_memberships_gate",
        "np_content_gate",
        "llms_membership",
        "um_restriction",
    };

    /// <summary>The custom fields that are read.</summary>
    public static bool IsKnown(string field) => Limits.ContainsKey(field);

    /// <summary>True for a post type whose items are access rules of a plugin.</summary>
    public static bool IsRule(string postType) => RuleTypes.Contains(postType);

    /// <summary>The custom field that restricts an item; null when none does.</summary>
    public static string? FieldOf(WxrItem item) =>
        item
            .Meta.Where(field => Limits.TryGetValue(field.Key, out var limits) && limits(field.Value.Trim()))
            .Select(field => field.Key)
            .FirstOrDefault(field => field != "_jetpack_newsletter_access" || !IsSet(item.MetaValue(Paywall)));

    // Also recognises serialised PHP arrays.
    private static bool IsSet(string value) => !Nothing().IsMatch(value);

    private static bool IsSignedIn(string value) => value.Equals("loggedin", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        """^(?:|0|no|off|false|none|all|everyone|everybody|N;|\[\]|a:0:\{\}|a:1:\{i:\d+;s:\d+:"(?:|all|none)";\})$""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Nothing();

    [GeneratedRegex("""_um_custom_access_settings";(?:s:1:"1"|b:1|i:1);.*_um_accessible";(?:s:1:"2"|i:2);""", RegexOptions.Singleline)]
    private static partial Regex UltimateMember();
}
