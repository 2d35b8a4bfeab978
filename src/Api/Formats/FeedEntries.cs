using System.Globalization;
using System.Net;
using System.Text;
using Api.Contracts;
using Api.Contracts.Site;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>Converts items into feed entries. Pure.</summary>
internal static class FeedEntries
{
    /// <summary>An article. Its corrections and the sentence that a copy must show are at the end of the content.</summary>
    public static FeedEntry Of(Article article, Links links, SiteCalendar calendar) =>
        new()
        {
            Id = article.Id,
            Url = article.Url,
            Title = article.Title,
            Summary = article.Summary,
            ContentHtml = ContentOf(article, calendar),
            Language = article.Language,
            PublishedAt = article.PublishedAt,
            // An article imported long after its publication cannot have changed before that.
            UpdatedAt = article.UpdatedAt > article.PublishedAt ? article.UpdatedAt : article.PublishedAt,
            Authors = AuthorsOf(article),
            Categories =
            [
                new FeedCategory(article.Type.Slug, links.Api("/v1/article-types"), article.Type.Label),
                .. article.Topics.Select(topic => CategoryOf(topic, links)),
            ],
            Image = article.Image,
            Files = article.Files,
            ExternalUrl = article.Source?.Url,
            License = article.License,
            Corrections = article.Corrections,
        };

    /// <summary>An event. Its time and place are at the start of the content.</summary>
    public static FeedEntry Of(Event one, Links links) =>
        new()
        {
            Id = one.Id,
            Url = one.Url,
            Title = LocalTimes.TitleOf(one),
            Summary = one.Summary,
            ContentHtml =
                $"<p>{Text(string.Join(" · ", new[] { LocalTimes.Of(one), one.Mode, one.Location, one.Status }.Where(part => !string.IsNullOrEmpty(part))))}</p>\n{one.BodyHtml}{LinkTo(one.RegistrationUrl, "Register")}{LinkTo(one.RecordingUrl, "Watch the recording")}",
            PublishedAt = one.UpdatedAt,
            UpdatedAt = one.UpdatedAt,
            Authors = [],
            Categories = [.. one.Topics.Select(topic => CategoryOf(topic, links))],
            Image = one.Image,
            ExternalUrl = one.RegistrationUrl,
        };

    /// <summary>An expert, dated by their newest article.</summary>
    public static FeedEntry Of(Expert expert, Links links) =>
        new()
        {
            Id = expert.Id,
            Url = expert.Url,
            Title = expert.Name,
            Summary = string.Join(", ", new[] { expert.Title, expert.Organization }.OfType<string>()),
            ContentHtml = expert.BioHtml ?? "",
            PublishedAt = expert.LatestAt ?? DateTime.UnixEpoch,
            UpdatedAt = expert.LatestAt ?? DateTime.UnixEpoch,
            Authors = [],
            Categories = [.. expert.Topics.Select(topic => CategoryOf(topic, links))],
            Image = expert.Photo,
        };

    /// <summary>A topic, dated by its newest article.</summary>
    public static FeedEntry Of(Topic topic) =>
        new()
        {
            Id = topic.Id,
            Url = topic.Url,
            Title = topic.Name,
            Summary = topic.Description,
            ContentHtml = $"<p>{Text(topic.Description)}</p>",
            PublishedAt = topic.LatestAt ?? DateTime.UnixEpoch,
            UpdatedAt = topic.LatestAt ?? DateTime.UnixEpoch,
            Authors = [],
            Categories = [],
        };

    /// <summary>A page, dated by its last change.</summary>
    public static FeedEntry Of(SitePage page) =>
        new()
        {
            Id = page.Id,
            Url = page.Url,
            Title = page.Title,
            Summary = page.Summary,
            ContentHtml = page.BodyHtml ?? "",
            Language = page.Language,
            PublishedAt = page.UpdatedAt,
            UpdatedAt = page.UpdatedAt,
            Authors = [],
            Categories = [],
            Image = page.Image,
        };

    /// <summary>The authors of an article, without people who only appear in it.</summary>
    public static IReadOnlyList<ExpertRef> AuthorsOf(Article article) => [.. article.Experts.Where(expert => expert.Role == "author")];

    private static string ContentOf(Article article, SiteCalendar calendar)
    {
        var html = new StringBuilder(article.BodyHtml);
        if (article.Source is { Url: { } url } source)
            html.Append(CultureInfo.InvariantCulture, $"\n<p><a href=\"{Text(url)}\">Read at {Text(source.Name)}</a></p>");
        html.Append("\n<footer>");
        foreach (var correction in article.Corrections)
            html.Append(
                CultureInfo.InvariantCulture,
                $"\n<div>Correction, {calendar.DayOf(correction.At):MMMM d, yyyy}: {correction.TextHtml}</div>"
            );
        return html.Append(CultureInfo.InvariantCulture, $"\n<p>{article.License.AttributionHtml}</p>\n</footer>").ToString();
    }

    private static FeedCategory CategoryOf(TopicRef topic, Links links) => new(topic.Slug, links.Api("/v1/topics"), topic.Name);

    private static string LinkTo(string? url, string text) => url is null ? "" : $"\n<p><a href=\"{Text(url)}\">{text}</a></p>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
