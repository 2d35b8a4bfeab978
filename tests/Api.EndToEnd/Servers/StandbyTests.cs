using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Data.Delivery;
using Api.EndToEnd.Support;
using Api.Http.Caching;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.EndToEnd.Servers;

public class StandbyTests(Replicated api) : IClassFixture<Replicated>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DeliveryDatabase Delivery => api.Services.GetRequiredService<DeliveryDatabase>();

    [Fact]
    public async Task A_standby_that_has_all_changes_answers()
    {
        var since = await Change("anchor", "Replayed");
        await Eventually.Is(async () => await Title("anchor") == "Replayed" && await IsAskedOfStandby());
        Tell($"the standby answers {since.ElapsedMilliseconds} ms after the commit");
        Assert.Equal("Replayed", await Title("anchor"));
    }

    [Fact]
    public async Task A_standby_that_is_behind_is_not_asked_and_no_answer_claims_what_it_does_not_show()
    {
        await api.Import(Some.Article(new { slug = "lagging", title = "Old" }));
        await Eventually.Is(IsAskedOfStandby);
        Assert.Equal("Old", await Title("lagging"));
        var before = (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();
        await api.Standby.CreateCommand("select pg_wal_replay_pause()").ExecuteNonQueryAsync(Cancel);
        try
        {
            var since = await Change("lagging", "New");
            var asked = 0;
            while (true)
            {
                using var answer = await api.Client.GetAsync(new Uri("/v1/articles/lagging", UriKind.Relative), Cancel);
                asked++;
                var isNew = await Title(answer) == "New";
                Assert.True(isNew || Sequence(answer) == before, "The old answer claims the change.");
                if (isNew && Sequence(answer) > before)
                    break;
            }
            Tell($"lag: {asked} answers until the new one {since.ElapsedMilliseconds} ms after the commit");
            foreach (var path in new[] { $"/v1/articles/lagging?minSequence={before + 1}", "/v1/articles/lagging", "/v1/articles?limit=7" })
            {
                using var answer = await api.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
                Assert.Contains("\"New\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
                Assert.True(Sequence(answer) > before);
            }
            Assert.False(await IsAskedOfStandby());
        }
        finally
        {
            await api.Standby.CreateCommand("select pg_wal_replay_resume()").ExecuteNonQueryAsync(Cancel);
        }
        await Eventually.Is(IsAskedOfStandby);
        Assert.Equal("New", await Title("lagging"));
    }

    [Fact]
    public async Task A_process_that_has_just_started_asks_no_standby_that_is_behind()
    {
        await api.Import(Some.Article(new { slug = "early", title = "Old" }));
        await Eventually.Is(IsAskedOfStandby);
        await api.Standby.CreateCommand("select pg_wal_replay_pause()").ExecuteNonQueryAsync(Cancel);
        try
        {
            await Change("early", "New");
            // The first answers would come from one server and the other in turn.
            await using var another = await api.Start();
            Assert.True(another.Services.GetRequiredService<AnswerCache>().Now.IsKnown);
            using var client = ApiFixture.ClientOf(another);
            for (var page = 1; page < 5; page++)
            {
                using var answer = await client.GetAsync(new Uri($"/v1/articles/early?minSequence={page}", UriKind.Relative), Cancel);
                Assert.Equal("New", await Title(answer));
            }
        }
        finally
        {
            await api.Standby.CreateCommand("select pg_wal_replay_resume()").ExecuteNonQueryAsync(Cancel);
        }
    }

    [Fact]
    public async Task With_the_standby_killed_the_primary_answers_and_afterwards_the_standby_again()
    {
        await Eventually.Is(IsAskedOfStandby);
        await api.KillStandby();
        for (var page = 2; page < 12; page++)
            (await api.GetJson($"/v1/articles?page={page}")).AsObject();
        Assert.False(await IsAskedOfStandby());
        await api.StartStandby();
        await Eventually.Is(IsAskedOfStandby);
    }

    [Fact]
    public async Task With_the_primary_killed_the_standby_answers_and_afterwards_changes_are_seen_again()
    {
        await api.Import(Some.Article(new { slug = "survivor" }));
        await Eventually.Is(IsAskedOfStandby);
        var sequence = (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();
        await api.KillPrimary();
        for (var page = 20; page < 30; page++)
            (await api.GetJson($"/v1/articles?page={page}")).AsObject();
        using (var known = await api.Client.GetAsync(new Uri($"/v1/articles/survivor?minSequence={sequence}", UriKind.Relative), Cancel))
            Assert.Equal(sequence, Sequence(known));
        // Perhaps it exists: a standby cannot tell.
        await api.GetJson($"/v1/articles/survivor?minSequence={sequence + 1}", HttpStatusCode.ServiceUnavailable);
        (await api.GetJson("/v1/articles?page=31")).AsObject();

        await api.StartPrimary();
        var since = await Change("survivor", "Changed");
        await Eventually.Is(async () => await Title("survivor") == "Changed");
        Tell($"the new answer {since.ElapsedMilliseconds} ms after the commit on the primary that is back");
        await Eventually.Is(IsAskedOfStandby);
        Assert.Equal("Changed", await Title("survivor"));
    }

    [Fact]
    public async Task With_the_primary_gone_a_standby_that_is_behind_counts_after_a_while_and_claims_only_what_it_has()
    {
        await api.Import(Some.Article(new { slug = "torn", title = "Old" }));
        await Eventually.Is(IsAskedOfStandby);
        var before = (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();
        await api.Standby.CreateCommand("select pg_wal_replay_pause()").ExecuteNonQueryAsync(Cancel);
        await Change("torn", "New");
        await Eventually.Is(async () => await Title("torn") == "New");
        // An answer that was begun before the node had heard all of the change is not kept on; the next one is.
        await api.Notice();
        await Eventually.Is(async () => await IsKept("torn"));
        // It has been sent, though not replayed; this server may lose what it has not written yet.
        await using (var written = api.Database.CreateCommand("select pg_current_wal_insert_lsn()::text"))
        {
            var end = (string)(await written.ExecuteScalarAsync(Cancel))!;
            await Eventually.Is(async () =>
                (bool)(await api.Standby.CreateCommand($"select pg_last_wal_receive_lsn() >= '{end}'").ExecuteScalarAsync(Cancel))!
            );
        }
        await api.KillPrimary();
        var since = Stopwatch.StartNew();
        Assert.Equal("New", await Title("torn"));
        while (true)
        {
            using var answer = await api.Client.GetAsync(new Uri("/v1/articles?limit=13", UriKind.Relative), Cancel);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Assert.Contains("\"Old\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
                // One that was begun just before the node went back claims nothing; the next one does.
                if (answer.Headers.Contains("Content-Sequence"))
                {
                    Assert.True(Sequence(answer) <= before);
                    break;
                }
            }
            else
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(20), "Nothing is answered any more.");
            await Task.Delay(50, Cancel);
        }
        Tell($"the standby that is behind answers {since.ElapsedMilliseconds} ms after the primary has gone");
        await api.Standby.CreateCommand("select pg_wal_replay_resume()").ExecuteNonQueryAsync(Cancel);
        await Eventually.Is(async () => await Title("torn") == "New");
        await api.StartPrimary();
        await Change("torn", "Newer");
        await Eventually.Is(async () => await Title("torn") == "Newer");
    }

    [Theory]
    [InlineData("Host=one;Port=7", "Host=one;Port=7")]
    [InlineData(
        "Host=one,two:8, /tmp/three;Port=7;Target Session Attributes=prefer-standby",
        "Host=one;Port=7",
        "Host=two:8;Port=7",
        "Host=/tmp/three;Port=7"
    )]
    public void Each_host_of_a_connection_string_has_one_of_its_own(string all, params string[] expected) =>
        Assert.Equal(expected, DataSources.Hosts(all));

    // Without notice to the API: it has to find out by itself.
    private async Task<Stopwatch> Change(string slug, string title)
    {
        await using var command = api.Database.CreateCommand(
            "update content.articles set title = $1 where item_id = (select item_id from content.items where slug = $2)"
        );
        command.Parameters.AddWithValue(title);
        command.Parameters.AddWithValue(slug);
        await command.ExecuteNonQueryAsync(Cancel);
        return Stopwatch.StartNew();
    }

    private Task<bool> IsAskedOfStandby() => Delivery.QueryFirst<bool>("select pg_is_in_recovery()", null, Cancel);

    private async Task<bool> IsKept(string slug)
    {
        using var answer = await api.Client.GetAsync(new Uri($"/v1/articles/{slug}", UriKind.Relative), Cancel);
        return answer.Headers.GetValues("Cache-Status").Single() == "content-api; hit";
    }

    private async Task<string> Title(string slug)
    {
        using var answer = await api.Client.GetAsync(new Uri($"/v1/articles/{slug}", UriKind.Relative), Cancel);
        return await Title(answer);
    }

    private static async Task<string> Title(HttpResponseMessage answer)
    {
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, said);
        return JsonNode.Parse(said)!["data"]!["title"]!.GetValue<string>();
    }

    private static long Sequence(HttpResponseMessage answer) =>
        long.Parse(answer.Headers.GetValues("Content-Sequence").Single(), CultureInfo.InvariantCulture);

    private static void Tell(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(text));
}
