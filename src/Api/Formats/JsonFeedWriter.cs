using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Api.Contracts;

namespace Api.Formats;

/// <summary>Writes pages of lists as JSON Feed 1.1. Pure.</summary>
internal static class JsonFeedWriter
{
    // JSON Feed requires snake_case names; characters of all scripts stay unescaped.
    private static readonly JsonFeedContext Context = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    public static ReadOnlyMemory<byte> Write(FeedPage page) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonFeed
            {
                Title = page.Title,
                HomePageUrl = page.Site,
                FeedUrl = page.Links.Self,
                NextUrl = page.Links.Next,
                Language = page.Language,
                Authors = [new JsonFeedAuthor(page.Publisher, page.Site, null)],
                Items = [.. page.Entries.Select(entry => ItemOf(entry, page.About))],
            },
            Context.JsonFeed
        );

    private static JsonFeedItem ItemOf(FeedEntry entry, string about) =>
        new()
        {
            Id = entry.Id,
            Url = entry.Url,
            ExternalUrl = entry.ExternalUrl,
            Title = entry.Title,
            ContentHtml = entry.ContentHtml,
            Summary = entry.Summary.Length == 0 ? null : entry.Summary,
            Image = entry.Image?.Url,
            DatePublished = entry.PublishedAt,
            DateModified = entry.UpdatedAt,
            Authors = entry.Authors.Count == 0 ? null : [.. entry.Authors.Select(AuthorOf)],
            Author = entry.Authors.Count switch
            {
                0 => null,
                1 => AuthorOf(entry.Authors[0]),
                _ => new JsonFeedAuthor(entry.By, null, null),
            },
            Tags = [.. entry.Categories.Select(category => category.Label).Distinct()],
            Language = entry.Language,
            Attachments =
                entry.Files.Count == 0
                    ? null
                    : [.. entry.Files.Select(file => new JsonFeedAttachment(file.Url, file.MediaType, file.Label, file.Bytes))],
            Syndication = entry.License is { } license ? Terms(license, entry.Corrections, about) : null,
        };

    private static JsonFeedAuthor AuthorOf(ExpertRef author) => new(author.Name, author.Url, author.Photo?.Url);

    private static JsonFeedSyndication Terms(License license, IReadOnlyList<Correction> corrections, string about) =>
        new(
            about,
            new JsonFeedLicense(license.Id, license.Url),
            license.CanonicalUrl,
            new JsonFeedOrigin(license.OriginallyPublishedAt.Name, license.OriginallyPublishedAt.Url),
            license.AttributionHtml,
            [.. corrections.Select(correction => new JsonFeedCorrection(correction.At, correction.TextHtml))]
        );
}
