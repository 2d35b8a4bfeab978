namespace Api.Http.Parameters;

/// <summary>A format of answers, chosen by the suffix of the address; see docs/formats.md.</summary>
/// <param name="Suffix">Suffix of the address; empty for JSON.</param>
/// <param name="ContentType">The <c>Content-Type</c> header.</param>
/// <param name="Name">Name in operation ids.</param>
/// <param name="Label">Name in texts.</param>
internal sealed record Format(string Suffix, string ContentType, string Name, string Label)
{
    /// <summary>The optional suffix of JSON addresses.</summary>
    public const string JsonSuffix = ".json";

    public static readonly Format Json = new("", "application/json; charset=utf-8", "Json", "JSON")
    {
        HasFields = true,
        HasIncluded = true,
        HasPreviews = true,
    };
    public static readonly Format Cards = new(".cards.json", Json.ContentType, "Cards", "JSON, cards")
    {
        HasIncluded = true,
        HasPreviews = true,
    };
    public static readonly Format Rss = new(".rss", "application/rss+xml; charset=utf-8", "Rss", "RSS 2.0")
    {
        HasTitle = true,
        CarriesBody = true,
    };
    public static readonly Format Atom = new(".atom", "application/atom+xml; charset=utf-8", "Atom", "Atom")
    {
        HasTitle = true,
        CarriesBody = true,
    };
    public static readonly Format JsonFeed = new(".feed.json", "application/feed+json; charset=utf-8", "JsonFeed", "JSON Feed 1.1")
    {
        HasTitle = true,
        CarriesBody = true,
    };
    public static readonly Format Ndjson = new(".ndjson", "application/x-ndjson; charset=utf-8", "Ndjson", "NDJSON, one item a line")
    {
        HasFields = true,
        HasPreviews = true,
    };
    public static readonly Format Csv = new(".csv", "text/csv; charset=utf-8; header=present", "Csv", "CSV");
    public static readonly Format Calendar = new(".ics", "text/calendar; charset=utf-8", "Ics", "iCalendar")
    {
        HasTitle = true,
        UsualLimit = 100,
    };
    public static readonly Format JsonLd = new(".jsonld", "application/ld+json; charset=utf-8", "JsonLd", "JSON-LD of schema.org");
    public static readonly Format BibTeX = new(".bib", "application/x-bibtex; charset=utf-8", "BibTeX", "BibTeX");
    public static readonly Format Ris = new(".ris", "application/x-research-info-systems; charset=utf-8", "Ris", "RIS");

    public static readonly Format Sitemap = new("", "application/xml; charset=utf-8", "Sitemap", "a sitemap");
    public static readonly Format EventStream = new("", "text/event-stream", "EventStream", "server-sent events");
    public static readonly Format Robots = new("", "text/plain; charset=utf-8", "Robots", "robots.txt");

    /// <summary>Every format.</summary>
    public static IReadOnlyList<Format> All { get; } =
    [Json, Cards, Rss, Atom, JsonFeed, Ndjson, Csv, Calendar, JsonLd, BibTeX, Ris, EventStream, Sitemap, Robots];

    /// <summary>The media type without parameters, to compare with <c>Accept</c>.</summary>
    public string MediaType => ContentType.Split(';')[0];

    /// <summary>Whether items always include their texts.</summary>
    public bool CarriesBody { get; private init; }

    /// <summary>Whether the format takes <c>fields</c> and <c>include=body</c>.</summary>
    public bool HasFields { get; private init; }

    /// <summary>Whether answers have the envelope of JSON, with facets and with the related data of <c>include</c>.</summary>
    public bool HasIncluded { get; private init; }

    /// <summary>Whether items have a member that says when they are not public yet, so that previews can be asked for.</summary>
    public bool HasPreviews { get; private init; }

    /// <summary>Whether the format shows the title of the list.</summary>
    public bool HasTitle { get; private init; }

    /// <summary>Items on a page when the request names no limit.</summary>
    public int UsualLimit { get; private init; } = 20;

    /// <summary>The operation id of a list or an item in this format, from that of its JSON: <c>ListArticleCards</c>.</summary>
    public string OperationId(string json) => (this == Cards && json.EndsWith('s') ? json[..^1] : json) + Name;

    /// <summary>The format of a request.</summary>
    public static Format Of(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<OtherFormat>()?.Format ?? Json;
}
