using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Api.EndToEnd.Support;
using Api.Http.Caching;
using Api.Tests.Support;

namespace Api.EndToEnd.Nodes;

public class NodesTests : IClassFixture<TwoNodes>
{
    // Beyond what is promised, for a machine that has other things to do.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    private readonly TwoNodes api;

    public NodesTests(TwoNodes api)
    {
        this.api = api;
        api.Network.Admit();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_seen_on_each_node_soon_and_has_the_same_tag_there()
    {
        await api.Import(Some.Article(new { slug = "seen" }));
        for (var change = 1; change <= 5; change++)
        {
            foreach (var node in api.Nodes)
                await Title(node, "seen");
            await Retitle("seen", $"Change {change}");
            var committed = Stopwatch.StartNew();
            var waits = await Task.WhenAll(api.Nodes.Select(node => Until(node, "seen", $"Change {change}", committed)));
            Tell($"after the commit: {string.Join(", ", waits.Select(wait => $"{wait.TotalMilliseconds:0} ms"))}");
            Assert.All(waits, wait => Assert.True(wait < Slack, $"{wait}"));
        }
        // Words that are read a moment later have a number of their own, which may come between the two.
        HttpResponseMessage[] answers;
        var patience = Stopwatch.StartNew();
        do answers = await Task.WhenAll(api.Nodes.Select(node => node.GetAsync(new Uri("/v1/articles/seen", UriKind.Relative), Cancel)));
        while (
            answers.Select(answer => answer.Headers.GetValues("Content-Sequence").Single()).Distinct().Count() > 1
            && patience.Elapsed < Slack
        );
        Assert.NotNull(answers[0].Headers.ETag);
        Assert.Equal(answers[0].Headers.ETag, answers[1].Headers.ETag);
        Assert.Equal(answers[0].Headers.GetValues("Content-Sequence"), answers[1].Headers.GetValues("Content-Sequence"));
    }

    [Fact]
    public async Task What_is_scheduled_appears_on_each_node_at_its_moment()
    {
        var moment = await Now() + TimeSpan.FromSeconds(1.5);
        await api.Import(
            Some.Article(
                new
                {
                    slug = "due",
                    topics = new[] { "moment" },
                    publishedAt = moment,
                    publicationStatus = "scheduled",
                }
            )
        );
        // On a busy machine the import may end after the moment.
        var latest = (await Now() is var imported && imported > moment ? imported : moment) + Slack;
        await Task.WhenAll(api.Nodes.Select(Appears));

        async Task Appears(HttpClient node)
        {
            while (!await Lists(node))
            {
                Assert.True(await Now() < latest, "It did not appear.");
                await Task.Delay(20, Cancel);
            }
            Assert.True(await Now() >= moment, "It appeared too early.");
        }

        async Task<bool> Lists(HttpClient node)
        {
            var text = await node.GetStringAsync(new Uri("/v1/articles?topic=moment", UriKind.Relative), Cancel);
            return JsonNode.Parse(text)!["page"]!["total"]!.GetValue<int>() > 0;
        }
    }

    [Fact]
    public async Task Without_announcements_the_old_answer_is_served_no_longer_than_the_safety_interval()
    {
        await api.Import(Some.Article(new { slug = "frozen", title = "Old" }));
        await Until(api.Nodes[1], "frozen", "Old", Stopwatch.StartNew());
        await Hits("/v1/articles/frozen");
        api.Network.Freeze();
        await Retitle("frozen", "New");
        var committed = Stopwatch.StartNew();
        var lastOld = TimeSpan.Zero;
        while (true)
        {
            var asked = committed.Elapsed;
            if (await Title(api.Nodes[1], "frozen") == "New")
                break;
            lastOld = asked;
            await Task.Delay(10, Cancel);
        }
        Tell(
            $"frozen: the old one until {lastOld.TotalMilliseconds:0} ms after the commit, the new one after {committed.Elapsed.TotalMilliseconds:0} ms"
        );
        Assert.True(lastOld < TwoNodes.Safety + Slack, $"The old answer was served {lastOld} after the commit.");
        Assert.True(committed.Elapsed < TimeSpan.FromSeconds(10), $"The new answer took {committed.Elapsed}.");
        await Hits("/v1/articles/frozen");
    }

    [Fact]
    public async Task What_was_missed_while_connections_were_cut_is_made_up_for()
    {
        await api.Import(Some.Article(new { slug = "missed", title = "Old" }));
        await Until(api.Nodes[1], "missed", "Old", Stopwatch.StartNew());
        await Hits("/v1/articles/missed");
        api.Network.Refuse();
        await Retitle("missed", "New");
        Assert.Equal("Old", await Title(api.Nodes[1], "missed"));
        api.Network.Admit();
        var back = await Until(api.Nodes[1], "missed", "New", Stopwatch.StartNew());
        Tell($"cut: the new one {back.TotalMilliseconds:0} ms after connections work again");
        Assert.True(back < Slack, $"{back}");
        await Hits("/v1/articles/missed");
    }

    [Fact]
    public async Task While_the_database_is_away_what_is_kept_is_served_unless_it_has_expired_and_afterwards_all_is_well()
    {
        await api.Import(Some.Article(new { slug = "staying" }), Some.Article(new { slug = "leaving" }));
        await Until(api.Nodes[1], "leaving", "Article leaving", Stopwatch.StartNew());
        // Nor may it matter how long the answer takes that says when.
        api.Network.Slow(TimeSpan.FromMilliseconds(200));
        await api.Execute(
            "update content.items set expires_at = date_trunc('milliseconds', clock_timestamp()) + interval '8 seconds' where slug = 'leaving'"
        );
        var leaves = await Now() + TimeSpan.FromSeconds(8);
        await Hits("/v1/articles/staying");
        await Hits("/v1/articles/leaving");
        api.Network.Refuse();

        var asked = Stopwatch.StartNew();
        using (var unknown = await api.Nodes[1].GetAsync(new Uri("/v1/articles?limit=77", UriKind.Relative), Cancel))
        {
            Tell($"away: an answer that is not kept is a 503 after {asked.ElapsedMilliseconds} ms");
            Assert.True(asked.Elapsed < Slack, $"{asked.Elapsed}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
            Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType?.MediaType);
            Assert.NotNull(unknown.Headers.RetryAfter);
        }
        Assert.Equal("Article staying", await Title(api.Nodes[1], "staying"));
        while (await Now() < leaves)
            await Task.Delay(20, Cancel);
        Assert.Null(await Title(api.Nodes[1], "leaving"));
        Assert.Equal("Article staying", await Title(api.Nodes[1], "staying"));
        using (var old = await api.Nodes[1].GetAsync(new Uri("/v1/articles/staying", UriKind.Relative), Cancel))
        {
            Assert.Equal("content-api; hit; ttl=-1; detail=database-away", old.Headers.GetValues("Cache-Status").Single());
            Assert.InRange(
                old.Headers.Age!.Value,
                TimeSpan.FromSeconds(1),
                old.Headers.CacheControl!.MaxAge!.Value - TimeSpan.FromSeconds(5)
            );
        }

        await Retitle("staying", "Back");
        api.Network.Admit();
        var back = await Until(api.Nodes[1], "staying", "Back", Stopwatch.StartNew());
        Tell($"away: the new answer {back.TotalMilliseconds:0} ms after its return");
        Assert.True(back < TimeSpan.FromSeconds(2) + Slack, $"{back}");
        await Hits("/v1/articles/staying");
        using var current = await api.Nodes[1].GetAsync(new Uri("/v1/articles/staying", UriKind.Relative), Cancel);
        Assert.Null(current.Headers.Age);
    }

    [Fact]
    public async Task While_the_database_is_away_lists_are_answered_that_were_never_asked_for()
    {
        await api.Import(
            Some.Topic(new { slug = "afar" }),
            Some.Article(
                new
                {
                    slug = "known",
                    title = "Known",
                    topics = new[] { "afar" },
                }
            ),
            Some.Article(
                new
                {
                    slug = "passing",
                    title = "Passing",
                    topics = new[] { "afar" },
                }
            )
        );
        await Until(api.Nodes[1], "passing", "Passing", Stopwatch.StartNew());
        await api.Execute(
            "update content.items set expires_at = date_trunc('milliseconds', clock_timestamp()) + interval '6 seconds' where slug = 'passing'"
        );
        var leaves = await Now() + TimeSpan.FromSeconds(6);
        // So that the articles are in memory, as they are after these changes.
        await using (var command = api.Database.CreateCommand("select sequence from content.head"))
            Assert.Equal(
                ["known", "passing"],
                (await Slugs($"/v1/articles?topic=afar&sort=title&minSequence={await command.ExecuteScalarAsync(Cancel)}")).Slugs
            );
        Assert.Equal(["known", "passing"], (await Slugs("/v1/articles?topic=afar&sort=title")).Slugs);
        api.Network.Refuse();
        await Eventually.Is(
            async () => await Slugs("/v1/articles?topic=afar&sort=title") is (_, "content-api; hit; ttl=-1; detail=database-away"),
            "The database is not known to be away."
        );

        // Of a filter, an order and a page that nobody has asked for before.
        var (slugs, status) = await Slugs("/v1/articles?topic=afar&type=brief&publishedFrom=2000-01-01&limit=50&fields=title");
        Assert.Equal("content-api; fwd=uri-miss; detail=database-away", status);
        Assert.Contains("known", slugs);
        while (await Now() < leaves)
            await Task.Delay(20, Cancel);
        Assert.DoesNotContain("passing", (await Slugs("/v1/articles?topicAll=afar&sort=-title&limit=50")).Slugs);
        await Retitle("known", "Known again");
        api.Network.Admit();
        await Until(api.Nodes[1], "known", "Known again", Stopwatch.StartNew());

        async Task<(string[] Slugs, string? Status)> Slugs(string path)
        {
            using var answer = await api.Nodes[1].GetAsync(new Uri(path, UriKind.Relative), Cancel);
            if (answer.StatusCode != HttpStatusCode.OK)
                return ([], null);
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Cancel));
            return (
                [.. page.RootElement.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("slug").GetString()!)],
                answer.Headers.GetValues("Cache-Status").Single()
            );
        }
    }

    [Fact]
    public async Task Ten_times_the_requests_that_find_a_place_leave_the_process_as_it_was()
    {
        var places = new LoadSettings(4 * Environment.ProcessorCount, 500);
        var address = api.Nodes[0].BaseAddress!;
        var begun = Stopwatch.StartNew();
        var all = Enumerable
            .Range(0, 10 * (places.Concurrent + places.Queued))
            .Select(number => $"/v1/articles?limit={1 + (number % 100)}&page={1 + (number / 100)}");
        var answers = await Task.WhenAll(all.Select(path => RawRequest.Send(address, path, Cancel)));
        var peak = api.FirstProcess.PeakMemory();
        Tell(
            $"overload: {answers.Count(one => one == 200)} of {answers.Length} answered in {begun.Elapsed.TotalSeconds:0.0} s, {peak >> 20} MB at most"
        );
        Assert.All(answers, status => Assert.True(status is 200 or 503, $"{status}"));
        Assert.Contains(200, answers);
        Assert.True(peak < 400L << 20, $"{peak >> 20} MB");
        foreach (var path in new[] { "/healthz", "/v1/experts" })
        {
            using var after = await api.Nodes[0].GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        }
    }

    private Task Retitle(string slug, string title) =>
        api.Execute(
            $"update content.articles set title = '{title}' where item_id = (select item_id from content.items where resource = 'article' and slug = '{slug}')"
        );

    private static async Task<TimeSpan> Until(HttpClient node, string slug, string title, Stopwatch since)
    {
        while (await Title(node, slug) != title)
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(20), $"'{title}' never came.");
            await Task.Delay(2, Cancel);
        }
        return since.Elapsed;
    }

    // Once everything works again, answers are kept again; and no change is still on its way that would drop them.
    private Task Hits(string path) => Eventually.Is(async () => await IsKeptAsOf(await Head(), path), "Nothing is kept any more.");

    private async Task<bool> IsKeptAsOf(long sequence, string path)
    {
        using var answer = await api.Nodes[1].GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return answer.Headers.GetValues("Cache-Status").Single() == "content-api; hit"
            && answer.Headers.GetValues("Content-Sequence").Single() == sequence.ToString(CultureInfo.InvariantCulture);
    }

    private async Task<long> Head()
    {
        await using var command = api.Database.CreateCommand("select sequence from content.head");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static async Task<string?> Title(HttpClient node, string slug)
    {
        using var answer = await node.GetAsync(new Uri($"/v1/articles/{slug}", UriKind.Relative), Cancel);
        return answer.StatusCode == HttpStatusCode.OK
            ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["data"]!["title"]!.GetValue<string>()
            : null;
    }

    private async Task<DateTimeOffset> Now()
    {
        await using var command = api.Database.CreateCommand("select clock_timestamp()");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(Cancel))!);
    }

    private static void Tell(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(text));
}
