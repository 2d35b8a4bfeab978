using Api.Http.Parameters;

namespace Api.Http.Pages;

/// <summary>The page at <c>/formats</c>: the suffix of each format, and our extension of JSON Feed (its <c>about</c> links here).</summary>
internal static class FormatsPage
{
    public const string Path = "/formats";

    public static void MapFormatsPage(this IEndpointRouteBuilder routes) => routes.MapGet(Path, Show).ExcludeFromDescription();

    private static IResult Show(HttpContext http, EndpointDataSource endpoints) =>
        HtmlPage.Of(
            http,
            "Formats · content API",
            $"""
            <header>
            <p class="over">Content API</p>
            <h1>Formats</h1>
            <p class="lead">One list, every format: the suffix of the address chooses it. Filters, sorts and paging are the same.</p>
            </header>
            <main>
            <dl>
            {string.Join('\n', Addresses(endpoints).Select(one => $"<dt>{HtmlPage.Text(one.Path)}</dt><dd>{HtmlPage.Text(one.Type)}</dd>"))}
            </dl>
            <h2 id="syndication">_syndication in JSON Feed</h2>
            <p>An object in items that may be republished.</p>
            <dl>
            <dt>license</dt><dd>id (SPDX identifier or a name of the site's own) and url of the terms</dd>
            <dt>canonical_url</dt><dd>The address a copy has to name as canonical</dd>
            <dt>originally_published_at</dt><dd>name and url of where the item appeared first</dd>
            <dt>attribution_html</dt><dd>What a copy has to show; it is at the end of content_html too</dd>
            <dt>corrections</dt><dd>at and text_html of what was put right after publication; they are at the end of content_html too</dd>
            </dl>
            </main>
            """
        );

    private static IEnumerable<(string Path, string Type)> Addresses(EndpointDataSource endpoints) =>
        endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<FormatSet>() is not null
                && endpoint.Metadata.GetMetadata<OtherFormat>() is { Format.Suffix.Length: > 0 }
            )
            .Select(endpoint =>
                ("/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<OtherFormat>()!.Format.MediaType)
            );
}
