using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using static Api.Http.Pages.HtmlPage;

namespace Api.Http.Pages;

/// <summary>
/// The page at <c>/formats</c>: which lists and items have which formats, and our extension of JSON Feed (its <c>about</c> links here).
/// </summary>
internal static class FormatsPage
{
    public const string Path = "/formats";

    public static void MapFormatsPage(this IEndpointRouteBuilder routes) => routes.MapGet(Path, Show).ExcludeFromDescription();

    private static async Task<IResult> Show(HttpContext http, SiteSettings site, EndpointDataSource endpoints)
    {
        var root = Links.Of(http).BasePath;
        Format[] formats = [Format.Json, .. endpoints.OtherFormats()];
        var rows = new List<string>();
        foreach (var endpoint in Rows(endpoints))
            rows.Add(Row(root, endpoint, await Address(http, endpoint), formats));
        return HtmlPage.Of(
            http,
            $"Formats · {site.Name}",
            $"""
            <header class="wide">
            <p class="over"><a href="{Text(root)}/">{Text(site.Name)}</a></p>
            <h1>Formats</h1>
            <p class="lead">The suffix of the address chooses the format. Filters, sorts and paging are the same in each.</p>
            </header>
            <main class="wide">
            <div class="scroll" role="region" aria-label="Formats by address" tabindex="0">
            <table>
            <thead><tr><th scope="col">Address</th>{string.Concat(
                formats.Select(format => $"<th scope=\"col\">{Text(Short(format))}</th>")
            )}</tr></thead>
            <tbody>
            {string.Join('\n', rows)}
            </tbody>
            </table>
            </div>
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
    }

    private static IEnumerable<RouteEndpoint> Rows(EndpointDataSource endpoints) =>
        endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<FormatSet>() is not null && endpoint.Metadata.GetMetadata<OtherFormat>() is null
            )
            .OrderBy(endpoint => endpoint.PathOf(), StringComparer.Ordinal);

    private static string Row(string root, RouteEndpoint endpoint, (string Path, string Query)? address, Format[] formats)
    {
        var offered = endpoint.Metadata.GetMetadata<FormatSet>()!.Formats.Select(other => other.Format).Append(Format.Json).ToHashSet();
        var cells = formats.Select(format =>
            !offered.Contains(format) ? "<td></td>"
            : address is not var (path, query) ? $"<td>{Text(Suffix(format))}</td>"
            : $"""<td><a href="{Text(root + path + format.Suffix + query)}" aria-label="{Text(endpoint.PathOf() + Suffix(format))}">{Text(Suffix(format))}</a></td>"""
        );
        return $"""<tr><th scope="row">{Text(endpoint.PathOf()).Replace("/", "/<wbr>", StringComparison.Ordinal)}</th>{string.Concat(cells)}</tr>""";
    }

    // With the slug of the first item of the list, as there may be any content; null when there is none.
    private static async Task<(string Path, string Query)?> Address(HttpContext http, RouteEndpoint endpoint)
    {
        var path = endpoint.PathOf();
        var query = string.Join(
            '&',
            (endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? [])
                .Where(parameter => parameter is { Required: true, Example: not null })
                .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Example!)}")
        );
        var slugAt = path.IndexOf("/{slug}", StringComparison.Ordinal);
        if (slugAt >= 0)
        {
            var list = await OwnAnswers.Get(http, path[..slugAt], "?limit=1&fields=slug");
            if (list?["data"]?.AsArray() is not [{ } first, ..])
                return null;
            path = path.Replace("{slug}", Uri.EscapeDataString(first["slug"]!.GetValue<string>()), StringComparison.Ordinal);
        }
        return (path, query.Length > 0 ? "?" + query : "");
    }

    private static string Suffix(Format format) => format == Format.Json ? Format.JsonSuffix : format.Suffix;

    // "NDJSON, one item a line" is too long for a column, and so is "JSON-LD of schema.org".
    private static string Short(Format format) => format.Label.Split(',')[0].Split(" of ")[0];
}
