using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Api.Http.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Support;

/// <summary>A receiver of webhooks on this machine, and all it got.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentQueue<Received> received = new();

    private Receiver(WebApplication server) => this.server = server;

    /// <summary>What it answers with; 204 if nothing else is set. It is given each message after it was kept.</summary>
    public Func<HttpContext, Received, Task> Answer { get; set; } =
        (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        };

    public IReadOnlyList<Received> Received => [.. received];

    public int Port => new Uri(server.Urls.First()).Port;

    public string Url => $"http://127.0.0.1:{Port}/hook?a=b";

    public static async Task<Receiver> Start(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var server = builder.Build();
        var receiver = new Receiver(server);
        server.Run(receiver.Take);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Answers with a status.</summary>
    public void AnswerWith(int status, params (string Name, string Value)[] headers) =>
        Answer = (http, _) =>
        {
            http.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                http.Response.Headers[name] = value;
            return Task.CompletedTask;
        };

    /// <summary>Waits until it has got a number of messages, and returns them.</summary>
    public async Task<IReadOnlyList<Received>> Has(int count)
    {
        await Eventually.Is(() => Task.FromResult(received.Count >= count), $"{count} messages did not come.");
        return Received;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var one = new Received(
            http.Request.Method,
            http.Request.Path + http.Request.QueryString,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()
        );
        received.Enqueue(one);
        await Answer(http, one);
    }
}

/// <summary>A message that a receiver got.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Type => Json["type"]!.GetValue<string>();

    public JsonNode Data => Json["data"]!;

    public string Token => Data["token"]!.GetValue<string>();

    public string Since => Data["since"]!.GetValue<string>();

    public string Text => Encoding.UTF8.GetString(Body);

    public IReadOnlyList<string?> Slugs => [.. Data["changes"]!.AsArray().Select(change => change!["slug"]?.GetValue<string>())];

    public bool IsSignedBy(string secret) =>
        HmacKey.Parse(secret)!.Verifies(Id, Headers["webhook-timestamp"], Body, Headers["webhook-signature"]);
}
