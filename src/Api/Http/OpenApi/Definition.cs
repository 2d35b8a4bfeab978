using Api.Http.Parameters;

namespace Api.Http.OpenApi;

/// <summary>An OpenAPI document. Every operation of the API is in exactly one.</summary>
/// <param name="Name">Name in its address.</param>
/// <param name="Label">Name in Swagger UI.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">Markdown.</param>
internal sealed record Definition(string Name, string Label, string Summary, string Description)
{
    /// <summary>The JSON operations, for front ends and mirrors.</summary>
    public static readonly Definition Content = new(
        "v1",
        "Content",
        "Articles, experts, topics and events, as paginated JSON.",
        """
        Everything published, for reading: no key, no cookies, open to every origin. Open an operation and press Execute: its example is filled in.

        * **Shape.** An item is `{"data", "included"}`, a list is `{"data", "page", "links"}`. Every member is always there; what has no value is null. Within v1 members, parameters and values are only added. [A tour with real answers](../docs/tour)
        * **Lists and filters.** Filters read like English, a comma means any of: `/v1/articles?topic=china,japan&type=report&year=2026`. `facets` counts the values that exist. [Lists in the tour](../docs/tour#lists)
        * **Cards.** `/v1/articles.cards.json` has what a teaser shows, at a quarter of the size; with `include`, one request makes a page. [Front ends](../docs/front-ends)
        * **Paging.** Follow `links.next`: its cursor costs the same at any depth and neither skips nor repeats an item. `page` counts pages. [A list with paging](../docs/front-ends#a-list-with-paging)
        * **Errors.** Every error is a problem document (RFC 9457) that names the parameter and says what would have worked. [All problems, with examples](../problems)
        * **Caching.** Answers have an `ETag`, may be kept for seconds by any cache, and name keys by which a front end drops them at once. [Caching](../docs/caching)
        * **Formats.** Lists are feeds, tables and calendars too: `.rss`, `.atom`, `.feed.json`, `.ndjson`, `.csv`, `.ics`, with the same filters; these are in the definition `v1.formats`. [Formats](../docs/formats)
        * **Clients** for TypeScript and C#, and the settings of eight generators. [Clients](../docs/clients)
        """
    );

    /// <summary>The same lists and items in every other format.</summary>
    public static readonly Definition Formats = new(
        "v1.formats",
        "Feeds and formats",
        "The same lists and items for readers, spreadsheets, calendars and citations.",
        """
        What the definition `v1` has as JSON, in every other format: the suffix of the address chooses it, and nothing else does.

        * Filters, sorts and paging are those of the JSON, as far as the format has a place for them. A page of a feed leads to the next one by its own links and by the `Link` header.
        * Errors are problem documents (RFC 9457) here too, whatever the suffix.
        """
    );

    /// <summary>All definitions. Swagger UI shows the first one.</summary>
    public static IReadOnlyList<Definition> All { get; } = [Content, Formats];

    /// <summary>The path of the document.</summary>
    public string Path => $"/openapi/{Name}.json";

    /// <summary>The definition that an operation belongs to.</summary>
    /// <param name="metadata">The metadata of its endpoint.</param>
    public static Definition Of(IEnumerable<object> metadata) =>
        metadata.OfType<OtherFormat>().LastOrDefault() is null or OnlyFormat or { Format.HasIncluded: true } ? Content : Formats;
}
