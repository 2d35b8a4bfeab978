using System.Diagnostics;
using System.Net;
using System.Threading.Channels;

namespace Api.EndToEnd.Support.Caches;

/// <summary>What a stream sent: an event with data.</summary>
/// <param name="Name">Its name; null for a change.</param>
/// <param name="Id">Its id.</param>
/// <param name="Data">Its data.</param>
/// <param name="At">When its last line came, by <see cref="Stopwatch.GetTimestamp"/>.</param>
internal sealed record ReadEvent(string? Name, string? Id, string Data, long At);

/// <summary>Reads a stream of change events line by line, with the comments that parsers leave out.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    public const string Path = "/v1/changes/stream";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<ReadEvent> events = Channel.CreateUnbounded<ReadEvent>();
    private readonly CancellationTokenSource end = new();
    private readonly HttpResponseMessage response;
    private readonly string name;
    private readonly Task reading;
    private int comments;

    private EventReader(HttpResponseMessage response, string name)
    {
        (this.response, this.name) = (response, name);
        reading = Read();
    }

    /// <summary>How many comments have come.</summary>
    public int Comments => Volatile.Read(ref comments);

    /// <summary>Whether the stream has ended.</summary>
    public bool HasEnded => reading.IsCompleted;

    /// <summary>Connects, as a client that takes codings, and reads the first event.</summary>
    /// <param name="client">Asks.</param>
    /// <param name="name">What is between the client and the API, for messages.</param>
    public static async Task<EventReader> Ready(HttpClient client, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{name} answers {(int)response.StatusCode}");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Empty(response.Content.Headers.ContentEncoding);
        var reader = new EventReader(response, name);
        Assert.Equal("ready", (await reader.Next()).Name);
        return reader;
    }

    /// <summary>The next event; fails when none comes within a minute.</summary>
    public async Task<ReadEvent> Next()
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            return await events.Reader.ReadAsync(limited.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            Assert.Fail($"{name}: {(HasEnded ? "the stream has ended" : "no event came")}");
            throw;
        }
    }

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
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(end.Token));
            (string? Name, string? Id, string? Data) read = default;
            while (await lines.ReadLineAsync(end.Token) is { } line)
            {
                if (line.StartsWith(':'))
                    Interlocked.Increment(ref comments);
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                    read.Name = line["event: ".Length..];
                else if (line.StartsWith("id: ", StringComparison.Ordinal))
                    read.Id = line["id: ".Length..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    read.Data = line["data: ".Length..];
                else if (line.Length == 0)
                {
                    if (read.Data is { } data)
                        events.Writer.TryWrite(new ReadEvent(read.Name, read.Id, data, Stopwatch.GetTimestamp()));
                    read = default;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // The reader or the server has closed the connection.
        }
        events.Writer.TryComplete();
    }
}
