using System.Buffers;
using System.Text.Json;

namespace Api.Import.WordPress.Hidden;

/// <summary>
/// The settings of a block that restrict who sees it, of WordPress and of common plugins. A condition known only when a page is shown, such
/// as the reader or the date, counts as hidden; a condition on the screen does not, unless no screen is left.
/// </summary>
internal static class BlockSettings
{
    private const string Hidden = "hidden";
    private const string Everywhere = "hidden on every screen";
    private const string Members = "for some readers only";
    private const string Conditions = "shown under conditions";

    private static readonly string[] Screens = ["mobile", "tablet", "desktop"];

    // A part of the name of every setting below: most blocks have none of them, and their JSON is not parsed.
    private static readonly SearchValues<string> Names = SearchValues.Create(
        [
            "isibility",
            "hideBlock",
            "disabledOn",
            "BlockControls",
            "blockPermissions",
            "conditionalBlocks",
            "contentControls",
            "gbBlockCondition",
            "kadenceConditional",
            "newspackAccessControl",
            "otterConditions",
            "ContentRestriction",
            "UAGLoggedOut",
            "um_is_restrict",
        ],
        StringComparison.Ordinal
    );

    /// <summary>False when the JSON contains none of these settings.</summary>
    public static bool MayLimit(string json) => json.AsSpan().ContainsAny(Names);

    /// <summary>The reason why the block is not public; null when it is.</summary>
    /// <param name="block">The settings of the block, an object.</param>
    public static string? Limit(JsonElement block) =>
        block.EnumerateObject().Select(setting => Limit(setting.Name, setting.Value, block)).FirstOrDefault(limit => limit is not null);

    private static string? Limit(string name, JsonElement value, JsonElement block) =>
        name switch
        {
            "metadata" => OfWordPress(value),
            "hideBlock" => IsTrue(value) ? Hidden : null,
            "blockVisibility" => OfBlockVisibility(value),
            // Divi 5.
            "module" => In(value, "decoration", "disabledOn") is { } screens && IsOffOn(screens, "desktop", "tablet", "phone")
                ? Everywhere
                : null,
            // PublishPress Blocks.
            "advgbBlockControls" => Each(value).Any(control => Is(control, "enabled")) ? Conditions : null,
            // Members: "=" and "!=".
            "blockPermissionsCondition" => Text(value).Length > 0
            && (Text(value), Text(block, "blockPermissionsUserStatus")) is not (("=", "logged-out") or ("!=", "logged-in"))
                ? Members
                : null,
            "conditionalBlocks" or "conditionalBlocksAttributes" or "otterConditions" => IsFilled(value) ? Conditions : null,
            // Content Control.
            "contentControls" => Is(value, "enabled")
            && (
                IsFilled(In(value, "rules", "conditional"))
                || In(value, "rules", "user") is { } user && Text(user, "userStatus") != "logged_out"
            )
                ? Members
                : null,
            "gbBlockCondition" => Text(value) is not ("" or "0") ? Conditions : null,
            "kadenceConditional" => Is(In(value, "postData"), "enable") ? Conditions : null,
            // LifterLMS.
            "llms_visibility" => Text(value) is not ("" or "all" or "logged_out" or "not_enrolled") ? Members : null,
            "newspackAccessControlGateIds" => IsFilled(value) ? Members : null,
            "newspackAccessControlRules" => Is(In(value, "registration"), "active") || Is(In(value, "custom_access"), "active")
                ? Members
                : null,
            // Paid Member Subscriptions and Profile Builder.
            "pmsContentRestriction" or "wppbContentRestriction" => IsFilled(value)
            && Text(value, "display_to") is not ("all" or "not_logged_in")
                ? Members
                : null,
            // Spectra: a block hidden from signed-in users is public.
            "UAGLoggedOut" => IsTrue(value) && Text(block, "UAGDisplayConditions") == "userstate" ? Members : null,
            // Ultimate Member: 1 is signed-in users, 2 visitors.
            "um_is_restrict" => IsTrue(value) && Text(block, "um_who_access") is not ("" or "0" or "2") ? Members : null,
            // Paid Memberships Pro, which can invert a restriction.
            "visibilityBlockEnabled" => IsTrue(value) && Text(block, "invert_restrictions") != "1" ? Members : null,
            _ => null,
        };

    // WordPress 6.9: false. 7.0: also {"viewport":{"mobile":false}}. A version of the Gutenberg plugin called it "visibility".
    private static string? OfWordPress(JsonElement metadata) =>
        In(metadata, "blockVisibility") is { ValueKind: JsonValueKind.False }
        || In(metadata, "visibility") is { ValueKind: JsonValueKind.False }
            ? Hidden
        : In(metadata, "blockVisibility", "viewport") is { } screens
        && Screens.All(screen => In(screens, screen) is { ValueKind: JsonValueKind.False })
            ? Everywhere
        : null;

    // The plugin Block Visibility: a block is shown if one of its control sets allows it.
    private static string? OfBlockVisibility(JsonElement value)
    {
        if (Is(value, "hideBlock"))
            return Hidden;
        var sets = Each(In(value, "controlSets")).Where(set => In(set, "enable") is not { ValueKind: JsonValueKind.False }).ToList();
        return sets.Count > 0 && sets.All(HasConditions) ? Conditions : null;
    }

    private static bool HasConditions(JsonElement set) =>
        In(set, "controls") is { ValueKind: JsonValueKind.Object } controls
        && controls
            .EnumerateObject()
            .Any(control =>
                control.Name switch
                {
                    "screenSize" or "browserDevice" => false,
                    "userRole" => Text(control.Value, "visibilityByRole") is not ("" or "all" or "public" or "logged-out"),
                    _ => IsFilled(control.Value),
                }
            );

    private static bool IsOffOn(JsonElement screens, params string[] names) =>
        names.All(screen => Text(In(screens, screen, "value")) == "on");

    private static JsonElement? In(JsonElement? value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            value = value is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var found) ? found : null;
        return value;
    }

    private static JsonElement.ArrayEnumerator Each(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static bool IsTrue(JsonElement? value) => value is { ValueKind: JsonValueKind.True };

    private static bool Is(JsonElement? value, string name) => IsTrue(In(value, name));

    private static string Text(JsonElement? value, string name) => Text(In(value, name));

    private static string Text(JsonElement? value) =>
        value switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => "",
        };

    // A list of empty lists counts as empty.
    private static bool IsFilled(JsonElement? value) =>
        value switch
        {
            { ValueKind: JsonValueKind.Object } all => all.EnumerateObject().Any(member => IsFilled(member.Value)),
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Any(each => IsFilled(each)),
            { ValueKind: JsonValueKind.True or JsonValueKind.Number } => true,
            { ValueKind: JsonValueKind.String } text => text.GetString()!.Length > 0,
            _ => false,
        };
}
