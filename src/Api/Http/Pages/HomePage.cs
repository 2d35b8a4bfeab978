using Api.Http.OpenApi;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Http.Pages;

/// <summary>The home page at <c>/</c>: describes the API and links to its parts.</summary>
internal static class HomePage
{
    private static readonly Format[] Feeds = [Format.Rss, Format.Atom, Format.JsonFeed];

    public static void MapHomePage(this IEndpointRouteBuilder routes) => routes.MapGet("/", Show).ExcludeFromDescription();

    private static IResult Show(HttpContext http, SiteSettings site, EndpointDataSource endpoints)
    {
        var root = Links.Of(http).BasePath;
        return HtmlPage.Of(
            http,
            $"{site.Name} · content API",
            $"""
            <header>
            <p class="over">Content API</p>
            <h1>{HtmlPage.Text(site.Name)}</h1>
            <p class="lead">The articles, experts, topics and events of <a href="{HtmlPage.Text(site.Url)}">{HtmlPage.Text(
                new Uri(site.Url).Host
            )}</a>, as paginated JSON. Free to read, no key needed.</p>
            </header>
            <main>
            <h2>Start here</h2>
            <ul class="cards">
            {Card(root, "/swagger/", "Try it", "Swagger UI: every address with a working example")}
            {Card(root, "/v1", "Index", "/v1: every address, as links for programs")}
            {Card(root, Definition.Content.Path, "OpenAPI", "The contract, for generated clients")}
            {Card(root, Definition.Formats.Path, "OpenAPI of formats", "The same lists and items in every other format")}
            {Card(root, "/problems", "Problems", "Every error and what to do about it")}
            {Card(root, FormatsPage.Path, "Formats", "Feeds, tables, calendars, citations")}
            </ul>
            <h2>Collections</h2>
            <ul class="cards">
            {string.Join('\n', endpoints.Collections().Select(path => Card(root, path, Label(path), path)))}
            </ul>
            <h2>A first request</h2>
            <pre>curl '{HtmlPage.Text(Links.Of(http).Api("/v1/articles?limit=3&fields=title,publishedAt"))}'</pre>
            </main>
            <footer><p>Dates alone are read in {HtmlPage.Text(site.TimeZone)}. Instants are UTC.</p></footer>
            """,
            string.Concat(
                endpoints
                    .Collections(Format.Rss)
                    .SelectMany(path => Feeds.Select(feed => Alternate(root + path + feed.Suffix, feed, $"{site.Name}: {Label(path)}")))
            )
        );
    }

    private static string Label(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..].Replace('-', ' ');
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string Alternate(string path, Format format, string title) =>
        $"""{'\n'}<link rel="alternate" type="{format.MediaType}" title="{HtmlPage.Text(title)}" href="{HtmlPage.Text(path)}">""";

    private static string Card(string root, string path, string label, string note) =>
        $"""<li><a href="{HtmlPage.Text(root + path)}">{HtmlPage.Text(label)}</a><small>{HtmlPage.Text(note)}</small></li>""";
}
