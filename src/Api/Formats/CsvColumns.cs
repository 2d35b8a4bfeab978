using Api.Contracts;
using Api.Contracts.Lists;
using Api.Contracts.Site;

namespace Api.Formats;

/// <summary>
/// The columns of the CSV tables, chosen by hand: flat names for what lists show. Within v1, columns are only added, and only at the end.
/// </summary>
internal static class CsvColumns
{
    public static readonly IReadOnlyList<CsvColumn<Article>> Articles =
    [
        new("slug", article => article.Slug),
        new("id", article => article.Id),
        new("type", article => article.Type.Slug),
        new("title", article => article.Title),
        new("subtitle", article => article.Subtitle),
        new("summary", article => article.Summary),
        new("byline", article => article.Byline),
        new("publishedAt", article => Cell.Of(article.PublishedAt)),
        new("publishedDate", article => Cell.Of(article.PublishedDate)),
        new("updatedAt", article => Cell.Of(article.UpdatedAt)),
        new("language", article => article.Language),
        new("primaryTopic", article => article.PrimaryTopic?.Slug),
        new("topics", article => Cell.Of(article.Topics.Select(topic => topic.Slug))),
        new("experts", article => Cell.Of(article.Experts.Select(expert => expert.Slug))),
        new("source", article => article.Source?.Name),
        new("sourceUrl", article => article.Source?.Url),
        new("url", article => article.Url),
        new("canonicalUrl", article => article.CanonicalUrl),
        new("image", article => article.Image?.Url),
        new("files", article => Cell.OfUrls(article.Files.Select(file => file.Url))),
        new("translations", article => Cell.OfUrls(article.Translations.Select(translation => translation.Url))),
        new("readingMinutes", article => Cell.Of(article.ReadingMinutes)),
        new("wordCount", article => Cell.Of(article.WordCount)),
        new("doi", article => article.Doi),
        new("featured", article => Cell.Of(article.Featured)),
        new("version", article => Cell.Of(article.Version)),
        new("license", article => article.License.Id),
        new("licenseUrl", article => article.License.Url),
        new("attributionHtml", article => article.License.AttributionHtml),
        new("originallyPublishedAt", article => article.License.OriginallyPublishedAt.Name),
        new("originallyPublishedUrl", article => article.License.OriginallyPublishedAt.Url),
        new(
            "corrections",
            article => Cell.Of(article.Corrections.Select(correction => $"{Cell.Of(correction.At)} {TextOfHtml.Of(correction.TextHtml)}"))
        ),
        new("reportNumber", article => article.ReportNumber),
    ];

    public static readonly IReadOnlyList<CsvColumn<Event>> Events =
    [
        new("slug", one => one.Slug),
        new("id", one => one.Id),
        new("title", one => one.Title),
        new("summary", one => one.Summary),
        new("status", one => one.Status),
        new("startsAt", one => Cell.Of(one.StartsAt)),
        new("endsAt", one => Cell.Of(one.EndsAt)),
        new("timeZone", one => one.TimeZone),
        new("mode", one => one.Mode),
        new("location", one => one.Location),
        new("topics", one => Cell.Of(one.Topics.Select(topic => topic.Slug))),
        new("experts", one => Cell.Of(one.Experts.Select(expert => expert.Slug))),
        new("registrationUrl", one => one.RegistrationUrl),
        new("recordingUrl", one => one.RecordingUrl),
        new("url", one => one.Url),
        new("image", one => one.Image?.Url),
        new("updatedAt", one => Cell.Of(one.UpdatedAt)),
        new("allDay", one => Cell.Of(one.AllDay)),
        new("startsOn", one => Cell.Of(one.StartsOn)),
        new("endsOn", one => one.EndsOn is { } last ? Cell.Of(last) : null),
    ];

    public static readonly IReadOnlyList<CsvColumn<Expert>> Experts =
    [
        new("slug", expert => expert.Slug),
        new("id", expert => expert.Id),
        new("name", expert => expert.Name),
        new("givenName", expert => expert.GivenName),
        new("familyName", expert => expert.FamilyName),
        new("title", expert => expert.Title),
        new("organization", expert => expert.Organization),
        new("program", expert => expert.Program?.Slug),
        new("kind", expert => expert.Kind),
        new("current", expert => Cell.Of(expert.Current)),
        new("email", expert => expert.Email),
        new("profiles", expert => Cell.OfUrls(expert.Profiles.Select(profile => profile.Url))),
        new("topics", expert => Cell.Of(expert.Topics.Select(topic => topic.Slug))),
        new("articleCount", expert => Cell.Of(expert.ArticleCount)),
        new("latestAt", expert => Cell.Of(expert.LatestAt)),
        new("url", expert => expert.Url),
        new("photo", expert => expert.Photo?.Url),
        new("orcid", expert => expert.Orcid),
    ];

    public static readonly IReadOnlyList<CsvColumn<Topic>> Topics =
    [
        new("slug", topic => topic.Slug),
        new("id", topic => topic.Id),
        new("name", topic => topic.Name),
        new("kind", topic => topic.Kind),
        new("description", topic => topic.Description),
        new("parent", topic => topic.Parent?.Slug),
        new("children", topic => Cell.Of(topic.Children.Select(child => child.Slug))),
        new("breadcrumbs", topic => Cell.Of(topic.Breadcrumbs.Select(step => step.Slug))),
        new("featured", topic => Cell.Of(topic.Featured)),
        new("articleCount", topic => Cell.Of(topic.ArticleCount)),
        new("eventCount", topic => Cell.Of(topic.EventCount)),
        new("latestAt", topic => Cell.Of(topic.LatestAt)),
        new("url", topic => topic.Url),
    ];

    public static readonly IReadOnlyList<CsvColumn<ArticleType>> ArticleTypes =
    [
        new("slug", type => type.Slug),
        new("id", type => type.Id),
        new("label", type => type.Label),
        new("pluralLabel", type => type.PluralLabel),
        new("articleCount", type => Cell.Of(type.ArticleCount)),
    ];

    public static readonly IReadOnlyList<CsvColumn<SearchHit>> Hits =
    [
        new("slug", hit => hit.Slug),
        new("resource", hit => hit.Resource),
        new("id", hit => hit.Id),
        new("title", hit => hit.Title),
        new("snippet", hit => hit.Snippet),
        new("score", hit => hit.Score.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        new("url", hit => hit.Url),
        new("type", hit => hit.Type?.Slug),
        new("date", hit => hit.Date?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        new("byline", hit => hit.Byline),
        new("image", hit => hit.Image?.Url),
    ];

    public static readonly IReadOnlyList<CsvColumn<SitePage>> Pages =
    [
        new("slug", page => page.Slug),
        new("id", page => page.Id),
        new("title", page => page.Title),
        new("summary", page => page.Summary),
        new("language", page => page.Language),
        new("updatedAt", page => Cell.Of(page.UpdatedAt)),
        new("breadcrumbs", page => Cell.Of(page.Breadcrumbs.Select(step => step.Slug))),
        new("url", page => page.Url),
        new("image", page => page.Image?.Url),
    ];

    public static readonly IReadOnlyList<CsvColumn<Redirect>> Redirects =
    [
        new("slug", redirect => redirect.Slug),
        new("from", redirect => redirect.From),
        new("resource", redirect => redirect.Resource),
        new("url", redirect => redirect.Url),
        new("status", redirect => Cell.Of(redirect.Status)),
    ];
}
