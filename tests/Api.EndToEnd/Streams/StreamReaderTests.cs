using System.Diagnostics;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd.Streams;

/// <summary>Real readers of streams go on by themselves when the API was killed and is there again.</summary>
public sealed class StreamReaderTests(ApiFixture content, NodeTools node) : IClassFixture<ApiFixture>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("readers").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("eventsource")]
    [InlineData("fetch-event-source")]
    [InlineData("Chromium")]
    public async Task Nothing_is_lost(string reader)
    {
        Tools.Need("nodejs", "npm");
        var site = $"http://127.0.0.1:{Background.FreePort()}";
        var log = Path.Combine(folder, reader);
        var first = await Serve(site);
        await using var running = Background.Start(["node", node.PathOf("readers/streams.mjs"), reader, site], folder, log);
        try
        {
            await Prints(["ready"]);
            await Change("one");
            await Prints(["ready", "one"]);
        }
        finally
        {
            first.Dispose();
        }
        await Change("two");
        await Change("three");
        using var second = await Serve(site);
        await Prints(["ready", "one", "ready", "two", "three"]);
        await Change("four");
        await Prints(["ready", "one", "ready", "two", "three", "four"]);

        Task Change(string slug) => content.Import(Some.Topic(new { slug = $"{slug}-{reader.ToLowerInvariant()}" }));

        async Task Prints(string[] expected)
        {
            var suffix = $"-{reader.ToLowerInvariant()}";
            string[] printed = [];
            for (var waited = Stopwatch.StartNew(); printed.Length < expected.Length; await Task.Delay(50, Cancel))
            {
                printed = File.Exists(log)
                    ? [.. (await File.ReadAllLinesAsync(log, Cancel)).Select(line => line.Replace(suffix, "", StringComparison.Ordinal))]
                    : [];
                Assert.True(waited.Elapsed < Patience, $"{reader} printed:\n{string.Join('\n', printed)}");
            }
            Assert.Equal(expected, printed);
        }
    }

    private async Task<ApiProcess> Serve(string address)
    {
        var process = ApiProcess.Start(
            ["serve", "--urls", address],
            [("ConnectionStrings__Content", content.Connections.Content), ("Serilog__MinimumLevel__Default", "Warning")]
        );
        await process.Listening(Cancel);
        return process;
    }
}
