using Api.Http.Caching;

namespace Api.Tests.Http.Caching;

public class ChangeCheckTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly ChangeCheck check = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_gets_the_result_of_the_check_that_begins_after_it(bool primaryAnswers)
    {
        var running = new TaskCompletionSource<bool>();
        var first = check.Answer(() => running.Task);
        var call = check.Run(Cancel);
        running.SetResult(!primaryAnswers);
        await first;
        Assert.False(call.IsCompleted);
        await check.Answer(() => Task.FromResult(primaryAnswers));
        Assert.Equal(primaryAnswers, await call);
    }

    [Fact]
    public async Task A_call_ends_the_pause()
    {
        var pause = check.Wait(Long, Cancel);
        var call = check.Run(Cancel);
        Assert.True(await pause);
        await check.Answer(() => Task.FromResult(true));
        Assert.True(await call);
        Assert.False(await check.Wait(TimeSpan.Zero, Cancel));
    }

    [Fact]
    public async Task A_call_during_a_check_ends_the_next_pause()
    {
        await check.Answer(() =>
        {
            check.Ask();
            return Task.FromResult(true);
        });
        Assert.True(await check.Wait(Long, Cancel));
    }

    [Fact]
    public async Task A_check_that_throws_answers_false()
    {
        var call = check.Run(Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => check.Answer(() => throw new InvalidOperationException()));
        Assert.False(await call);
    }

    [Fact]
    public async Task After_the_end_calls_are_answered_at_once()
    {
        var before = check.Run(Cancel);
        check.End();
        Assert.False(await before);
        Assert.False(await check.Run(Cancel));
    }
}
