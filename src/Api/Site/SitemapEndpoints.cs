using System.Text;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Site;

internal static class SitemapEndpoints
{
    private static readonly OnlyFormat Sitemap = new(Format.Sitemap);
    private static readonly OnlyFormat Robots = new(Format.Robots);

    /// <summary>Maps the sitemap at the root of the site, where crawlers look for it.</summary>
    public static void MapSitemap(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sitemap.xml", Show).WithParameters().WithMetadata(Sitemap).ExcludeFromDescription();
        routes.MapGet("/sitemaps/{name}.xml", ShowPart).WithParameters().WithMetadata(Sitemap).ExcludeFromDescription();
        routes.MapGet("/robots.txt", ShowRobots).WithParameters().WithMetadata(Robots).ExcludeFromDescription();
    }

    /// <summary>Every web page of the site; above 50,000 pages an index of parts.</summary>
    private static async Task<Answer<string>> Show(ApiRequest request, SitemapRepository sitemap, CancellationToken cancel)
    {
        var links = request.Links;
        var counts = await sitemap.Counts(cancel);
        return Written(
            Format.Sitemap,
            counts.Values.Sum() <= SitemapRepository.MostPages
                ? SitemapWriter.Pages(await sitemap.All(links, cancel))
                : SitemapWriter.Index((await sitemap.Parts(counts, cancel)).Select(part => links.Api($"/sitemaps/{part.Name}.xml")))
        );
    }

    /// <summary>One part of the sitemap.</summary>
    private static async Task<Answer<string>> ShowPart(ApiRequest request, string name, SitemapRepository sitemap, CancellationToken cancel)
    {
        return SitemapPart.Read(name) is { } part && await sitemap.Part(part, request.Links, cancel) is { } pages
            ? Written(Format.Sitemap, SitemapWriter.Pages(pages))
            : Problems.UnknownRoute(request.Http.Request.Path.Value ?? "");
    }

    /// <summary>Allows crawlers everything and names the sitemap.</summary>
    private static Answer<string> ShowRobots(ApiRequest request) =>
        Written(Format.Robots, Encoding.UTF8.GetBytes($"User-agent: *\nAllow: /\n\nSitemap: {request.Links.Api("/sitemap.xml")}\n"));

    private static Answer<string> Written(Format format, ReadOnlyMemory<byte> body) => new(new AnswerBody(format.ContentType, body));
}
