using Api.Http.Caching;

namespace Api.Tests.Http.Caching;

public class StaggeredSignalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signal_between_two_waits_is_not_missed()
    {
        var signal = new StaggeredSignal(TimeProvider.System);
        using var place = signal.Join();
        await signal.Wake(Cancel);
        await signal.Wake(Cancel);
        Assert.True(place.Wait().AsTask().IsCompletedSuccessfully);
        var next = place.Wait().AsTask();
        Assert.False(next.IsCompleted);
        await signal.Wake(Cancel);
        await next.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task Only_what_is_due_is_woken_without_a_signal()
    {
        var signal = new StaggeredSignal(TimeProvider.System);
        using var place = signal.Join();
        using var other = signal.Join();
        using var third = signal.Join();
        var now = TimeProvider.System.GetTimestamp();
        Task[] waits =
        [
            place.Wait(now).AsTask(),
            other.Wait(now + (1_000 * TimeProvider.System.TimestampFrequency)).AsTask(),
            third.Wait().AsTask(),
        ];
        await signal.WakeDue(Cancel);
        await waits[0].WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.False(waits[1].IsCompleted || waits[2].IsCompleted);
        await signal.Wake(Cancel);
        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task Who_has_left_is_not_woken()
    {
        var signal = new StaggeredSignal(TimeProvider.System);
        var left = signal.Join();
        left.Dispose();
        left.Dispose();
        var wait = left.Wait().AsTask();
        await signal.Wake(Cancel);
        Assert.False(wait.IsCompleted);
    }

    [Fact]
    public async Task Requests_are_served_while_many_are_woken()
    {
        const int many = 2_100;
        var signal = new StaggeredSignal(TimeProvider.System);
        var places = Enumerable.Range(0, many).Select(_ => signal.Join()).ToList();
        var awake = 0;
        var waits = places.Select(async place =>
        {
            await place.Wait();
            Interlocked.Increment(ref awake);
        });
        var all = Task.WhenAll([.. waits]);
        var waking = signal.Wake(Cancel);
        // The call does not wait for the rests.
        Assert.False(waking.IsCompleted);
        await waking;
        await all.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal(many, awake);
    }

    [Theory]
    [InlineData(20, 20_000)]
    // So many are woken by a thread of their own.
    [InlineData(50, 300)]
    public async Task However_signals_and_waits_meet_the_last_value_is_seen(int count, int last)
    {
        var signal = new StaggeredSignal(TimeProvider.System);
        var value = 0;
        var readers = Enumerable.Range(0, count).Select(_ => Task.Run(Read, Cancel)).ToList();
        for (var number = 1; number <= last; number++)
        {
            Volatile.Write(ref value, number);
            await signal.Wake(Cancel);
        }
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromMinutes(1), Cancel);

        async Task Read()
        {
            using var place = signal.Join();
            while (Volatile.Read(ref value) < last)
                await place.Wait();
        }
    }
}
