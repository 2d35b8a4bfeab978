using System.Diagnostics;
using System.Text.RegularExpressions;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>The reader of streams that <c>docs/syndication.md</c> shows, as it stands there.</summary>
public sealed partial class StreamClientTests(ApiFixture api, NodeTools node) : IClassFixture<ApiFixture>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("watch-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Newest = "sequence = (select max(sequence) from content.change_events)";

    private string Position => Path.Combine(folder, "position");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_prints_each_change_once_also_those_while_it_was_away()
    {
        Tools.Need("nodejs", "npm");
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "syndication.md"), Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "watch.mjs"), Code().Match(text).Groups[1].Value, Cancel);
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), node.PathOf("node_modules"));

        await api.Import(Some.Topic(new { slug = "before" }));
        // A stream begins after the last event, which follows a commit within a second.
        await EventsAreReleased();
        await using (Watch("first"))
        {
            await Eventually(() => File.Exists(Position), "first");
            await api.Import(Some.Topic(new { slug = "seen" }));
            await Prints("first", ["upsert topic seen"]);
            await using var command = api.Database.CreateCommand("select sequence from content.head");
            var head = $"{await command.ExecuteScalarAsync(Cancel)}";
            await Eventually(() => File.ReadAllText(Position).Split('.')[0] == head, "first");
        }

        // More than an event holds, and another commit before the client has read all of it.
        await api.Import([.. Enumerable.Range(100, 150).Select(n => Some.Page(new { slug = $"missed-{n}" }))]);
        await EventsAreReleased();
        await api.Execute("update content.items set publication_status = 'draft' where slug = 'seen'");
        await EventsAreReleased();
        await api.Execute($"update content.change_events set released_at = null where {Newest}");
        await using (Watch("second"))
        {
            var missed = Enumerable.Range(100, 150).Select(n => $"upsert page missed-{n}");
            await Prints("second", [.. missed]);
            await api.Execute($"update content.change_events set released_at = now() where {Newest}");
            await Prints("second", [.. missed, "delete topic seen unpublished"]);
        }

        await File.WriteAllTextAsync(Position, "5.AAAAAAAA", Cancel);
        await using (Watch("third"))
            await Prints("third", ["anything may have changed"]);
    }

    private Task EventsAreReleased() =>
        Api.Tests.Support.Eventually.Is(async () =>
        {
            await using var released = api.Database.CreateCommand(
                "select (select sequence from content.head) = (select max(sequence) from content.change_events where released_at is not null)"
            );
            return (bool)(await released.ExecuteScalarAsync(Cancel))!;
        });

    private Background Watch(string log) =>
        Background.Start(["node", "watch.mjs", api.Client.BaseAddress!.ToString(), Position], folder, Path.Combine(folder, log));

    private async Task Prints(string log, string[] expected)
    {
        await Eventually(() => Lines(log).Length >= expected.Length, log);
        Assert.Equal(expected.Order(StringComparer.Ordinal), Lines(log).Order(StringComparer.Ordinal));
    }

    private string[] Lines(string log) =>
        File.Exists(Path.Combine(folder, log)) ? [.. File.ReadAllLines(Path.Combine(folder, log)).Select(line => line.Trim())] : [];

    private async Task Eventually(Func<bool> happened, string log)
    {
        for (var waited = Stopwatch.StartNew(); !happened(); await Task.Delay(50, Cancel))
            Assert.True(waited.Elapsed < Patience, $"It printed:\n{string.Join('\n', Lines(log))}");
    }

    [GeneratedRegex("```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
