using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Import.WordPress.Live;

/// <summary>A web server that answers as WordPress does, and can be made to behave badly.</summary>
internal sealed class PretendWordPress : IAsyncDisposable
{
    private readonly WebApplication app;

    private PretendWordPress(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Path and query of every request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public List<JsonObject> Posts { get; } = [];

    /// <summary>Asked first; true when it has answered.</summary>
    public Func<HttpContext, Task<bool>> Before { get; set; } = _ => Task.FromResult(false);

    /// <summary>False for a site with plain permalinks, whose API is at <c>/?rest_route=/</c>.</summary>
    public bool HasPermalinks { get; init; } = true;

    public static async Task<PretendWordPress> Start(int posts, bool permalinks = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = new PretendWordPress(builder.Build()) { HasPermalinks = permalinks };
        for (var id = 1; id <= posts; id++)
            site.Posts.Add(Post(id));
        site.app.Urls.Add("http://127.0.0.1:0");
        site.app.Run(site.Answer);
        await site.app.StartAsync();
        site.Address = new Uri(site.app.Urls.First());
        return site;
    }

    public static JsonObject Post(int id) =>
        new()
        {
            ["id"] = id,
            ["date"] = "2024-01-02T03:04:05",
            ["date_gmt"] = "2024-01-02T03:04:05",
            ["modified"] = "2024-01-02T03:04:05",
            ["modified_gmt"] = "2024-01-02T03:04:05",
            ["slug"] = $"post-{id}",
            ["status"] = "publish",
            ["link"] = $"https://site.example/post-{id}/",
            ["title"] = new JsonObject { ["rendered"] = $"Post {id} &amp; more" },
            ["content"] = new JsonObject { ["rendered"] = $"<p>Text of\n{id}.</p>", ["protected"] = false },
            ["excerpt"] = new JsonObject { ["rendered"] = $"<p>Text of {id}.</p>" },
            ["author"] = 7,
            ["featured_media"] = 0,
            ["categories"] = new JsonArray(3),
        };

    /// <summary>Requests for the pages of a collection.</summary>
    public IEnumerable<string> AskedFor(string collection) =>
        Requests.Where(r =>
            r.Contains($"/wp/v2/{collection}?", StringComparison.Ordinal) || r.Contains($"/wp/v2/{collection}&", StringComparison.Ordinal)
        );

    public ValueTask DisposeAsync() => this.app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        Requests.Enqueue(context.Request.Path + context.Request.QueryString);
        if (await Before(context))
            return;
        var path = context.Request.Path.Value!;
        var route = HasPermalinks
            ? (path.StartsWith("/wp-json/", StringComparison.Ordinal) ? path["/wp-json".Length..] : "")
            : context.Request.Query["rest_route"].ToString();
        if (path == "/" && route.Length == 0)
            await context.Response.WriteAsync("<html lang=\"fr-FR\"><body></body></html>");
        else if (route == "/")
            await Json(
                context,
                new JsonObject
                {
                    ["name"] = "A site",
                    ["home"] = "https://site.example",
                    ["namespaces"] = new JsonArray("wp/v2"),
                }
            );
        else if (route == "/wp/v2/types")
            await Json(
                context,
                new JsonObject
                {
                    ["post"] = new JsonObject
                    {
                        ["slug"] = "post",
                        ["rest_base"] = "posts",
                        ["taxonomies"] = new JsonArray("category"),
                    },
                }
            );
        else if (route == "/wp/v2/taxonomies")
            await Json(
                context,
                new JsonObject
                {
                    ["category"] = new JsonObject { ["slug"] = "category", ["rest_base"] = "categories" },
                }
            );
        else if (route == "/wp/v2/users")
            await List(
                context,
                [
                    new JsonObject
                    {
                        ["id"] = 7,
                        ["slug"] = "ada",
                        ["name"] = "Ada Moreau",
                    },
                ]
            );
        else if (route == "/wp/v2/categories")
            await List(
                context,
                [
                    new JsonObject
                    {
                        ["id"] = 3,
                        ["slug"] = "trade",
                        ["name"] = "Trade",
                        ["parent"] = 4,
                    },
                    new JsonObject
                    {
                        ["id"] = 4,
                        ["slug"] = "world",
                        ["name"] = "World",
                        ["parent"] = 0,
                    },
                ]
            );
        else if (route == "/wp/v2/posts")
            await List(context, Posts);
        else
        {
            context.Response.StatusCode = 404;
            await Json(context, new JsonObject { ["code"] = "rest_no_route", ["message"] = "No route was found." });
        }
    }

    private static async Task List(HttpContext context, List<JsonObject> all)
    {
        var size = int.Parse(context.Request.Query["per_page"]!, CultureInfo.InvariantCulture);
        var page = int.Parse(context.Request.Query["page"].FirstOrDefault() ?? "1", CultureInfo.InvariantCulture);
        if (context.Request.Query["include"].FirstOrDefault() is { } include)
            all = [.. all.Where(each => include.Split(',').Contains($"{each["id"]}"))];
        context.Response.Headers["X-WP-Total"] = all.Count.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-WP-TotalPages"] = ((all.Count + size - 1) / size).ToString(CultureInfo.InvariantCulture);
        if (page > 1 && (page - 1) * size >= all.Count)
        {
            context.Response.StatusCode = 400;
            await Json(context, new JsonObject { ["code"] = "rest_post_invalid_page_number" });
            return;
        }
        await Json(
            context,
            new JsonArray([
                .. all.Skip((page - 1) * size).Take(size).Where(each => each["hidden"] is null).Select(each => each.DeepClone()),
            ])
        );
    }

    private static async Task Json(HttpContext context, JsonNode json)
    {
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.WriteAsync(json.ToJsonString());
    }
}
