using System.Text.RegularExpressions;
using Api.Import.WordPress.Hidden;

namespace Api.Import.WordPress;

/// <summary>
/// Turns what WordPress stores of a text into HTML, without what is not for everybody. It is not sanitised: whoever stores it does that. The stages are those of
/// WordPress itself: reusable blocks, blocks, shortcodes, paragraphs.
/// </summary>
internal sealed partial class WordPressBody(WordPressAttachments attachments, WordPressReusableBlocks reusable, HiddenRules rules, WordPressNotes notes, string siteUrl)
{
    private readonly WordPressShortcodes _shortcodes = new(attachments, notes);

    /// <summary>The body as HTML; empty for an empty text.</summary>
    /// <param name="content">The item's <c>content:encoded</c>.</param>
    /// <param name="postId">The item's number: a gallery without a list shows what was uploaded to it.</param>
    /// <param name="link">The item's address, against which relative links are resolved.</param>
    /// <param name="parts">Gets what is taken out.</param>
    public string Render(string content, string postId, string link, HiddenParts parts)
    {
        var text = HiddenShortcodes.Cut(reusable.Fill(content, parts), rules, parts).ReplaceLineEndings("\n");
        var html = WordPressBlocks.Has(text)
            ? WordPressBlocks.Render(text, freeform => Paragraphs.Of(_shortcodes.Render(HtmlTags.WithoutComments(freeform), postId)), _shortcodes.Render(postId), notes)
            : Paragraphs.Of(_shortcodes.Render(HtmlTags.WithoutComments(text), postId));
        return Absolute(HiddenElements.Cut(html, parts).Trim(), link);
    }

    // Only what is written by hand is relative: WordPress itself stores absolute addresses.
    private string Absolute(string html, string link) =>
        Uri.TryCreate(Uri.TryCreate(link, UriKind.Absolute, out var own) && !own.IsFile ? link : siteUrl, UriKind.Absolute, out var origin)
            ? RelativeAddress().Replace(html, m => Uri.TryCreate(origin, m.Groups[3].Value.Trim(), out var address)
                ? $"{m.Groups[1].Value}{m.Groups[2].Value}{address.AbsoluteUri.Replace("\"", "%22", StringComparison.Ordinal)}{m.Groups[2].Value}"
                : m.Value)
            : html;

    [GeneratedRegex("""(<(?:a|img|area|iframe|source|video|audio)\s(?:[^<>]*?\s)?(?:href|src|poster)\s*=\s*)(["'])(?!\s*(?:[a-z][a-z0-9+.-]*:|#|["']))([^"'<>]{1,2000})\2""", RegexOptions.IgnoreCase)]
    private static partial Regex RelativeAddress();
}
