using Api.Webhooks;

namespace Api.Tests.Webhooks;

public class RetryPlanTests
{
    [Fact]
    public void The_pauses_grow_from_five_seconds_to_eight_hours_and_the_eleventh_failure_disables()
    {
        double[] planned = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800];
        for (var waits = 0; waits < planned.Length; waits++)
        {
            var outcome = RetryPlan.After(waits, isEarly: false, Answer(500), random: 0.5);
            Assert.Equal(planned[waits], outcome.NextTry!.Value.TotalSeconds, 3);
            Assert.Equal(waits + 1, outcome.Waits);
            Assert.Null(outcome.Disabled);
            Assert.False(outcome.IsAcknowledged);
        }
        Assert.Equal(Webhook.Failed, RetryPlan.After(10, isEarly: false, Answer(500), 0.5).Disabled);
        Assert.Equal(11, RetryPlan.MostTries);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 6)]
    public void A_pause_is_a_fifth_shorter_or_longer_at_most(double random, double seconds) =>
        Assert.Equal(seconds, RetryPlan.After(0, isEarly: false, Answer(500), random).NextTry!.Value.TotalSeconds, 3);

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void A_2xx_acknowledges(int status) => Assert.True(RetryPlan.After(3, isEarly: false, Answer(status), 0.5).IsAcknowledged);

    [Theory]
    [InlineData(199)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(503)]
    public void Another_status_does_not(int status)
    {
        var outcome = RetryPlan.After(3, isEarly: false, Answer(status), 0.5);
        Assert.False(outcome.IsAcknowledged);
        Assert.Null(outcome.Disabled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_410_disables_at_once(bool isEarly) => Assert.Equal(Webhook.Gone, RetryPlan.After(0, isEarly, Answer(410), 0.5).Disabled);

    [Theory]
    [InlineData(60, 60)]
    [InlineData(3_600, 3_600)]
    [InlineData(86_400, 3_600)]
    // Sooner than planned is not sooner.
    [InlineData(1, 5)]
    [InlineData(0, 5)]
    [InlineData(-60, 5)]
    public void Retry_After_is_heeded_up_to_an_hour(int asked, int waits) =>
        Assert.Equal(
            waits,
            RetryPlan.After(0, isEarly: false, Answer(503, TimeSpan.FromSeconds(asked)), 0.5).NextTry!.Value.TotalSeconds,
            3
        );

    [Fact]
    public void A_try_that_a_new_event_brought_forward_does_not_count()
    {
        var outcome = RetryPlan.After(10, isEarly: true, Answer(500, TimeSpan.FromMinutes(5)), 0.5);
        Assert.Equal(10, outcome.Waits);
        Assert.Null(outcome.NextTry);
        Assert.Null(outcome.Disabled);
        Assert.Equal(TimeSpan.FromMinutes(5), outcome.NotBefore);
    }

    private static TryResult Answer(int status, TimeSpan? retryAfter = null) => new(default, status, null, TimeSpan.Zero, retryAfter);
}
