using System.Text;
using AnyAscii;
using Api.Contracts;
using Api.Contracts.Text;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>The information about an article that all citation formats share. Pure.</summary>
internal static class Citation
{
    /// <summary>
    /// A citation key of letters, digits, hyphens and underscores, as TeX and reference managers require it: the slug. A slug in another
    /// script is transliterated and followed by the beginning of the id, because two slugs may become the same.
    /// </summary>
    public static string KeyOf(Article article)
    {
        if (Ascii.IsValid(article.Slug))
            return article.Slug;
        var latin = Slug.From(article.Slug.Transliterate()).Trim('-');
        return $"{(latin.Length == 0 || !Ascii.IsValid(latin) ? "article" : latin)}-{article.Id["urn:uuid:".Length..][..8]}";
    }

    public static string TitleOf(Article article) => article.Subtitle is { } subtitle ? $"{article.Title}: {subtitle}" : article.Title;

    /// <summary>
    /// The authors of an article, without people who only appear in it. If no author is named, the site is the author of its own articles;
    /// an article from another publisher then has none.
    /// </summary>
    public static IReadOnlyList<CitedName> AuthorsOf(Article article, SiteSettings site) =>
        FeedEntries.AuthorsOf(article) is { Count: > 0 } authors ? [.. authors.Select(CitedName.Of)]
        : article.Source is null ? [new CitedName(site.Name, null, null, null, IsOrganization: true)]
        : [];

    /// <summary>The first place of publication, for articles from other publishers; null where the reference already says so.</summary>
    public static string? OriginOf(Article article) =>
        article.Source is not null && article.License.OriginallyPublishedAt is var origin && origin.Url != article.CanonicalUrl
            ? $"Originally published at {origin.Name}: {origin.Url}"
            : null;

    /// <summary>The terms under which the article may be republished.</summary>
    public static string TermsOf(Article article) => $"{TextOfHtml.Of(article.License.AttributionHtml)} {article.License.Url}";

    /// <summary>The corrections, one text each.</summary>
    public static IEnumerable<string> CorrectionsOf(Article article, SiteCalendar calendar) =>
        article.Corrections.Select(correction =>
            $"Correction, {Cell.Of(calendar.DayOf(correction.At))}: {TextOfHtml.Of(correction.TextHtml)}"
        );
}
