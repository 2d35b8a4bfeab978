using System.Net;
using System.Text.Json.Nodes;
using Api.Live;
using Api.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Changes;

/// <summary><c>/v1/changes/stream</c>, as front ends listen to it.</summary>
public class StreamTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/v1/changes/stream";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_says_what_has_changed_and_what_is_stale()
    {
        await api.Import(Some.ArticleType(new { slug = "brief" }), Some.Topic(new { slug = "seas" }));
        await Released();
        await using var listening = await Listening.Ready(api.Client, Path);
        await api.Import(
            Some.Article(
                new
                {
                    slug = "new-tides",
                    title = "Tides",
                    topics = new[] { "seas" },
                }
            )
        );

        var told = await listening.Change();
        var article = (await api.GetJson("/v1/articles/new-tides"))["data"]!;
        var change = Assert.Single(told["changes"]!.AsArray(), one => one!["resource"]!.GetValue<string>() == "article")!;
        Assert.Equal(article["id"]!.GetValue<string>(), change["id"]!.GetValue<string>());
        Assert.Equal("new-tides", change["slug"]!.GetValue<string>());
        Assert.Equal("upsert", change["change"]!.GetValue<string>());
        Assert.Equal(["/articles/new-tides"], Texts(change["paths"]));
        Assert.False(told["more"]!.GetValue<bool>());
        var stale = Texts(told["invalidates"]).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "content",
                "articles",
                "articles.list",
                "articles/new-tides",
                article["id"]!.GetValue<string>()[^12..],
                "topics/seas/articles.list",
            },
            stale
        );
        // The position after it is a position of /v1/changes as well.
        Assert.Empty((await api.GetJson($"/v1/changes?since={told["token"]}"))["data"]!.AsArray());
        Assert.NotEmpty((await api.GetJson($"/v1/changes?since={told["since"]}"))["data"]!.AsArray());
    }

    [Fact]
    public async Task Who_comes_back_is_told_once_what_happened_meanwhile_as_it_is_now()
    {
        await api.Import(Some.ArticleType(new { slug = "brief" }));
        await Released();
        string known;
        await using (var listening = await Listening.Ready(api.Client, Path))
        {
            await api.Import(Some.Article(new { slug = "kept" }));
            known = (await listening.Change())["token"]!.GetValue<string>();
        }
        await api.Import(Some.Article(new { slug = "passing" }));
        await Released();
        await api.Import(Some.Article(new { slug = "kept", title = "Other" }));
        await Released();
        await api.Execute("update content.items set publication_status = 'draft' where slug = 'passing'");
        await Released();

        foreach (var (path, header) in new[] { ($"{Path}?since={known}", (string?)null), (Path, known), ($"{Path}?since=0", known) })
        {
            await using var again = await Listening.Ready(api.Client, path, header);
            var told = await again.Change();
            Assert.Equal(known, told["since"]!.GetValue<string>());
            Assert.Equal(
                ["kept upsert ", "passing delete unpublished"],
                told["changes"]!.AsArray().Select(one => $"{one!["slug"]} {one["change"]} {one["reason"]}")
            );
            Assert.Superset(new HashSet<string> { "articles/kept", "articles/passing" }, Texts(told["invalidates"]).ToHashSet());
            Assert.False(again.HasMore);
        }
    }

    [Theory]
    [InlineData("5.AAAAAAAA")]
    [InlineData("99999999.ug0Xb1qZ")]
    [InlineData("nonsense")]
    public async Task A_position_of_no_use_is_told_that_everything_may_have_changed(string position)
    {
        await using var listening = await Listening.Ready(api.Client, Path, position);
        var resync = await listening.Next();
        Assert.Equal("resync", resync.EventType);
        Assert.Equal(["all"], Texts(JsonNode.Parse(resync.Data)!["invalidates"]));
        await api.Import(Some.Topic(new { slug = $"after-{position.Length}" }));
        Assert.Equal(resync.EventId, (await listening.Change())["since"]!.GetValue<string>());
    }

    [Fact]
    public async Task After_a_restore_everything_may_have_changed()
    {
        await Released();
        await using var listening = await Listening.Ready(api.Client, Path);
        await api.Import(Some.Topic(new { slug = "before-restore" }));
        await listening.Change();
        // As the same number of other changes would look.
        await api.Execute(
            "update content.changes set at = at + interval '1 second'; update content.change_events set at = at + interval '1 second' where sequence > 0"
        );
        var resync = await listening.Next();
        Assert.Equal("resync", resync.EventType);
        await api.Import(Some.Topic(new { slug = "after-restore" }));
        Assert.Equal(resync.EventId, (await listening.Change())["since"]!.GetValue<string>());
    }

    [Fact]
    public async Task Events_are_kept_for_seven_days()
    {
        await Released();
        await using var listening = await Listening.Ready(api.Client, Path);
        await api.Import(Some.Topic(new { slug = "old-1" }));
        var old = (await listening.Change())["token"]!.GetValue<string>();
        await api.Import(Some.Topic(new { slug = "old-2" }));
        await listening.Change();
        await api.Import(Some.Topic(new { slug = "old-3" }));
        await listening.Change();
        await api.Execute("update content.change_events set released_at = released_at - interval '8 days' where released_at is not null");
        await api.Services.GetRequiredService<EventStore>().Prune(Cancel);

        await using var again = await Listening.Ready(api.Client, Path, old);
        Assert.Equal("resync", (await again.Next()).EventType);
    }

    [Fact]
    public async Task A_scope_leaves_out_the_rest()
    {
        await api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Topic(new { slug = "near" }),
            Some.Topic(new { slug = "far" }),
            Some.Article(new { slug = "moving", topics = new[] { "near" } })
        );
        await Released();
        await using var near = await Listening.Ready(api.Client, $"{Path}?topic=near");
        await using var experts = await Listening.Ready(api.Client, $"{Path}?resource=expert");
        await api.Import(Some.Article(new { slug = "far-away", topics = new[] { "far" } }));
        await Released();
        await api.Import(Some.Article(new { slug = "moving", topics = new[] { "far" } }));

        var told = await near.Change();
        Assert.Equal(
            ["moving delete leftScope"],
            told["changes"]!.AsArray().Select(one => $"{one!["slug"]} {one["change"]} {one["reason"]}")
        );
        await api.Import(Some.Expert(new { slug = "ada" }));
        Assert.Equal(["ada"], (await experts.Change())["changes"]!.AsArray().Select(one => one!["slug"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_large_event_leaves_changes_out_and_no_key()
    {
        await Released();
        await using var listening = await Listening.Ready(api.Client, $"{Path}?resource=page,topic");
        await api.Import([.. Enumerable.Range(1, 60).Select(n => Some.Page(new { slug = $"many-{n:00}" }))]);
        var told = await listening.Change();
        Assert.True(told["more"]!.GetValue<bool>());
        Assert.InRange(told["changes"]!.AsArray().Count, 30, 50);
        Assert.Contains("pages/many-60", Texts(told["invalidates"]));

        await api.Import([.. Enumerable.Range(1, 300).Select(n => Some.Topic(new { slug = $"multitude-{n}" }))]);
        told = await listening.Change();
        Assert.Equal(["all"], Texts(told["invalidates"]));
        Assert.True(told.ToJsonString().Length <= 20_000);
    }

    [Fact]
    public async Task No_event_comes_before_every_node_answers_with_its_changes()
    {
        var slow = Guid.NewGuid();
        await using var listening = await Listening.Ready(api.Client, Path);
        await Released();
        // It counts for more than ten seconds, as the machine may be busy.
        await api.Execute($"insert into content.nodes values ('{slow}', 0, clock_timestamp() + interval '1 minute')");
        try
        {
            await api.Execute("create table public.earlier as select sequence from content.change_events");
            await api.Import(Some.Topic(new { slug = "held-up" }));
            // The event is there, and waits: longer than it takes otherwise, and shorter than five seconds.
            const string made = "content.change_events e where e.sequence > (select max(sequence) from public.earlier)";
            await Eventually.Is(() => Holds($"select exists (select from {made})"));
            await Task.Delay(500, Cancel);
            var told = listening.HasMore;
            Assert.True(
                await Holds($"select bool_and(coalesce(released_at, clock_timestamp()) - made_at > interval '500 ms') from {made}")
            );
            // On a busy machine the five seconds may be over.
            Assert.True(!told || await Holds($"select bool_and(released_at is not null) from {made}"));
        }
        finally
        {
            await api.Execute($"update content.nodes set sequence = 1000000 where id = '{slow}'");
            await api.Execute("drop table if exists public.earlier");
        }
        Assert.Equal(["held-up"], (await listening.Change())["changes"]!.AsArray().Select(one => one!["slug"]!.GetValue<string>()));
        await api.Execute($"delete from content.nodes where id = '{slow}'");

        // A node that says nothing for ten seconds does not count.
        await api.Execute($"insert into content.nodes values ('{slow}', 0, clock_timestamp() - interval '11 seconds')");
        await api.Import(Some.Topic(new { slug = "not-held-up" }));
        await listening.Change();
    }

    [Fact]
    public async Task What_a_stream_is_sent_with()
    {
        await using var listening = await Listening.To(api.Client, Path);
        var headers = listening.Response.Headers;
        Assert.Equal("text/event-stream", listening.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "no-store, no-transform",
            headers.CacheControl!.ToString().Replace("no-transform, no-store", "no-store, no-transform", StringComparison.Ordinal)
        );
        Assert.Equal("no", headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal("*", headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Empty(listening.Response.Content.Headers.ContentEncoding);

        using var head = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path), Cancel);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("text/event-stream", head.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("?since=nonsense", "since")]
    [InlineData("?since=", "since")]
    [InlineData("?since=1.x&since=2.y", "since")]
    [InlineData("?topic=no-such-topic", "topic")]
    [InlineData("?resource=menu&topic=near", "resource")]
    [InlineData("?limit=3", "limit")]
    [InlineData("?minSequence=1", "minSequence")]
    public async Task A_wrong_parameter_is_a_problem(string query, string parameter)
    {
        await api.Import(Some.Topic(new { slug = "near" }));
        var problem = await api.GetJson(Path + query, HttpStatusCode.BadRequest);
        Assert.Equal(parameter, problem["parameter"]!.GetValue<string>());
    }

    [Fact]
    public async Task Who_asks_the_list_for_a_stream_is_told_where_it_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes?since=0")
        {
            Headers = { { "Accept", "text/event-stream" } },
        };
        using var answer = await api.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
        Assert.Contains(
            JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["allowed"]!.AsArray(),
            address => address!.GetValue<string>().EndsWith(Path, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Another_node_goes_on_where_the_first_one_stopped()
    {
        await using var second = await api.Start();
        using var client = ApiFixture.ClientOf(second);
        await using var listening = await Listening.Ready(client, Path);
        // As after a node was killed: it never gave the lease back.
        await api.Execute(
            $"update content.leases set holder = gen_random_uuid(), until = clock_timestamp() where name = '{EventSender.LeaseName}'"
        );
        for (var n = 1; n <= 5; n++)
        {
            await api.Import(Some.Topic(new { slug = $"shared-{n}" }));
            await ApiFixture.Notice(second);
        }
        var (told, since) = (new List<string>(), "");
        while (!told.Contains("shared-5"))
        {
            var change = await listening.Change();
            if (since.Length > 0)
                Assert.Equal(since, change["since"]!.GetValue<string>());
            since = change["token"]!.GetValue<string>();
            told.AddRange(change["changes"]!.AsArray().Select(one => one!["slug"]!.GetValue<string>()));
        }
        Assert.Equal(
            Enumerable.Range(1, 5).Select(n => $"shared-{n}"),
            told.Where(slug => slug.StartsWith("shared-", StringComparison.Ordinal))
        );
    }

    private Task Released() =>
        Eventually.Is(() =>
            Holds(
                "select (select sequence from content.head) = (select max(sequence) from content.change_events where released_at is not null)"
            )
        );

    private async Task<bool> Holds(string sql)
    {
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        return await connection.ExecuteScalarAsync<bool>(sql);
    }

    private static IEnumerable<string> Texts(JsonNode? texts) => texts!.AsArray().Select(text => text!.GetValue<string>());
}
