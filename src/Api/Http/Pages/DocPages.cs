using System.Collections.Frozen;
using Api.Http.Errors;
using Api.Http.Site;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static Api.Http.Pages.HtmlPage;

namespace Api.Http.Pages;

/// <summary>
/// The documents in <c>docs</c> at <c>/docs/NAME</c>, so that a server explains itself in the version that it runs. Links between them
/// work; links to files of the repository become text.
/// </summary>
internal static class DocPages
{
    /// <summary>The path of the list of documents.</summary>
    public const string Path = "/docs";

    private const string Folder = "docs/";
    private const string Ending = ".md";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .DisableHtml()
        .Build();

    private static readonly FrozenDictionary<string, Lazy<DocPage>> Pages = typeof(DocPages)
        .Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(
            name => name[Folder.Length..^Ending.Length],
            name => new Lazy<DocPage>(() => Read(name)),
            StringComparer.Ordinal
        );

    /// <summary>The names of the documents, in order.</summary>
    public static IEnumerable<string> Names => Pages.Keys.Order(StringComparer.Ordinal);

    public static void MapDocPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List).ExcludeFromDescription();
        routes.MapGet($"{Path}/{{name}}", Get).ExcludeFromDescription();
    }

    private static IResult List(HttpContext http, SiteSettings site)
    {
        var root = Links.Of(http).BasePath + Path;
        return HtmlPage.Of(
            http,
            $"Documents · {site.Name}",
            $"""
            {Header(http, site)}
            <main>
            <h1>Documents</h1>
            <ul>
            {string.Join('\n', Names.Select(name => $"<li><a href=\"{Text(root)}/{name}\">{Text(Pages[name].Value.Title)}</a></li>"))}
            </ul>
            </main>
            """
        );
    }

    private static IResult Get(HttpContext http, SiteSettings site, string name) =>
        Pages.TryGetValue(name, out var page)
            ? HtmlPage.Of(
                http,
                $"{page.Value.Title} · {site.Name}",
                $"""
                {Header(http, site)}
                <main class="doc">
                {page.Value.Html}
                </main>
                """
            )
            : Problems.UnknownRoute(http.Request.Path);

    private static string Header(HttpContext http, SiteSettings site)
    {
        var root = Text(Links.Of(http).BasePath);
        return $"""<header><p class="over"><a href="{root}/">{Text(site.Name)}</a> · <a href="{root}{Path}">Documents</a></p></header>""";
    }

    private static DocPage Read(string resource)
    {
        using var stream = typeof(DocPages).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var document = Markdown.Parse(reader.ReadToEnd(), Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Place(link);
        var title = document.Descendants<HeadingBlock>().FirstOrDefault()?.Inline?.FirstChild?.ToString();
        return new DocPage(title ?? resource, Accessible(document.ToHtml(Pipeline)));
    }

    // What is wider than the window scrolls, also by the keyboard, and an empty cell is no header. HTML in documents is disabled, so that
    // these tags are those of the renderer only.
    private static string Accessible(string html) =>
        html.Replace("<table>", "<div class=\"scroll\" tabindex=\"0\"><table>", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal)
            .Replace("<th></th>", "<td></td>", StringComparison.Ordinal)
            .Replace("<pre>", "<pre tabindex=\"0\">", StringComparison.Ordinal);

    // Of a picture, and of a link to a file that is not here, only the text stays.
    private static void Place(LinkInline link)
    {
        var url = link.Url ?? "";
        if (!link.IsImage && (url.StartsWith('#') || url.StartsWith("https://", StringComparison.Ordinal)))
            return;
        var parts = url.Split('#', 2);
        if (!link.IsImage && parts[0].EndsWith(Ending, StringComparison.Ordinal) && Pages.ContainsKey(parts[0][..^Ending.Length]))
            link.Url = parts[0][..^Ending.Length] + (parts.Length > 1 ? $"#{parts[1]}" : "");
        else
            link.ReplaceBy(new ContainerInline { IsClosed = true }, copyChildren: true);
    }

    private sealed record DocPage(string Title, string Html);
}
