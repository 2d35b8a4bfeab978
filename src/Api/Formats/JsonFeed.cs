using System.Text.Json.Serialization;

namespace Api.Formats;

/// <summary>
/// JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). The properties have the names of the format; properties without a value are
/// omitted.
/// </summary>
internal sealed record JsonFeed
{
    public string Version { get; } = "https://jsonfeed.org/version/1.1";
    public required string Title { get; init; }
    public required string HomePageUrl { get; init; }
    public required string FeedUrl { get; init; }
    public string? NextUrl { get; init; }
    public required string Language { get; init; }
    public required IReadOnlyList<JsonFeedAuthor> Authors { get; init; }
    public required IReadOnlyList<JsonFeedItem> Items { get; init; }
}

internal sealed record JsonFeedAuthor(string Name, string? Url, string? Avatar);

internal sealed record JsonFeedItem
{
    public required string Id { get; init; }
    public required string Url { get; init; }
    public string? ExternalUrl { get; init; }
    public required string Title { get; init; }
    public required string ContentHtml { get; init; }
    public string? Summary { get; init; }
    public string? Image { get; init; }
    public required DateTime DatePublished { get; init; }
    public required DateTime DateModified { get; init; }
    public IReadOnlyList<JsonFeedAuthor>? Authors { get; init; }

    /// <summary>
    /// All authors as one: the member of JSON Feed 1.0, for readers that do not know <c>authors</c> or show only one author.
    /// </summary>
    public JsonFeedAuthor? Author { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }
    public string? Language { get; init; }
    public IReadOnlyList<JsonFeedAttachment>? Attachments { get; init; }

    /// <summary>Extension: the terms under which the item may be republished.</summary>
    [JsonPropertyName("_syndication")]
    public JsonFeedSyndication? Syndication { get; init; }
}

internal sealed record JsonFeedAttachment(string Url, string MimeType, string Title, long? SizeInBytes);

/// <summary>An extension of items, documented at <c>About</c>.</summary>
internal sealed record JsonFeedSyndication(
    string About,
    JsonFeedLicense License,
    string CanonicalUrl,
    JsonFeedOrigin OriginallyPublishedAt,
    string AttributionHtml,
    IReadOnlyList<JsonFeedCorrection> Corrections
);

internal sealed record JsonFeedLicense(string Id, string Url);

internal sealed record JsonFeedOrigin(string Name, string Url);

internal sealed record JsonFeedCorrection(DateTime At, string TextHtml);

/// <summary>Generated serialization, used by <see cref="JsonFeedWriter"/>.</summary>
[JsonSerializable(typeof(JsonFeed))]
internal sealed partial class JsonFeedContext : JsonSerializerContext;
