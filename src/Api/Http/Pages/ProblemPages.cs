using Api.Http.Errors;
using Api.Http.Site;

namespace Api.Http.Pages;

/// <summary>The pages that the <c>type</c> of a problem links to.</summary>
internal static class ProblemPages
{
    public static void MapProblemPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/problems", List).ExcludeFromDescription();
        routes.MapGet("/problems/{code}", Get).ExcludeFromDescription();
    }

    private static IResult List(HttpContext http, SiteSettings site)
    {
        var entries = ProblemKind.All.Select(kind =>
            $"""
                <dt>{kind.Status} <a href="{Url(http, $"/problems/{kind.Code}")}">{kind.Code}</a></dt>
                <dd>{HtmlPage.Text(kind.Explanation)}</dd>
                """
        );
        return HtmlPage.Of(
            http,
            $"Problems · {site.Name}",
            $"""
            <header>
            <p class="over"><a href="{Url(http, "/")}">{HtmlPage.Text(site.Name)}</a></p>
            <h1>Problems</h1>
            <p class="lead">Every error of this API is a problem document (RFC 9457). Its code never changes, its detail says what would have worked.</p>
            </header>
            <main>
            <dl>
            {string.Join('\n', entries)}
            </dl>
            </main>
            """
        );
    }

    private static IResult Get(HttpContext http, SiteSettings site, string code)
    {
        if (ProblemKind.All.FirstOrDefault(kind => kind.Code == code) is not { } kind)
            return Problems.UnknownRoute(http.Request.Path.Value!);
        var trial = ProblemTrial.Of(kind);
        return HtmlPage.Of(
            http,
            $"{kind.Title} · {site.Name}",
            $"""
            <header>
            <p class="over"><a href="{Url(http, "/problems")}">Problems</a> · {kind.Status} · {kind.Code}</p>
            <h1>{HtmlPage.Text(kind.Title)}</h1>
            <p class="lead">{HtmlPage.Text(kind.Explanation)}</p>
            </header>
            <main>
            <h2>A request that fails</h2>
            {(trial.Fails is { } fails ? Example(http, fails, trial.FailsInDemo) : $"<p>{HtmlPage.Text(trial.Why!)}</p>")}
            {(trial.Works is { } works ? $"<h2>What works</h2>\n{Example(http, works, trial.WorksInDemo)}" : "")}
            </main>
            """
        );
    }

    // Some addresses fail because they are long.
    private static string Example(HttpContext http, string request, bool inDemo) =>
        $"""<pre><a href="{Url(http, request)}">GET {HtmlPage.Text(request.Length <= 200 ? request : request[..120] + "…")}</a></pre>{(inDemo ? "\n<p>With the demo content.</p>" : "")}""";

    private static string Url(HttpContext http, string path) => HtmlPage.Text(Links.Of(http).BasePath + path);
}
