using System.Text.Json;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Hidden;

/// <summary>Says of a block whether it is for everybody, by its name and by the settings that WordPress and common plugins write into its comment.</summary>
internal static partial class BlockAudience
{
    private const string Some = "for some readers only";

    // Deeper JSON is none for PHP either.
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 512 };

    /// <summary>Why a block is not for everybody, for the report; null for one that is.</summary>
    /// <param name="block">Its beginning.</param>
    /// <param name="rules">What the mapping file says.</param>
    public static string? Limit(BlockMark block, HiddenRules rules) => OfName(block, rules) ?? OfSettings(block);

    /// <summary>True for the block after which a text goes on for subscribers only.</summary>
    public static bool HidesTheRest(string name) => name == "jetpack/paywall";

    private static string? OfName(BlockMark block, HiddenRules rules) => rules.HidesBlock(block.Name) switch
    {
        true => Some,
        false => null,
        _ when block.Name == "query-no-results" => "shown when a list is empty",
        // Its settings may turn it round: then it is for those who are no members.
        _ when block.Name == "pmpro/membership" => block.Attributes.Contains("\"invert_restrictions\":\"1\"", StringComparison.Ordinal) ? null : Some,
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
            // No JSON, or text that is no Unicode.
            return "its settings cannot be read";
        }
    }

    [GeneratedRegex("restrict|protected|private|paywall|premium-content|paid-content|subscribers?-only|members?-(?:only|content)|logged-?in|^groups/groups-member$|^learndash/ld-(?:student|group|course-(?:complete|inprogress|notstarted))$")]
    private static partial Regex ForSome();

    // Those with "start" and "end" stand around what a shortcode in them hides.
    [GeneratedRegex("non-?members?|logged-?out|not-logged|-(?:start|end)$")]
    private static partial Regex ForOthers();
}
