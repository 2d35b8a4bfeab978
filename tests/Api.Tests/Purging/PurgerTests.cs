using System.Globalization;
using Api.Purging;
using Api.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Purging;

/// <summary>When keys are sent, with a clock that does not wait.</summary>
public class PurgerTests
{
    private readonly HurriedClock clock = new();
    private readonly LogLines log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_that_come_together_are_one_request_which_is_repeated_after_ten_seconds()
    {
        var cache = new Script(clock);
        using var purger = new Purger([cache], clock, log);
        Assert.True(purger.IsOn);
        var first = purger.Begin(["a", "b"]);
        var second = purger.Begin(["b", "c"]);
        Assert.False(first.Accepted.IsCompleted);
        await Run(purger, first.Done, second.Done);
        Assert.Equal(["00:00:00.000 a b c", "00:00:10.001 a b c"], cache.Requests);
    }

    [Fact]
    public async Task Keys_that_follow_shortly_wait_together()
    {
        var later = new List<Purge>();
        Purger? purger = null;
        var cache = new Script(clock)
        {
            Before = number =>
            {
                if (number == 1)
                    later.AddRange([purger!.Begin(["b"]), purger.Begin(["c"])]);
                return PurgeReply.Accepted;
            },
        };
        using (purger = new Purger([cache], clock, log))
        {
            var first = purger.Begin(["a"]);
            await Run(purger, [first.Accepted], () => later.Count == 2 && later.All(purge => purge.Accepted.IsCompleted));
        }
        Assert.Equal(["00:00:00.000 a", "00:00:00.051 b c"], cache.Requests.Take(2));
    }

    [Fact]
    public async Task Accepted_comes_before_the_repetition()
    {
        var cache = new Script(clock) { Limit = new KeyLimit(2) };
        using var purger = new Purger([cache], clock, log);
        var purge = purger.Begin(["a", "b", "c"]);
        var completed = new List<(bool Accepted, bool Done)>();
        cache.Before = number =>
        {
            // The first request of the repetition.
            if (number == 3)
                SpinWait.SpinUntil(() => purge.Accepted.IsCompleted, TimeSpan.FromMinutes(1));
            completed.Add((purge.Accepted.IsCompletedSuccessfully, purge.Done.IsCompleted));
            return PurgeReply.Accepted;
        };
        await Run(purger, purge.Done);
        Assert.Equal([(false, false), (false, false), (true, false), (true, false)], completed);
        Assert.Equal(["00:00:00.000 a b", "00:00:00.000 c", "00:00:10.001 a b", "00:00:10.001 c"], cache.Requests);
    }

    [Fact]
    public async Task A_request_that_fails_is_tried_again_after_one_second_and_then_twice_as_long_up_to_a_minute()
    {
        var cache = new Script(clock) { Before = number => number <= 9 ? new PurgeReply("answered 503") : PurgeReply.Accepted };
        using var purger = new Purger([cache], clock, log);
        await Run(purger, purger.Begin(["a"]).Accepted);
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], cache.Pauses.Take(9).Select(pause => Math.Round(pause.TotalSeconds, 1)));
        Assert.Equal(
            [
                "Warning: Script does not accept purges; they are tried again, and until then readers may see old content: it answered 503",
                "Information: Script accepts purges again",
            ],
            log.Lines
        );
    }

    [Fact]
    public async Task After_a_success_retries_begin_anew()
    {
        var cache = new Script(clock) { Before = number => number is 1 or 2 or 4 ? new PurgeReply("answered 503") : PurgeReply.Accepted };
        using var purger = new Purger([cache], clock, log);
        await Run(purger, purger.Begin(["a"]).Done);
        Assert.Equal([1, 2, 10, 1], cache.Pauses.Select(pause => Math.Round(pause.TotalSeconds)));
        Assert.Equal(4, log.Lines.Count);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(100_000, 3_600)]
    public async Task A_cache_that_says_when_is_asked_then(int said, int expected)
    {
        var cache = new Script(clock)
        {
            Before = number => number == 1 ? new PurgeReply("answered 429", TimeSpan.FromSeconds(said)) : PurgeReply.Accepted,
        };
        using var purger = new Purger([cache], clock, log);
        await Run(purger, purger.Begin(["a"]).Accepted);
        Assert.Equal(expected, Math.Round(cache.Pauses[0].TotalSeconds));
    }

    [Fact]
    public async Task Keys_that_come_while_it_fails_are_sent_after_the_earlier_ones()
    {
        var purges = new List<Purge>();
        Purger? purger = null;
        var cache = new Script(clock)
        {
            Before = number =>
            {
                if (number > 3)
                    return PurgeReply.Accepted;
                purges.Add(purger!.Begin([$"late-{number}"]));
                return new PurgeReply("could not be reached");
            },
        };
        using (purger = new Purger([cache], clock, log))
        {
            purges.Add(purger.Begin(["early"]));
            await Run(purger, [.. purges.Select(purge => purge.Accepted)], () => purges.Count == 4);
        }
        Assert.Equal(["early", "early", "early", "early", "late-1 late-2 late-3"], cache.Keys.Take(5));
    }

    [Theory]
    [InlineData(1_000, 1_000)]
    [InlineData(1_001, 1)]
    public async Task More_than_a_thousand_keys_are_all(int keys, int expected)
    {
        var cache = new Script(clock) { Limit = new KeyLimit(5_000) };
        using var purger = new Purger([cache], clock, log);
        await Run(purger, purger.Begin([.. Enumerable.Range(0, keys).Select(number => $"k{number}")]).Done);
        Assert.All(cache.Keys, request => Assert.Equal(expected, request.Split(' ').Length));
        Assert.Equal(expected == 1, cache.Keys[0] == "all");
    }

    [Fact]
    public async Task With_all_no_other_key_is_named()
    {
        var cache = new Script(clock);
        using var purger = new Purger([cache], clock, log);
        purger.Begin(["a"]);
        purger.Begin(["b", "all"]);
        await Run(purger, purger.Begin(["c"]).Done);
        Assert.Equal(["all", "all"], cache.Keys);
    }

    [Fact]
    public async Task When_too_many_wait_behind_a_failure_all_replaces_them()
    {
        var purges = new List<Purge>();
        Purger? purger = null;
        var cache = new Script(clock)
        {
            Before = number =>
            {
                if (number > 2)
                    return PurgeReply.Accepted;
                purges.Add(purger!.Begin([.. Enumerable.Range(0, 600).Select(key => $"k{number}-{key}")]));
                return new PurgeReply("could not be reached");
            },
        };
        using (purger = new Purger([cache], clock, log))
        {
            purges.Add(purger.Begin(["early"]));
            await Run(purger, [.. purges.Select(purge => purge.Done)], () => purges.Count == 3);
        }
        // One of it and one of its repetition: all rounds are part of them.
        Assert.Equal(["early", "early", "all", "all"], cache.Keys);
    }

    [Fact]
    public async Task After_an_hour_of_failing_all_replaces_what_waits()
    {
        var cache = new Script(clock) { Before = number => number <= 70 ? new PurgeReply("answered 500") : PurgeReply.Accepted };
        using var purger = new Purger([cache], clock, log);
        await Run(purger, purger.Begin(["a"]).Done);
        // Two minutes and three seconds for the first seven attempts, then one a minute.
        var before = cache.Requests.Where(request => request.EndsWith(" a", StringComparison.Ordinal)).ToList();
        Assert.True(TimeSpan.Parse(before[^1].Split(' ')[0], CultureInfo.InvariantCulture) < TimeSpan.FromMinutes(61), before[^1]);
        Assert.InRange(before.Count, 60, 69);
        Assert.All(cache.Keys.Skip(before.Count), request => Assert.Equal("all", request));
    }

    [Fact]
    public async Task A_cache_that_is_down_delays_no_other()
    {
        var (down, up) = (new Script(TimeProvider.System) { Before = _ => new PurgeReply("is down") }, new Script(TimeProvider.System));
        using var purger = new Purger([down, up], TimeProvider.System, log);
        await purger.StartAsync(Cancel);
        var purge = purger.Begin(["a"]);
        await Eventually.Is(() => Task.FromResult(up.Keys.Count > 0 && down.Keys.Count > 1));
        Assert.False(purge.Accepted.IsCompleted);
        var (before, failed) = (up.Keys.Count, down.Keys.Count);
        await purger.StopAsync(Cancel);
        // What waits is sent once more, and the repetition now rather than never.
        Assert.True(up.Keys.Count > before && down.Keys.Count > failed);
        await Eventually.Is(() => Task.FromResult(purge.Accepted.IsCanceled && purge.Done.IsCanceled));
        var late = purger.Begin(["b"]);
        await Eventually.Is(() => Task.FromResult(late.Accepted.IsCanceled && late.Done.IsCanceled));
    }

    [Fact]
    public void Without_keys_or_caches_there_is_nothing_to_wait_for()
    {
        using var off = new Purger([], clock, log);
        Assert.False(off.IsOn);
        Assert.True(off.Begin(["a"]).Done.IsCompletedSuccessfully);
        using var on = new Purger([new Script(clock)], clock, log);
        Assert.True(on.Begin([]).Done.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a,b")]
    [InlineData("a\r\nX-Injected: b")]
    [InlineData("é")]
    public void What_is_no_key_is_refused(string key)
    {
        using var purger = new Purger([], clock, log);
        Assert.Throws<ArgumentException>(() => purger.Begin(["a", key]));
    }

    private static Task Run(Purger purger, params Task[] tasks) => Run(purger, tasks, () => true);

    private static async Task Run(Purger purger, Task[] tasks, Func<bool> isComplete)
    {
        await purger.StartAsync(Cancel);
        await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        await Eventually.Is(() => Task.FromResult(isComplete()));
        await purger.StopAsync(Cancel);
    }

    // A cache that does as told.
    private sealed class Script(TimeProvider clock) : IPurgedCache
    {
        private readonly List<(TimeSpan At, string Keys)> requests = [];
        private readonly long begun = clock.GetTimestamp();

        public string Name => "Script";

        public KeyLimit Limit { get; init; } = new(200);

        // By the number of the request, the first is 1.
        public Func<int, PurgeReply> Before { get; set; } = _ => PurgeReply.Accepted;

        public IReadOnlyList<string> Requests =>
            [.. Copy().Select(request => $"{request.At.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture)} {request.Keys}")];

        public IReadOnlyList<string> Keys => [.. Copy().Select(request => request.Keys)];

        public IReadOnlyList<TimeSpan> Pauses =>
            [.. Copy().Zip(Copy().Skip(1), (before, after) => after.At - before.At).Where(pause => pause > TimeSpan.Zero)];

        public Task<PurgeReply> Purge(IReadOnlyList<string> keys, CancellationToken cancel)
        {
            int number;
            lock (requests)
            {
                requests.Add((clock.GetElapsedTime(begun), string.Join(' ', keys)));
                number = requests.Count;
            }
            return Task.FromResult(Before(number));
        }

        private List<(TimeSpan At, string Keys)> Copy()
        {
            lock (requests)
                return [.. requests];
        }
    }

    private sealed class LogLines : ILogger<Purger>
    {
        private readonly List<string> lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (lines)
                    return [.. lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (lines)
                lines.Add($"{logLevel}: {formatter(state, exception)}");
        }
    }
}
