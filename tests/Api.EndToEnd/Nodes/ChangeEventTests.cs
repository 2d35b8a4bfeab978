using System.Text.Json.Nodes;
using Api.EndToEnd.Support;
using Api.Live;
using Api.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Api.EndToEnd.Nodes;

/// <summary>Change events of several nodes, of which one is killed, on a database that is killed and started again.</summary>
public class ChangeEventTests(Replicated api) : IClassFixture<Replicated>
{
    // With what is withdrawn, fewer changes than the 50 of one event, if all of them come together.
    private const int Commits = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_comes_twice_or_out_of_order()
    {
        using var holder = await StartHolder();
        var events = new List<JsonNode>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var connected = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listening = Listen(events, connected, end.Token);
        var first = await connected.Task.WaitAsync(Cancel);

        for (var n = 1; n <= Commits; n++)
        {
            if (n == Commits / 3)
                holder.Kill();
            if (n == 2 * Commits / 3)
            {
                await api.KillPrimary();
                await api.StartPrimary();
            }
            await Commit(n);
            await Task.Delay(20, Cancel);
        }
        await Eventually.Is(() => Task.FromResult(Told().GetValueOrDefault($"last-{Commits}") == "upsert"), "The last event did not come.");
        await end.CancelAsync();
        await listening;

        var position = first;
        foreach (var one in events)
        {
            Assert.Equal(position, one["since"]!.GetValue<string>());
            position = one["token"]!.GetValue<string>();
        }
        Assert.Equal(
            events.Select(one => one["sequence"]!.GetValue<long>()).Order().Distinct(),
            events.Select(one => one["sequence"]!.GetValue<long>())
        );
        Assert.DoesNotContain(events, one => one["more"]!.GetValue<bool>());
        var told = Told();
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        var items = (
            await connection.QueryAsync<(string Slug, bool Live)>(
                "select slug, live from content.items where slug ~ '^(item|last)-' order by item_id"
            )
        ).AsList();
        // The server does not wait for its disk, so a commit just before it was killed may be gone.
        Assert.InRange(items.Count, Commits - 3, Commits);
        Assert.All(
            items,
            item => Assert.Equal((item.Slug, item.Live ? "upsert" : "delete"), (item.Slug, told.GetValueOrDefault(item.Slug)))
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{Commits} commits came as {events.Count} events");

        Dictionary<string, string> Told()
        {
            lock (events)
                return events
                    .SelectMany(one => one["changes"]!.AsArray())
                    .GroupBy(change => change!["slug"]!.GetValue<string>())
                    .ToDictionary(slug => slug.Key, slug => slug.Last()!["change"]!.GetValue<string>());
        }
    }

    // Another process, which makes the events.
    private async Task<ApiProcess> StartHolder()
    {
        var own = api.Services.GetServices<IHostedService>().OfType<EventSender>().Single();
        await own.StopAsync(Cancel);
        var process = ApiProcess.Start(
            ["serve", "--urls", "http://127.0.0.1:0"],
            ("ConnectionStrings__Content", api.Connections.Content),
            ("ConnectionStrings__Delivery", api.Connections.Delivery),
            ("Serilog__MinimumLevel__Default", "Warning")
        );
        await process.Listening(Cancel);
        await Eventually.Is(async () =>
        {
            await using var command = api.Database.CreateCommand(
                $"select exists (select from content.leases where name = '{EventSender.LeaseName}' and until > clock_timestamp())"
            );
            return (bool)(await command.ExecuteScalarAsync(Cancel))!;
        });
        await own.StartAsync(Cancel);
        return process;
    }

    // Every fifth item is withdrawn by the commit after it.
    private async Task Commit(int n)
    {
        var sql =
            n > 1 && (n - 1) % 5 == 0 ? $"update content.items set publication_status = 'draft' where slug = 'item-{n - 1}'" : "select 1";
        await Again(() => api.Execute(sql));
        await Again(() => api.Import(Some.Topic(new { slug = n == Commits ? $"last-{n}" : $"item-{n}" })));
    }

    // As an editor who saves again when saving failed.
    private static async Task Again(Func<Task> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception e) when (attempt < 200 && e is NpgsqlException or IOException)
            {
                await Task.Delay(100, Cancel);
            }
        }
    }

    // A reader that connects again and resumes, as an EventSource does.
    private async Task Listen(List<JsonNode> events, TaskCompletionSource<string> connected, CancellationToken cancel)
    {
        string? last = null;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var stream = await Listening.To(api.Client, "/v1/changes/stream", last);
                while (true)
                {
                    var item = await stream.Next().WaitAsync(cancel);
                    Assert.NotEqual("resync", item.EventType);
                    last = item.EventId;
                    connected.TrySetResult(last!);
                    if (item.EventType != "ready")
                        lock (events)
                            events.Add(JsonNode.Parse(item.Data)!);
                }
            }
            catch (Exception e)
                when (e
                        is OperationCanceledException
                            or IOException
                            or HttpRequestException
                            or System.Threading.Channels.ChannelClosedException
                )
            {
                await Task.Delay(100, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
