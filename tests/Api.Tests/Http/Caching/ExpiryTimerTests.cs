using Api.Http.Answers;
using Api.Http.Caching;
using Api.Http.Tags;

namespace Api.Tests.Http.Caching;

public class ExpiryTimerTests
{
    private readonly Clock clock = new();
    private readonly AnswerCache cache;
    private readonly ExpiryTimer timer;

    public ExpiryTimerTests()
    {
        cache = new AnswerCache(new CacheSettings { Safety = TimeSpan.FromSeconds(1_000) }, clock);
        cache.Apply(null, 1, DateTime.UnixEpoch);
        cache.Verify(clock.GetTimestamp());
        timer = new ExpiryTimer(cache, clock);
    }

    [Fact]
    public void What_may_be_over_goes_and_what_was_made_anew_meanwhile_goes_when_it_must_be()
    {
        Keep(1, 2);
        // The answer took two seconds: the item expires ten seconds after one of them.
        Set(all: true, took: 2, (10, 1));
        At(9.9);
        Assert.True(Has(1));
        At(10.1);
        Assert.False(Has(1));
        Keep(1);
        At(11.9);
        Assert.True(Has(1));
        At(12.1);
        Assert.False(Has(1));
        Keep(1);
        At(1_000);
        Assert.True(Has(1) && Has(2));
    }

    [Fact]
    public void What_is_over_already_goes_at_once()
    {
        Keep(1, 2);
        Set(all: true, took: 1, (-3, 1), (20, 2));
        timer.Check();
        Assert.True(!Has(1) && Has(2));
    }

    [Fact]
    public void What_never_ends_stays()
    {
        Keep(1);
        Set(all: true, took: 1, ((DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds, 1));
        At(900);
        Assert.True(Has(1));
    }

    [Fact]
    public void When_there_are_more_than_are_known_everything_goes_with_the_last_of_these()
    {
        Keep(1, 2, 3);
        Set(all: false, took: 2, (10, 1), (20, 2));
        At(10.1);
        Assert.True(!Has(1) && Has(2) && Has(3));
        At(20.1);
        Assert.True(!Has(2) && !Has(3));
        Keep(3);
        At(22.1);
        Assert.False(Has(3));
    }

    private void Set(bool all, double took, params IEnumerable<(double In, int Item)> known)
    {
        // Asked at 0.
        clock.Now = took;
        timer.Set([.. known.Select(one => (TimeSpan.FromSeconds(one.In), new Change("article", one.Item, [])))], all, asked: 0);
    }

    private void At(double seconds)
    {
        clock.Now = seconds;
        timer.Check();
    }

    private void Keep(params IEnumerable<int> items)
    {
        foreach (var item in items)
        {
            var (pending, _) = cache.Join($"/{item}");
            var tags = new AnswerTags();
            tags.Items([item]);
            Assert.True(
                cache.Complete(
                    $"/{item}",
                    pending,
                    new CachedAnswer(
                        $"/{item}",
                        new AnswerBody("text/plain", "body"u8.ToArray()),
                        tags,
                        "all",
                        isOfAnything: false,
                        pending.Begun
                    )
                )
            );
        }
    }

    private bool Has(int item) => cache.Find($"/{item}") is not null;

    private sealed class Clock : TimeProvider
    {
        /// <summary>Seconds since it began.</summary>
        public double Now { get; set; }

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => (long)(Now * TimestampFrequency);
    }
}
