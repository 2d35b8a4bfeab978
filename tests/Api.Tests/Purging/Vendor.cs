using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Purging;

/// <summary>Stands in for the APIs of Fastly and Cloudflare, with the limits that they publish.</summary>
internal sealed class Vendor : IAsyncDisposable
{
    public const string FastlyService = "SU1Z0isxPaozGVKXdv0eY";
    public const string FastlyToken = "fastly-token-which-is-secret";
    public const string CloudflareZone = "023e105f4ecef8ad9ca31a8372d0c353";
    public const string CloudflareToken = "cloudflare-token-which-is-secret";

    private readonly WebApplication app;
    private readonly List<Request> requests = [];

    private Vendor(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>All that came, in order.</summary>
    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (requests)
                return [.. requests];
        }
    }

    /// <summary>What is done instead with a request, by its number, from 1; false does as usual.</summary>
    public Func<HttpContext, int, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    public static async Task<Vendor> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var vendor = new Vendor(app);
        app.Run(vendor.Answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return vendor;
    }

    /// <summary>The requests to Fastly or Cloudflare.</summary>
    public IReadOnlyList<Request> To(string name) => [.. Requests.Where(request => request.Name == name)];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        var name = http.Request.Path.StartsWithSegments("/client", StringComparison.Ordinal) ? "Cloudflare" : "Fastly";
        var body = await JsonNode.ParseAsync(http.Request.Body);
        string[] keys = [.. body![name == "Fastly" ? "surrogate_keys" : "tags"]!.AsArray().Select(key => (string)key!)];
        int number;
        lock (requests)
        {
            requests.Add(new Request(name, keys, TimeProvider.System.GetTimestamp()));
            number = requests.Count(request => request.Name == name);
        }
        if (await Instead(http, number))
            return;
        var (status, answer) = name == "Fastly" ? Fastly(http.Request, keys) : Cloudflare(http.Request, keys);
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(answer);
    }

    private static (int Status, JsonObject Answer) Fastly(HttpRequest request, string[] keys)
    {
        if (request.Headers["Fastly-Key"] != FastlyToken)
            return (401, new JsonObject { ["msg"] = "Provided credentials are missing or invalid" });
        if (request.Method != "POST" || request.Path != $"/service/{FastlyService}/purge")
            return (404, new JsonObject { ["msg"] = "Record not found" });
        if (keys.Length is 0 or > 256 || request.Headers.ContainsKey("Fastly-Soft-Purge") || !request.HasJsonContentType())
            return (400, new JsonObject { ["msg"] = "Bad request" });
        return (200, new JsonObject(keys.Distinct().Select(key => KeyValuePair.Create(key, (JsonNode?)"108-1391560174-974124"))));
    }

    private static (int Status, JsonObject Answer) Cloudflare(HttpRequest request, string[] keys)
    {
        var status =
            request.Headers.Authorization != $"Bearer {CloudflareToken}" ? 401
            : request.Method != "POST" || request.Path != $"/client/v4/zones/{CloudflareZone}/purge_cache" ? 404
            : keys.Length is 0 or > 100 || !request.HasJsonContentType() ? 400
            : 200;
        return (status, new JsonObject { ["success"] = status == 200, ["errors"] = new JsonArray() });
    }

    /// <summary>A request to purge.</summary>
    /// <param name="Name">The vendor.</param>
    /// <param name="Keys">In their order.</param>
    /// <param name="At">When it came, as a timestamp of the machine's clock.</param>
    internal sealed record Request(string Name, IReadOnlyList<string> Keys, long At);
}
