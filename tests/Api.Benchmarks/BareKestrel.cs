using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Api.Benchmarks;

/// <summary>The least that a server of this kind can do: every file of a folder, from memory. Runs as a process of its own.</summary>
internal static class BareKestrel
{
    public static async Task<int> Serve(string url, string folder)
    {
        var bodies = Directory
            .GetFiles(folder, "*.json")
            .ToDictionary(file => "/" + Path.GetFileNameWithoutExtension(file), File.ReadAllBytes);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.Run(http =>
        {
            var body = bodies[http.Request.Path.Value!];
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = body.Length;
            return http.Response.Body.WriteAsync(body).AsTask();
        });
        await app.RunAsync();
        return 0;
    }
}
