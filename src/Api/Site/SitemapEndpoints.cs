using System.Text;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Site;

internal static class SitemapEndpoints
{
    private static readonly OnlyFormat Sitemap = new(Format.Sitemap);
    private static readonly OnlyFormat Robots = new(Format.Robots);

    /// <summary>Maps the sitemap at the root of the site, where crawlers look for it.</summary>
    public static void MapSitemap(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sitemap.xml", Show).Answers<string>().WithParameters().WithMetadata(Sitemap).ExcludeFromDescription();
        routes.MapGet("/sitemaps/{name}.xml", ShowPart).Answers<string>().WithParameters().WithMetadata(Sitemap).ExcludeFromDescription();
        routes.MapGet("/robots.txt", ShowRobots).Answers<string>().WithParameters().WithMetadata(Robots).ExcludeFromDescription();
    }

    /// <summary>Every web page of the site; above 50,000 pages an index of parts.</summary>
    private static async Task<IResult> Show(HttpContext http, SitemapRepository sitemap, CancellationToken cancel)
    {
        if (Query.Read(http).Problem is { } problem)
            return problem;
        var links = Links.Of(http);
        var counts = await sitemap.Counts(cancel);
        return new WrittenAnswer(
            Format.Sitemap,
            counts.Values.Sum() <= SitemapRepository.MostPages
                ? SitemapWriter.Pages(await sitemap.All(links, cancel))
                : SitemapWriter.Index((await sitemap.Parts(counts, cancel)).Select(part => links.Api($"/sitemaps/{part.Name}.xml")))
        );
    }

    /// <summary>One part of the sitemap.</summary>
    private static async Task<IResult> ShowPart(HttpContext http, string name, SitemapRepository sitemap, CancellationToken cancel)
    {
        if (Query.Read(http).Problem is { } problem)
            return problem;
        return SitemapPart.Read(name) is { } part && await sitemap.Part(part, Links.Of(http), cancel) is { } pages
            ? new WrittenAnswer(Format.Sitemap, SitemapWriter.Pages(pages))
            : Problems.UnknownRoute(http.Request.Path.Value ?? "");
    }

    /// <summary>Allows crawlers everything and names the sitemap.</summary>
    private static IResult ShowRobots(HttpContext http) =>
        Query.Read(http).Problem is { } problem
            ? problem
            : new WrittenAnswer(
                Format.Robots,
                Encoding.UTF8.GetBytes($"User-agent: *\nAllow: /\n\nSitemap: {Links.Of(http).Api("/sitemap.xml")}\n")
            );
}
