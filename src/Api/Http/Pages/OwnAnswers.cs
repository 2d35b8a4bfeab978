using System.Text.Json.Nodes;
using Api.Http.Parameters;
using Api.Http.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Api.Http.Pages;

/// <summary>
/// Asks the lists of this API from within the process, for pages: these show what every client gets, from the same cache, and nothing else.
/// </summary>
internal static class OwnAnswers
{
    private static readonly object Failed = new();

    /// <summary>The JSON answer of a list or an item without a slug; null when it is not successful.</summary>
    /// <param name="page">The request for the page.</param>
    /// <param name="path">Path of the endpoint, such as <c>/v1/articles</c>.</param>
    /// <param name="query">The query with its question mark, or empty.</param>
    public static async Task<JsonNode?> Get(HttpContext page, string path, string query)
    {
        var endpoints = page.RequestServices.GetRequiredService<EndpointDataSource>();
        // After a failure of the database the page does without the rest, rather than wait for each.
        if (page.Items.ContainsKey(Failed) || endpoints.Find(path, Format.Json) is not { RequestDelegate: { } handler } endpoint)
            return null;
        using var body = new MemoryStream();
        var asked = new DefaultHttpContext { RequestServices = page.RequestServices, RequestAborted = page.RequestAborted };
        asked.Request.Method = HttpMethods.Get;
        asked.Request.Scheme = page.Request.Scheme;
        asked.Request.Host = page.Request.Host;
        asked.Request.PathBase = page.Request.PathBase;
        asked.Request.Path = path;
        asked.Request.QueryString = new QueryString(query);
        // The cache finds answers by the address as sent, which is without the path base: that is a header of the proxy.
        asked.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = asked.Request.Path.ToUriComponent() + query;
        asked.Response.Body = body;
        asked.SetEndpoint(endpoint);
        await Failures.Run(asked, handler);
        if (asked.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            page.Items[Failed] = true;
        return asked.Response.StatusCode == StatusCodes.Status200OK ? JsonNode.Parse(body.ToArray()) : null;
    }
}
