using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Api.EndToEnd.Support.Caches;
using Api.Tests.Support;

namespace Api.EndToEnd.Streams;

/// <summary>Streams of changes through proxies, each with the configuration of docs/caching.</summary>
public class ProxiedStreamTests(StreamedSite api) : IClassFixture<StreamedSite>
{
    /// <summary>More for figures: <c>CONTENT_STREAM_EVENTS=50</c>.</summary>
    private static readonly int Events = Number("CONTENT_STREAM_EVENTS", 4);

    /// <summary>The long proof, which is run on demand: <c>CONTENT_STREAM_MINUTES=31</c>.</summary>
    private static readonly int Minutes = Number("CONTENT_STREAM_MINUTES", 0);

    // Some proxies notice at the second write that the reader has left, and the API writes every 15 seconds; twice that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int topics;

    public static TheoryData<string> Names => [.. SharedCache.All.Append(SharedCache.TrafficServer).Select(proxy => proxy.Name)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Names))]
    public async Task Each_event_arrives_before_there_is_another(string name)
    {
        await using var direct = await api.Listen();
        await using var proxied = await StreamedSite.Listen(api.Proxies.Single(proxy => proxy.Cache.Name == name));
        var late = new List<double>();
        for (var n = 0; n < Events; n++)
        {
            var before = direct.Comments;
            var slug = await Change();
            var (here, there) = (await direct.Next(), await proxied.Next());
            Assert.Equal((here.Name, here.Id, here.Data), (there.Name, there.Id, there.Data));
            Assert.Equal([slug], Slugs(here));
            // It was not the next comment that took it along.
            Assert.Equal(before, direct.Comments);
            late.Add(Stopwatch.GetElapsedTime(here.At, there.At).TotalMilliseconds);
        }
        late.Sort();
        Tell($"{name}: {late.Count} events; later than without it by {late[late.Count / 2]:0.0} ms (median), {late[^1]:0.0} ms (most)");
    }

    [Fact]
    public async Task Each_reader_has_a_stream_of_its_own_and_the_API_notices_when_they_leave()
    {
        await Eventually(() => api.Listeners == 0, "readers of before are still there");
        var readers = await Task.WhenAll(api.Proxies.Concat(api.Proxies).Select(StreamedSite.Listen));
        Assert.Equal(readers.Length, api.Listeners);
        var slug = await Change();
        foreach (var reader in readers)
            Assert.Equal([slug], Slugs(await reader.Next()));
        foreach (var reader in readers)
            await reader.DisposeAsync();
        await Eventually(() => api.Listeners == 0, "readers that left are still there");
    }

    [Fact]
    public async Task No_proxy_ends_a_stream_that_is_silent_but_for_comments()
    {
        var began = Stopwatch.StartNew();
        await using var direct = await api.Listen();
        var readers = await Task.WhenAll(api.Proxies.Select(StreamedSite.Listen));
        do
        {
            var slug = await Change();
            var expected = await direct.Next();
            Assert.Equal([slug], Slugs(expected));
            foreach (var reader in readers)
                Assert.Equal(expected.Data, (await reader.Next()).Data);
            var before = readers.Select(reader => reader.Comments).ToList();
            await Eventually(
                () => readers.Zip(before).All(one => one.First.HasEnded || one.First.Comments >= one.Second + 2),
                "no comments came"
            );
            var ended = api.Proxies.Zip(readers).Where(one => one.Second.HasEnded).Select(one => one.First.Cache.Name).ToList();
            Assert.True(ended.Count == 0, $"after {began.Elapsed} ended: {string.Join(", ", ended)}");
        } while (began.Elapsed < TimeSpan.FromMinutes(Minutes));
        Tell($"{readers.Length} streams open for {began.Elapsed}");
        foreach (var reader in readers)
            await reader.DisposeAsync();
    }

    private async Task<string> Change()
    {
        var slug = $"streamed-{Interlocked.Increment(ref topics)}";
        await api.Import(Some.Topic(new { slug }));
        return slug;
    }

    private static IEnumerable<string> Slugs(ReadEvent read) =>
        JsonNode.Parse(read.Data)!["changes"]!.AsArray().Select(change => (string)change!["slug"]!);

    private static async Task Eventually(Func<bool> happened, string otherwise)
    {
        for (var waited = Stopwatch.StartNew(); !happened(); await Task.Delay(50, Cancel))
            Assert.True(waited.Elapsed < Patience, otherwise);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static void Tell(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(text));
}
