using Api.Data;

namespace Api.Tests.Data;

public class BackoffTests
{
    private readonly Backoff backoff = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(250));

    [Fact]
    public void Waits_grow_up_to_a_bound_however_long_it_takes()
    {
        var waits = Enumerable.Range(0, 1_000).Select(_ => backoff.Next().TotalMilliseconds).ToList();
        Assert.Equal([10, 20, 40, 80, 160, 250, 250], waits[..7]);
        Assert.All(waits[7..], wait => Assert.Equal(250, wait));
    }

    [Fact]
    public void What_has_come_is_waited_for_briefly_the_next_time()
    {
        backoff.Next();
        backoff.Next();
        backoff.Reset();
        Assert.Equal(10, backoff.Next().TotalMilliseconds);
    }
}
