using Api.Data;
using Api.Tests.Support;
using Npgsql;

namespace Api.Tests.Data;

public class LeaseTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_at_a_time_has_it_and_the_next_when_it_is_given_back()
    {
        await using (var first = await Lease.TryTake(api.Database, "one", Cancel))
        {
            Assert.NotNull(first);
            Assert.Null(await Lease.TryTake(api.Database, "one", Cancel));
            await using var other = await Lease.TryTake(api.Database, "another", Cancel);
            Assert.NotNull(other);
        }
        await using var second = await Lease.TryTake(api.Database, "one", Cancel);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task It_is_put_off_while_it_is_held()
    {
        await using var lease = await Lease.TryTake(api.Database, "long", Cancel);
        await Task.Delay(TimeSpan.FromSeconds(11), Cancel);
        Assert.Null(await Lease.TryTake(api.Database, "long", Cancel));
        Assert.False(lease!.Lost.IsCancellationRequested);
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        await lease.Assert(connection, Cancel);
    }

    [Fact]
    public async Task Whoever_lost_it_learns_so_and_writes_nothing_more()
    {
        await using var lease = await Lease.TryTake(api.Database, "lost", Cancel);
        await api.Execute("update content.leases set until = clock_timestamp() - interval '1 second' where name = 'lost'");
        await using var other = await Lease.TryTake(api.Database, "lost", Cancel);
        Assert.NotNull(other);
        await using (var connection = await api.Database.OpenConnectionAsync(Cancel))
            await Assert.ThrowsAsync<IOException>(() => lease!.Assert(connection, Cancel));
        await Task.Delay(Timeout.Infinite, lease!.Lost)
            .WaitAsync(TimeSpan.FromSeconds(10), Cancel)
            .ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.True(lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_takeover_waits_for_the_transaction_that_has_made_sure_of_it()
    {
        await using var lease = await Lease.TryTake(api.Database, "writing", Cancel);
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await lease!.Assert(connection, Cancel);
        await using var other = await api.Database.OpenConnectionAsync(Cancel);
        await using var impatient = new NpgsqlCommand(
            "set lock_timeout = '300ms'; update content.leases set until = clock_timestamp() where name = 'writing'",
            other
        );
        var refused = await Assert.ThrowsAsync<PostgresException>(() => impatient.ExecuteNonQueryAsync(Cancel));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refused.SqlState);
    }
}
