using System.Text.Json;
using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Site;
using Api.Http.Answers;
using Api.Http.OpenApi;
using Api.Http.Pages;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Site;

internal static class IndexEndpoints
{
    public static void MapIndex(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", Get).WithName("GetIndex").WithTags("Site").WithParameters();

    /// <summary>Index of the API.</summary>
    /// <remarks>
    /// Links to every collection, feed and document of this API, and the site it serves. A client needs to know no other address.
    /// </remarks>
    private static async Task<Answer<Item<ServiceIndex, Included>>> Get(
        ApiRequest request,
        IndexRepository index,
        SiteSettings site,
        EndpointDataSource endpoints,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var links = request.Links;
        var (sequence, languages) = await index.Get(cancel);
        return ItemAnswer.Of(
            request,
            new ServiceIndex
            {
                Site = new SiteInfo(site.Name, site.Url, site.TimeZone, TimeZones.Version, languages),
                Sequence = sequence,
                Collections = endpoints.Collections().ToDictionary(NameOf, links.Api),
                Feeds = endpoints
                    .Collections(Format.Rss)
                    .ToDictionary(NameOf, path => FeedsOf(links.Api(path), endpoints.Collections(Format.Calendar).Contains(path))),
                Documents = new Dictionary<string, string>
                {
                    ["home"] = links.Api("/"),
                    ["openapi"] = links.Api(Definition.Content.Path),
                    ["openapiFormats"] = links.Api(Definition.Formats.Path),
                    ["swagger"] = links.Api("/swagger/"),
                    ["problems"] = links.Api("/problems"),
                    ["formats"] = links.Api(FormatsPage.Path),
                    ["sitemap"] = links.Api("/sitemap.xml"),
                    ["robots"] = links.Api("/robots.txt"),
                    ["snapshot"] = links.Api("/v1/snapshot"),
                    // URI templates (RFC 6570).
                    ["changes"] = links.Api("/v1/changes{?since,resource,topic,expert,include,limit,wait}"),
                    ["changeStream"] = links.Api("/v1/changes/stream{?since,resource,topic,expert}"),
                    ["resolve"] = links.Api("/v1/resolve{?path}"),
                    ["search"] = links.Api("/v1/search{?q,resource}"),
                    ["suggest"] = links.Api("/v1/suggest{?q}"),
                },
                Links = new SelfLink(links.Api("/v1")),
            }
        );
    }

    private static FeedLinks FeedsOf(string list, bool hasCalendar) =>
        new(
            list + Format.Rss.Suffix,
            list + Format.Atom.Suffix,
            list + Format.JsonFeed.Suffix,
            hasCalendar ? list + Format.Calendar.Suffix : null
        );

    // Turns article-types into articleTypes, a JSON name.
    private static string NameOf(string path) =>
        JsonNamingPolicy.CamelCase.ConvertName(
            string.Concat(path[(path.LastIndexOf('/') + 1)..].Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
        );
}
