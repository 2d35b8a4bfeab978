using Api.Data.Delivery;
using Api.Tests.Support;
using Dapper;
using Npgsql;

namespace Api.Tests.Data;

public class DeliveryDatabaseTests(TestServer server, ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_after_all_connections_died_does_not_notice()
    {
        await using var delivery = new DeliveryDatabase(api.Connections);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => delivery.Query<int>("select 1 from pg_sleep(0.05)", null, Cancel)));
        await server.Execute(
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{DatabaseName}' and usename = 'content_reader'"
        );
        Assert.Equal(2, await delivery.QueryFirst<int>("select 2", null, Cancel));
        Assert.Equal([3], await delivery.Query<int>("select 3", null, Cancel));
    }

    [Fact]
    public async Task Statements_of_one_call_see_one_snapshot_in_one_round_trip()
    {
        await using var delivery = new DeliveryDatabase(api.Connections);
        var session = DeliverySession.Begin();
        var (one, two) = await delivery.QueryMultiple(
            "select pg_current_snapshot()::text from pg_sleep(0.1); select pg_current_snapshot()::text where @n > 0",
            new { n = 1 },
            async results => (await results.ReadSingleAsync<string>(), await results.ReadSingleAsync<string>()),
            Cancel
        );
        Assert.Equal(one, two);
        Assert.Equal(1, session.RoundTrips);
    }

    [Fact]
    public async Task A_statement_of_more_than_two_seconds_is_cancelled()
    {
        await using var delivery = new DeliveryDatabase(api.Connections);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => delivery.Query<int>("select 1 from pg_sleep(5)", null, Cancel));
        Assert.Equal(PostgresErrorCodes.QueryCanceled, refusal.SqlState);
    }

    // A client that disconnects cancels what is asked for it. The next one gets the same connection.
    [Theory]
    [InlineData("select 1 from pg_sleep(1); select 2; select 3; select 4")]
    [InlineData("select 1; select 2 from pg_sleep(1); select 3; select 4")]
    [InlineData("select 1; select 2; select 3; select 4 from pg_sleep(1)")]
    public async Task Statements_that_were_cancelled_on_their_first_run_run_the_next_time(string sql)
    {
        await using var delivery = new DeliveryDatabase(
            api.Connections with
            {
                Delivery = $"{api.Connections.Delivery};Maximum Pool Size=1",
            }
        );
        for (var time = 0; time < 3; time++)
        {
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(60 + (60 * time)));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Read(impatient.Token));
            var read = await Read(Cancel);
            Assert.Equal([1, 2, 3, 4], read);
        }

        Task<int[]> Read(CancellationToken cancel) =>
            delivery.QueryMultiple(
                sql,
                null,
                async results =>
                    new[]
                    {
                        await results.ReadSingleAsync<int>(),
                        await results.ReadSingleAsync<int>(),
                        await results.ReadSingleAsync<int>(),
                        await results.ReadSingleAsync<int>(),
                    },
                cancel
            );
    }

    [Fact]
    public async Task A_statement_that_is_cancelled_while_it_is_planned_runs_the_next_time()
    {
        await api.Execute(
            """
            create function delivery.slow_to_plan() returns integer language plpgsql immutable as $$
            begin
                if not pg_try_advisory_xact_lock_shared(4711) then perform pg_sleep(2); end if;
                return 1;
            end $$
            """
        );
        await using var delivery = new DeliveryDatabase(
            api.Connections with
            {
                Delivery = $"{api.Connections.Delivery};Options=-c statement_timeout=100",
            }
        );
        await using var holder = await api.Database.OpenConnectionAsync(Cancel);
        await holder.ExecuteAsync("select pg_advisory_lock(4711)");
        var refusal = await Assert.ThrowsAsync<PostgresException>(Ask);
        Assert.Equal(PostgresErrorCodes.QueryCanceled, refusal.SqlState);
        await holder.ExecuteAsync("select pg_advisory_unlock(4711)");
        Assert.Equal([2, 3], await Ask());
        Assert.Equal([2, 3], await Ask());

        Task<IReadOnlyList<int>> Ask() =>
            delivery.Query<int>("select g + delivery.slow_to_plan() from generate_series(1, 2) g where g > @n", new { n = 0 }, Cancel);
    }

    [Fact]
    public async Task Rows_become_records_with_arrays_dates_and_instants()
    {
        const string sql =
            "select array['b', 'a'] as names, date '2024-02-29' as day, timestamptz '2024-05-06 14:30+02' as at_once, timestamptz '2024-05-06 14:30+02' as at_offset, null::text as nothing";
        await using var delivery = new DeliveryDatabase(api.Connections);
        var row = await delivery.QueryFirst<Row>(sql, null, Cancel);
        Assert.NotNull(row);
        Assert.Equal(["b", "a"], row.Names);
        Assert.Equal(new DateOnly(2024, 2, 29), row.Day);
        Assert.Equal(new DateTime(2024, 5, 6, 12, 30, 0, DateTimeKind.Utc), row.AtOnce);
        Assert.Equal(DateTimeKind.Utc, row.AtOnce.Kind);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 12, 30, 0, TimeSpan.Zero), row.AtOffset);
        Assert.Null(row.Nothing);
    }

    [Fact]
    public async Task Arrays_and_days_are_parameters()
    {
        await using var delivery = new DeliveryDatabase(api.Connections);
        var found = await delivery.Query<string>(
            "select n from unnest(array['a', 'b', 'c']) n where n = any(@names) and @day::date = '2024-02-29' order by n",
            new { names = new[] { "c", "a" }, day = new DateOnly(2024, 2, 29) },
            Cancel
        );
        Assert.Equal(["a", "c"], found);
    }

    private string DatabaseName => new NpgsqlConnectionStringBuilder(api.Connections.Content).Database!;

    private sealed record Row(string[] Names, DateOnly Day, DateTime AtOnce, DateTimeOffset AtOffset, string? Nothing);
}
