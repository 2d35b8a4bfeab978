using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Markup;

namespace Api.Import.WordPress.Hidden;

/// <summary>
/// Decides whether a block is public, by its name and by the settings that WordPress and common plugins write into its comment.
/// </summary>
internal static partial class BlockAudience
{
    private const string Some = "for some readers only";

    // PHP does not parse deeper JSON either.
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 512 };

    /// <summary>The reason why a block is not public, for the report; null for a public block.</summary>
    /// <param name="block">The comment that begins the block.</param>
    /// <param name="rules">The rules of the mapping file.</param>
    public static string? Limit(BlockMark block, HiddenRules rules) => OfName(block, rules) ?? OfSettings(block);

    /// <summary>True for the block after which the text is for subscribers only.</summary>
    public static bool HidesTheRest(string name) => name == "jetpack/paywall";

    private static string? OfName(BlockMark block, HiddenRules rules) =>
        rules.HidesBlock(block.Name) switch
        {
            true => Some,
            false => null,
            _ when block.Name == "query-no-results" => "shown when a list is empty",
            // A setting can invert the rule: the block is then for visitors who are not members.
            _ when block.Name == "pmpro/membership" => block.Attributes.Contains("\"invert_restrictions\":\"1\"", StringComparison.Ordinal)
                ? null
                : Some,
            _ => ForSome().IsMatch(block.Name) && !ForOthers().IsMatch(block.Name) ? Some : null,
        };

    private static string? OfSettings(BlockMark block)
    {
        if (!BlockSettings.MayLimit(block.Attributes))
            return null;
        try
        {
            using var json = JsonDocument.Parse(block.Attributes, Json);
            return json.RootElement.ValueKind == JsonValueKind.Object ? BlockSettings.Limit(json.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not valid Unicode.
            return "its settings cannot be read";
        }
    }

    [GeneratedRegex(
        "restrict|protected|private|paywall|premium-content|paid-content|subscribers?-only|members?-(?:only|content)|logged-?in|^groups/groups-member$|^learndash/ld-(?:student|group|course-(?:complete|inprogress|notstarted))$"
    )]
    private static partial Regex ForSome();

    // Blocks with "start" and "end" stand around content that a shortcode in them hides.
    [GeneratedRegex("non-?members?|logged-?out|not-logged|-(?:start|end)$")]
    private static partial Regex ForOthers();
}
