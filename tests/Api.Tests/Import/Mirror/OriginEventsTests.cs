using System.Collections.Concurrent;
using Api.Import.Mirror;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Api.Tests.Import.Mirror;

/// <summary>How a copy learns from the stream of its origin that there are changes.</summary>
public class OriginEventsTests(ApiFixture origin) : IClassFixture<ApiFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<string> said = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_told_until_the_copy_has_it()
    {
        await origin.Import(Some.Topic(new { slug = "first" }));
        var token = await Token();
        using var client = Client(origin.Client.BaseAddress!);
        await using var events = Events(client, TimeProvider.System);
        var waiting = await Open(events, token);
        await origin.Import(Some.Topic(new { slug = "second" }));

        var told = (await waiting.WaitAsync(Patience, Cancel))!;
        Assert.False(told.IsResync);
        Assert.Equal((await Token()).Split('.')[0], $"{told.Sequence}");
        Assert.Same(told, await events.Later(token, Cancel));
        events.Done(told);
        Assert.False(events.Later(await Token(), Cancel).IsCompleted);
    }

    [Fact]
    public async Task A_token_of_another_history_is_told()
    {
        await origin.Import(Some.Topic(new { slug = "third" }));
        using var client = Client(origin.Client.BaseAddress!);
        await using var events = Events(client, TimeProvider.System);
        OriginNews? told = null;
        await Eventually.Is(async () => (told = await events.Later("1.AAAAAAAA", Cancel)) is not null);
        Assert.True(told!.IsResync);
    }

    [Fact]
    public async Task An_instance_without_a_stream_is_asked_as_before()
    {
        await using var old = WebApplication.CreateSlimBuilder().Build();
        await Start(old);
        using var client = Client(new Uri(old.Urls.First()));
        await using var events = Events(client, TimeProvider.System);
        await Eventually.Is(async () => await events.Later("1.AAAAAAAA", Cancel) is null && !said.IsEmpty);
        Assert.Contains("has no stream", said.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_silent_counts_as_none()
    {
        await using var silent = WebApplication.CreateSlimBuilder().Build();
        silent.MapGet(
            "/v1/changes/stream",
            async http =>
            {
                http.Response.ContentType = "text/event-stream";
                await http.Response.WriteAsync("event: ready\nid: 1.AAAAAAAA\ndata: {}\n\n", http.RequestAborted);
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        );
        await Start(silent);
        using var client = Client(new Uri(silent.Urls.First()));
        await using var events = Events(client, new HurriedClock());
        await Open(events, "1.AAAAAAAA");
        await Eventually.Is(async () => await events.Later("1.AAAAAAAA", Cancel) is null);
        await Eventually.Is(() => Task.FromResult(said.Any(line => line.Contains("is silent", StringComparison.Ordinal))));
    }

    private OriginEvents Events(MirrorClient client, TimeProvider clock) => new(client, clock) { Tell = said.Enqueue };

    // Returns what waits, as the stream is open.
    private static async Task<Task<OriginNews?>> Open(OriginEvents events, string token)
    {
        var waiting = events.Later(token, Cancel);
        await Eventually.Is(async () =>
        {
            if (!waiting.IsCompleted)
                return true;
            Assert.Null(await waiting);
            waiting = events.Later(token, Cancel);
            return false;
        });
        return waiting;
    }

    private async Task<string> Token() => (await origin.GetJson("/v1/changes?limit=100"))["page"]!["next"]!.GetValue<string>();

    private static MirrorClient Client(Uri address) => new(address.GetLeftPart(UriPartial.Authority)) { IsKnown = true };

    private static Task Start(WebApplication server)
    {
        server.Urls.Add("http://127.0.0.1:0");
        return server.StartAsync(Cancel);
    }

    // A minute takes 0.6 seconds.
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
    }
}
