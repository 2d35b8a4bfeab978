using System.Text.RegularExpressions;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Turns a stored WordPress text into HTML without the parts that are not public. The result is not sanitised; the import does that. The
/// stages are those of WordPress: reusable blocks, footnotes, blocks, shortcodes, paragraphs.
/// </summary>
internal sealed partial class WordPressBody(
    WordPressAttachments attachments,
    WordPressReusableBlocks reusable,
    HiddenRules rules,
    WordPressNotes notes,
    string siteUrl
)
{
    // The number of pictures that WordPress shows in a gallery of uploaded pictures.
    private const int MostPictures = 100;

    /// <summary>The body as HTML; empty for an empty text.</summary>
    /// <param name="item">The item, with its texts.</param>
    /// <param name="parts">Receives the removed parts.</param>
    public string Render(WxrItem item, HiddenParts parts)
    {
        notes.At(item.Number);
        item = WithBuilderText(item, parts);
        var footnotes = new WordPressFootnotes();
        var shortcodes = new WordPressShortcodes(attachments, footnotes, item.Field("post_id"), notes);
        var text = WordPressCoreFootnotes.Fill(reusable.Fill(item, parts), item, parts, notes);
        text = HiddenShortcodes.Cut(text, rules, parts).ReplaceLineEndings("\n");
        shortcodes.Learn(text);
        var html = WordPressBlocks.Has(text)
            ? WordPressBlocks.Render(
                text,
                freeform => Paragraphs.Of(shortcodes.Render(HtmlTags.WithoutComments(freeform))),
                shortcodes.Render,
                () => string.Concat(attachments.PicturesOf(item.Field("post_id")).Take(MostPictures).Select(picture => picture.ToFigure())),
                () =>
                    attachments.FindPicture(item.MetaValue("_thumbnail_id")) is { } featured
                        ? (featured with { Caption = "" }).ToFigure()
                        : "",
                notes
            )
            : Paragraphs.Of(shortcodes.Render(HtmlTags.WithoutComments(text)));
        html = HiddenElements.Cut($"{html.Trim()}\n{footnotes.List()}", parts).Trim();
        BodyLosses.Count(html, notes);
        notes.At(0);
        return Absolute(PictureSizes.Add(html, attachments), item.Link);
    }

    // Page builders store a copy of their pages in the text, but imported or copied pages may lack it, and Elementor's copy includes hidden
    // elements.
    private WxrItem WithBuilderText(WxrItem item, HiddenParts parts)
    {
        var hasText =
            !string.IsNullOrWhiteSpace(HtmlTags.WithoutComments(item.Content)) || item.Content.Contains("/-->", StringComparison.Ordinal);
        // A rendered text has no hidden parts.
        if (hasText && (item.Content.Contains(RenderedBlocks.Name, StringComparison.Ordinal) || !ElementorText.Hides(item)))
            return item with { Content = BuilderCopies.Tidy(item.Content) };
        if (item.MetaValue(ElementorText.Field) is { Length: > 2 } page)
        {
            if (new ElementorText(notes, parts).Read(page) is { } html)
                return item with { Content = $"<!-- wp:html -->\n{html}\n<!-- /wp:html -->" };
            if (!hasText)
                notes.Add(item.Number, item.Line, "it has no text: that of Elementor is in a custom field that cannot be read");
        }
        else if (!hasText && item.MetaValue("_fl_builder_enabled") is "1")
            notes.Add(
                item.Number,
                item.Line,
                "it has no text: that of Beaver Builder is in a custom field that is not read; publish it there once more and export again"
            );
        return item;
    }

    // Only links written by hand are relative: WordPress stores absolute URLs.
    private string Absolute(string html, string link) =>
        Uri.TryCreate(Uri.TryCreate(link, UriKind.Absolute, out var own) && !own.IsFile ? link : siteUrl, UriKind.Absolute, out var origin)
            ? RelativeAddress()
                .Replace(
                    html,
                    m =>
                        Uri.TryCreate(origin, m.Groups[3].Value.Trim(), out var address)
                            ? $"{m.Groups[1].Value}{m.Groups[2].Value}{address.AbsoluteUri.Replace("\"", "%22", StringComparison.Ordinal)}{m.Groups[2].Value}"
                            : m.Value
                )
            : html;

    [GeneratedRegex(
        """(<(?:a|img|area|iframe|source|video|audio)\s(?:[^<>]*?\s)?(?:href|src|poster)\s*=\s*)(["'])(?!\s*(?:[a-z][a-z0-9+.-]*:|#|["']))([^"'<>]{1,2000})\2""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex RelativeAddress();
}
