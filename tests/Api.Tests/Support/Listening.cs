using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Api.Tests.Support;

/// <summary>A reader of a stream of change events, by the parser of .NET.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpResponseMessage response;
    private readonly Channel<SseItem<string>> items = Channel.CreateUnbounded<SseItem<string>>();
    private readonly CancellationTokenSource end = new();
    private readonly Task reading;

    private Listening(HttpResponseMessage response)
    {
        this.response = response;
        reading = Read();
    }

    public HttpResponseMessage Response => response;

    /// <summary>Completes when the stream has ended.</summary>
    public Task Ended => reading;

    /// <summary>Connects; the answer has to be a stream.</summary>
    public static async Task<Listening> To(HttpClient client, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute));
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new Listening(response);
    }

    /// <summary>Connects, and reads the first event.</summary>
    public static async Task<Listening> Ready(HttpClient client, string path, string? lastEventId = null)
    {
        var listening = await To(client, path, lastEventId);
        Assert.Equal("ready", (await listening.Next()).EventType);
        return listening;
    }

    /// <summary>The next event; fails when none comes within a minute.</summary>
    public async Task<SseItem<string>> Next()
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limited.CancelAfter(Patience);
        return await items.Reader.ReadAsync(limited.Token);
    }

    /// <summary>The next event, which has to be a change event.</summary>
    public async Task<JsonNode> Change()
    {
        var item = await Next();
        Assert.Equal(SseParser.EventTypeDefault, item.EventType);
        var change = JsonNode.Parse(item.Data)!;
        Assert.Equal(item.EventId, change["token"]!.GetValue<string>());
        return change;
    }

    /// <summary>Whether an event has come that nobody has read.</summary>
    public bool HasMore => items.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await reading;
        response.Dispose();
        end.Dispose();
    }

    private async Task Read()
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(end.Token);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(end.Token))
                await items.Writer.WriteAsync(item, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // The reader or the server has closed the connection.
        }
        items.Writer.TryComplete();
    }
}
