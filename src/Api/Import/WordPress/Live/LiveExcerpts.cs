using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Body;
using Api.Import.WordPress.Values;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Distinguishes excerpts written by an editor from those that WordPress generates from the text, which an export does not contain.
/// WordPress 6.9 and 7.0 include the text of hidden groups in them.
/// </summary>
internal static partial class LiveExcerpts
{
    // WordPress takes 55 words; a longer excerpt was written by an editor.
    private const int MostWords = 1_000;

    /// <summary>The excerpt, or caption; empty when WordPress generated it.</summary>
    /// <param name="excerpt">The excerpt as the site renders it, HTML.</param>
    /// <param name="text">The text from which it would be generated, as the site renders it, without lists of other posts.</param>
    public static string ByHand(string excerpt, string text)
    {
        var plain = PlainText.Of(excerpt);
        if (Cut().IsMatch(plain) || excerpt.Contains("more-link", StringComparison.Ordinal))
            return "";
        var shown = RenderedBlocks.Cut(text, null);
        return HasMost(plain, PlainText.Of(shown)) || LiveExcerptPieces.IsMadeOf(plain, shown) ? "" : excerpt;
    }

    /// <summary>
    /// The words of an item's excerpt if WordPress generated it; null if an editor wrote it, or the site does not show it.
    /// </summary>
    public static string? MadeByTheSite(JsonElement item) =>
        item.Member("excerpt") is { } excerpt
        && excerpt.Text("rendered") is { Length: > 0 } rendered
        && ByHand(rendered, item.Written("content")).Length == 0
            ? PlainText.Of(rendered)
            : null;

    /// <summary>
    /// True when an excerpt was classified as generated only because it resembles the text: an editor may have written it.
    /// </summary>
    public static bool MayBeByHand(JsonElement item) =>
        item.Member("excerpt") is { } excerpt
        && excerpt.Member("raw") is null
        && excerpt.Text("rendered") is { Length: > 0 } rendered
        && !IsCut(rendered)
        && ByHand(rendered, item.Written("content")).Length == 0;

    private static bool IsCut(string excerpt) =>
        Cut().IsMatch(PlainText.Of(excerpt)) || excerpt.Contains("more-link", StringComparison.Ordinal);

    // A short text is taken whole, without some of its blocks but including hidden ones.
    private static bool HasMost(string excerpt, string text)
    {
        var (part, whole) = (Words(excerpt), Words(text));
        return part.Length > 0
            && part.Length <= MostWords
            && whole.Length > 0
            && whole.Length <= 2 * part.Length
            && 2 * InOrder(part, whole) >= whole.Length;
    }

    // Number of words in both texts in the same order: the longest common subsequence.
    private static int InOrder(string[] a, string[] b)
    {
        var before = new int[b.Length + 1];
        foreach (var word in a)
        {
            var now = new int[b.Length + 1];
            for (var i = 0; i < b.Length; i++)
                now[i + 1] = word == b[i] ? before[i] + 1 : Math.Max(now[i], before[i + 1]);
            before = now;
        }
        return before[^1];
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\[(?:…|\.\.\.)\]")]
    private static partial Regex Cut();
}
