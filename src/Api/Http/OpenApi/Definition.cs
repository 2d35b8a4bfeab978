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
        Everything published, for reading: no key, no cookies, open to every origin.

        * Every answer has the same shape: an item is `{"data", "included"}`, a list is `{"data", "page", "links"}`. Nulls are written.
        * Lists are walked by following `links.next`. Filters read like English; a comma means any of.
        * Lists are feeds, tables and calendars too: `.rss`, `.atom`, `.feed.json`, `.ndjson`, `.csv`, `.ics`, with the same filters and paging. These are in the definition `v1.formats`.
        * Every error is a problem document (RFC 9457) that names the parameter and says what would have worked.
        * Within v1 members, parameters and values are only added.
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
        metadata.OfType<OtherFormat>().LastOrDefault() is null or OnlyFormat ? Content : Formats;
}
