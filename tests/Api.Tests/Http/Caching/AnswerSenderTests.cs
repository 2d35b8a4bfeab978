using System.Globalization;
using Api.Http.Answers;
using Api.Http.Caching;
using Api.Http.Tags;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Api.Tests.Http.Caching;

public class AnswerSenderTests
{
    private static readonly DateTimeOffset Began = new(2026, 1, 2, 3, 4, 5, 700, TimeSpan.Zero);

    private readonly Clock clock = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1.9)]
    public async Task A_hit_that_is_known_to_be_current_has_no_age(double seconds)
    {
        var headers = await Sent(new CacheSettings(), AnswerSender.Hit, seconds);
        Assert.Null((string?)headers.Age);
        Assert.Equal("cache;desc=hit", headers["Server-Timing"]);
    }

    [Theory]
    [InlineData(15, 0.2, "1")]
    [InlineData(15, 3, "3")]
    [InlineData(15, 9.5, "10")]
    [InlineData(15, 40_000, "10")]
    [InlineData(3_600, 700, "700")]
    [InlineData(3_600, 40_000, "3595")]
    [InlineData(4, 40_000, "2")]
    [InlineData(2, 40_000, "1")]
    [InlineData(1, 40_000, null)]
    [InlineData(0, 40_000, null)]
    public async Task One_that_may_be_old_has_an_age_and_stays_fresh_for_others(int maxAge, double seconds, string? expected)
    {
        var headers = await Sent(new CacheSettings { MaxAge = maxAge }, AnswerSender.Stale, seconds);
        Assert.Equal(expected, (string?)headers.Age);
    }

    [Theory]
    [InlineData(false, 3.2, null)]
    [InlineData(false, 3.4, "2026-01-02T03:04:09Z")]
    [InlineData(false, 50, "2026-01-02T03:04:09Z")]
    [InlineData(true, 50, null)]
    public async Task The_date_of_the_last_change_is_after_all_older_answers_left_and_is_sent_then(
        bool isTimed,
        double seconds,
        string? expected
    )
    {
        var headers = await Sent(new CacheSettings(), AnswerSender.Hit, seconds, isTimed);
        Assert.Equal(
            expected is null
                ? null
                : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToString("r", CultureInfo.InvariantCulture),
            (string?)headers.LastModified
        );
    }

    [Theory]
    [InlineData(0, 0, false, null)]
    [InlineData(86_400, 0, false, "max-age=86400")]
    [InlineData(86_400, 1.9, false, "max-age=86400")]
    [InlineData(86_400, 2.1, false, "max-age=15")]
    [InlineData(86_400, 0, true, "max-age=15")]
    [InlineData(10, 2.1, false, "max-age=10")]
    public async Task A_long_life_is_said_only_while_the_answer_is_known_to_be_current(
        int sharedMaxAge,
        double seconds,
        bool isBehind,
        string? expected
    )
    {
        var settings = new CacheSettings { SharedMaxAge = sharedMaxAge };
        var headers = await Sent(settings, AnswerSender.Hit, seconds, isBehind: isBehind);
        Assert.Equal(expected, (string?)headers["CDN-Cache-Control"]);
    }

    [Fact]
    public async Task A_timed_answer_has_no_long_life()
    {
        var headers = await Sent(new CacheSettings { SharedMaxAge = 60 }, AnswerSender.Hit, 0, isTimed: true);
        Assert.Null((string?)headers["CDN-Cache-Control"]);
    }

    // An answer of the beginning, sent later.
    private async Task<IHeaderDictionary> Sent(
        CacheSettings settings,
        StringValues status,
        double seconds,
        bool isTimed = false,
        bool isBehind = false
    )
    {
        var cache = new AnswerCache(settings, clock);
        // By another clock, which is behind.
        cache.Apply(null, 1, Began.UtcDateTime.AddSeconds(-1));
        cache.Verify(clock.GetTimestamp());
        var tags = new AnswerTags();
        if (isTimed)
            tags.ChangesAt(null);
        var answer = new CachedAnswer("/a", new AnswerBody("text/plain", "body"u8.ToArray()), tags, "all", isOfAnything: false, cache.Now);
        var asOf = cache.Now;
        if (isBehind)
            cache.Apply([], 2, Began.UtcDateTime);
        var http = new DefaultHttpContext();
        clock.Seconds = seconds;
        await new AnswerSender(cache, settings, clock).Send(http, answer, status, asOf);
        return http.Response.Headers;
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);

        public override DateTimeOffset GetUtcNow() => Began.AddSeconds(Seconds);
    }
}
