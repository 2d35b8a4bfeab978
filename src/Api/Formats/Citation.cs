using System.Text;
using AnyAscii;
using Api.Contracts;
using Api.Contracts.Text;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>What all formats of references say of an article. Pure.</summary>
internal static class Citation
{
    /// <summary>
    /// A key of letters, digits, hyphens and underscores, as TeX and reference managers want it: the slug; one in another script in Latin letters, with the beginning of the id, as two may become the same.
    /// </summary>
    public static string KeyOf(Article article)
    {
        if (Ascii.IsValid(article.Slug)) return article.Slug;
        var latin = Slug.From(article.Slug.Transliterate()).Trim('-');
        return $"{(latin.Length == 0 || !Ascii.IsValid(latin) ? "article" : latin)}-{article.Id["urn:uuid:".Length..][..8]}";
    }

    public static string TitleOf(Article article) => article.Subtitle is { } subtitle ? $"{article.Title}: {subtitle}" : article.Title;

    /// <summary>Those who wrote it: who only appears in an article did not. The site is the author of what it published itself without naming one, and of nobody else's.</summary>
    public static IReadOnlyList<CitedName> AuthorsOf(Article article, SiteSettings site) => FeedEntries.AuthorsOf(article) is { Count: > 0 } authors
        ? [.. authors.Select(CitedName.Of)]
        : article.Source is null ? [new CitedName(site.Name, null, null, null, IsOrganization: true)] : [];

    /// <summary>Where it appeared first, for what others published; null where the reference says so already.</summary>
    public static string? OriginOf(Article article) =>
        article.Source is not null && article.License.OriginallyPublishedAt is var origin && origin.Url != article.CanonicalUrl ? $"Originally published at {origin.Name}: {origin.Url}" : null;

    /// <summary>Under what terms it may be republished.</summary>
    public static string TermsOf(Article article) => $"{TextOfHtml.Of(article.License.AttributionHtml)} {article.License.Url}";

    /// <summary>What was put right, a text each.</summary>
    public static IEnumerable<string> CorrectionsOf(Article article, SiteCalendar calendar) =>
        article.Corrections.Select(correction => $"Correction, {Cell.Of(calendar.DayOf(correction.At))}: {TextOfHtml.Of(correction.TextHtml)}");
}
