using Api.Http.Keys;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Http.Tags;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Api.Http.Requests;

/// <summary>
/// A request, and what is known about its answer before the answer exists. Everything that middleware, handlers and formats tell each
/// other about one request is here. Handlers take it as a parameter.
/// </summary>
internal sealed class ApiRequest
{
    private ApiRequest(HttpContext http) => Http = http;

    /// <summary>The request as ASP.NET has it.</summary>
    public HttpContext Http { get; }

    /// <summary>Whether the client sent HEAD, which runs as GET: an endpoint may then skip a body that takes long to send.</summary>
    public bool IsHead { get; set; }

    /// <summary>Whether the address ended in <c>.json</c>; the suffix has been removed from the path.</summary>
    public bool HasJsonSuffix { get; set; }

    /// <summary>The key it came with; null without one. The answer to a key is neither taken from the cache nor put into it.</summary>
    public GrantedKey? Key { get; set; }

    /// <summary>
    /// What its preview shows, for the header <c>Content-Preview</c>: <c>drafts</c>, <c>early</c>, <c>at=INSTANT</c>, or <c>public</c>
    /// where the words of a search decide; null when it asks for none.
    /// </summary>
    public string? Preview { get; set; }

    /// <summary>The format of the answer.</summary>
    public Format Format => Format.Of(Http);

    /// <summary>The declaration of the format by its kind; null for another kind of format, and for JSON.</summary>
    public TFormat? FormatOf<TFormat>()
        where TFormat : OtherFormat => Http.GetEndpoint()?.Metadata.GetMetadata<TFormat>();

    /// <summary>The suffix of the address as the client sent it.</summary>
    public string Suffix => HasJsonSuffix ? Format.JsonSuffix : Format.Suffix;

    /// <summary>The parsed query.</summary>
    public Query Query => field ??= Query.Read(Http);

    /// <summary>Makes links on the base that the client used.</summary>
    public Links Links => field ??= Links.Of(Http);

    /// <summary>The site of the content.</summary>
    public SiteSettings Site => Http.RequestServices.GetRequiredService<SiteSettings>();

    /// <summary>The calendar of the site.</summary>
    public SiteCalendar Calendar => Http.RequestServices.GetRequiredService<SiteCalendar>();

    /// <summary>The content that the answer is made of.</summary>
    public AnswerTags Tags { get; } = new();

    /// <summary>The keys by which proxies can drop the answer.</summary>
    public AnswerKeys Keys => field ??= new AnswerKeys(ItemAddress);

    /// <summary>
    /// The title of a list, such as "Articles on China", which formats with <see cref="Format.HasTitle"/> show; null when it has none.
    /// </summary>
    public string? Title { get; set; }

    /// <summary>The address of the item the request asks for, or asks for something below it; null for other requests.</summary>
    public ItemAddress? ItemAddress =>
        Http.GetEndpoint() is RouteEndpoint { RoutePattern.PathSegments: [_, { Parts: [RoutePatternLiteralPart collection] }, ..] }
        && Http.GetRouteValue("slug")?.ToString() is { } slug
            ? new ItemAddress(collection.Content, slug)
            : null;

    /// <summary>The request that ASP.NET is processing.</summary>
    public static ApiRequest Of(HttpContext http)
    {
        if (http.Features.Get<ApiRequest>() is { } known)
            return known;
        var request = new ApiRequest(http);
        http.Features.Set(request);
        return request;
    }

    /// <summary>Makes it a parameter of handlers; ASP.NET calls this.</summary>
    public static ValueTask<ApiRequest?> BindAsync(HttpContext http) => new(Of(http));
}
