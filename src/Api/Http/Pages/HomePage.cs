using Api.Http.Errors;
using Api.Http.OpenApi;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using static Api.Http.Pages.HtmlPage;

namespace Api.Http.Pages;

/// <summary>The home page at <c>/</c>: the newest content, and a form that builds requests to the lists.</summary>
internal static class HomePage
{
    private const string List = "list";

    private static readonly Format[] Feeds = [Format.Rss, Format.Atom, Format.JsonFeed];

    private static readonly (string Path, string Label)[] Documents =
    [
        ("/swagger/", "Swagger UI"),
        (Definition.Content.Path, "OpenAPI"),
        (Definition.Formats.Path, "OpenAPI of formats"),
        (DocPages.Path, "Documents"),
        (FormatsPage.Path, "Formats"),
        ("/problems", "Problems"),
        ("/v1", "Index"),
    ];

    public static void MapHomePage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Show).ExcludeFromDescription();
        routes.MapGet("/try/{list}", Try).ExcludeFromDescription();
        PageFile.Map(routes);
    }

    private static async Task<IResult> Show(HttpContext http, SiteSettings site, EndpointDataSource endpoints)
    {
        var root = Links.Of(http).BasePath;
        var asked = http.Request.Query;
        var list = TriedList.Find(endpoints, asked[List].ToString()) ?? TriedList.Find(endpoints, TriedList.Names[0])!;
        var newest = await NewestContent.Html(http);
        var form =
            list.Parameters.Any(parameter => TriedList.Given(asked, parameter).Any()) || asked.ContainsKey(TriedList.Suffix)
                ? asked
                : list.Usual();
        var builder = RequestBuilder.Html(http, list, await FilterChoices.Of(http, list), form);
        // Cards are JSON too.
        var formats = endpoints.OtherFormats().Count(format => !format.HasIncluded);
        return HtmlPage.Of(
            http,
            $"{site.Name} · content API",
            $"""
            <header class="wide">
            <div class="bar">
            <p class="over">Content API</p>
            <nav aria-label="Documents">
            {string.Join('\n', Documents.Select(document => Link(root + document.Path, document.Label)))}
            </nav>
            </div>
            <h1>{Text(site.Name)}</h1>
            <p class="lead">The articles, experts, topics and events of <a href="{Text(site.Url)}">{Text(
                new Uri(site.Url).Host
            )}</a> as paginated JSON and in {formats} other formats. Reading needs no key.</p>
            </header>
            <main class="wide home">
            {newest}
            <section class="build" aria-labelledby="build">
            <h2 id="build">Build a request</h2>
            <nav class="tabs" aria-label="Lists">
            {string.Join('\n', TriedList.Names.Select(name => Tab(root, name, name == list.Name)))}
            </nav>
            {builder}
            </section>
            {RequestBuilder.Answer}
            </main>
            <footer class="wide">
            <p>All lists: {string.Join(", ", endpoints.Collections().Select(path => Link(root + path, path)))}.</p>
            <p>Dates alone are read in {Text(site.TimeZone)}. Instants are UTC.</p>
            </footer>
            """,
            string.Concat(
                endpoints
                    .Collections(Format.Rss)
                    .SelectMany(path => Feeds.Select(feed => Alternate(root + path + feed.Suffix, feed, $"{site.Name}: {Label(path)}")))
            ),
            PageFile.HomeScript
        );
    }

    // The form sends empty values too, which the API would refuse: browsers without the script come here, and go on to the address.
    private static IResult Try(HttpContext http, EndpointDataSource endpoints, string list)
    {
        if (TriedList.Find(endpoints, list) is not { } found)
            return Problems.UnknownRoute(http.Request.Path.Value!);
        http.Response.Headers.Location = Links.Of(http).BasePath + found.AddressOf(http.Request.Query);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static string Tab(string root, string name, bool isShown) =>
        $"""<a href="{Text(root)}/?{List}={name}"{(isShown ? " aria-current=\"page\"" : "")}>{Label(name)}</a>""";

    private static string Link(string address, string label) => $"""<a href="{Text(address)}">{Text(label)}</a>""";

    private static string Label(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..].Replace('-', ' ');
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string Alternate(string path, Format format, string title) =>
        $"""{'\n'}<link rel="alternate" type="{format.MediaType}" title="{Text(title)}" href="{Text(path)}">""";
}
