using System.Collections.Concurrent;
using System.Diagnostics;
using Api.Http.Caching;
using Api.Purging;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Purging;

/// <summary>Fastly and Cloudflare, by servers that stand in for them.</summary>
public sealed class VendorTests : IDisposable
{
    private readonly Said said = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => said.Dispose();

    [Fact]
    public async Task Both_get_every_key_within_their_limits_and_once_more_after_ten_seconds()
    {
        await using var vendor = await Vendor.Start();
        await using var purging = await Start(vendor);
        string[] keys = [.. Enumerable.Range(0, 300).Select(number => $"topics/t{number}/articles.list")];
        var purge = purging.Services.GetRequiredService<Purger>().Begin(keys);
        await purge.Accepted.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal([256, 44], vendor.To("Fastly").Select(request => request.Keys.Count));
        Assert.Equal([100, 100, 100], vendor.To("Cloudflare").Select(request => request.Keys.Count));
        await purge.Done.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        foreach (var name in new[] { "Fastly", "Cloudflare" })
        {
            var requests = vendor.To(name);
            Assert.Equal([.. keys, .. keys], requests.SelectMany(request => request.Keys));
            var pause = Stopwatch.GetElapsedTime(requests[(requests.Count / 2) - 1].At, requests[requests.Count / 2].At);
            Assert.True(pause > TimeSpan.FromSeconds(9.9), $"{pause}");
        }
        Assert.DoesNotContain(said.Log, line => line.Contains("does not accept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_limit_of_requests_is_waited_for()
    {
        await using var vendor = await Vendor.Start();
        vendor.Instead = (http, number) => Fail(http, number == 1, 429, "3");
        await using var purging = await Start(vendor);
        await Accepted(purging);
        foreach (var name in new[] { "Fastly", "Cloudflare" })
        {
            var requests = vendor.To(name);
            Assert.Equal(2, requests.Count);
            // It would otherwise be one second.
            var pause = Stopwatch.GetElapsedTime(requests[0].At, requests[1].At);
            Assert.True(pause > TimeSpan.FromSeconds(2.9), $"{pause}");
        }
    }

    [Theory]
    [InlineData(500, "answered 500")]
    [InlineData(307, "answered 307")]
    [InlineData(200, "Cloudflare answered 200, but not that it has purged")]
    public async Task What_is_not_a_success_is_tried_again_and_said_once(int status, string expected)
    {
        await using var other = await Vendor.Start();
        await using var vendor = await Vendor.Start();
        vendor.Instead = (http, number) => Fail(http, number <= 2, status, null, other.Address);
        await using var purging = await Start(vendor);
        await Accepted(purging);
        Assert.Equal(3, vendor.To("Cloudflare").Count);
        string[] lines = [.. said.Log.Where(line => line.Contains("Cloudflare", StringComparison.Ordinal) && Concerns(line))];
        Assert.Equal(2, lines.Length);
        Assert.Contains(expected.Replace("Cloudflare", "it", StringComparison.Ordinal), lines[0], StringComparison.Ordinal);
        Assert.Contains("Cloudflare accepts purges again", lines[1], StringComparison.Ordinal);
        // A redirect would show the token to another host.
        Assert.Empty(other.Requests);

        static bool Concerns(string line) => line.Contains("accept", StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_answer_delays_no_other_and_is_asked_again_after_ten_seconds()
    {
        await using var vendor = await Vendor.Start();
        vendor.Instead = async (http, number) =>
        {
            if (!http.Request.Path.StartsWithSegments("/service", StringComparison.Ordinal) || number > 1)
                return false;
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        await using var purging = await Start(vendor);
        var purge = purging.Services.GetRequiredService<Purger>().Begin(["a"]);
        // Cloudflare's repetition as well.
        await Eventually.Is(() => Task.FromResult(vendor.To("Cloudflare").Count > 1));
        await purge.Accepted.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal(2, vendor.To("Fastly").Count);
        Assert.Contains(said.Log, line => line.Contains("it did not answer within 10 seconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_are_neither_logged_nor_traced()
    {
        await using var vendor = await Vendor.Start();
        vendor.Instead = (http, number) => Fail(http, number <= 2, number == 1 ? 401 : 302, null, vendor.Address);
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = said.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using (var purging = await Start(vendor))
        {
            await Accepted(purging);
            await vendor.DisposeAsync();
            purging.Services.GetRequiredService<Purger>().Begin(["b"]);
            await Eventually.Is(() =>
                Task.FromResult(said.Log.Any(line => line.Contains("could not be reached", StringComparison.Ordinal)))
            );
        }
        Assert.Contains(said.Traces, trace => trace.Contains("purge_cache", StringComparison.Ordinal));
        Assert.DoesNotContain(
            said.Log.Concat(said.Traces),
            line =>
                line.Contains(Vendor.FastlyToken, StringComparison.Ordinal)
                || line.Contains(Vendor.CloudflareToken, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void By_default_the_vendors_are_asked_over_https()
    {
        Assert.Equal(
            ("https://api.fastly.com/", "https://api.cloudflare.com/"),
            ($"{PurgeHosts.Vendors.Fastly}", $"{PurgeHosts.Vendors.Cloudflare}")
        );
    }

    [Theory]
    [InlineData("Surrogate-Key", "Cloudflare is purged by keys that it reads from Cache-Tag, but Cache:KeyHeader is Surrogate-Key")]
    [InlineData("Cache-Tag", "Fastly is purged by keys that it reads from Surrogate-Key, but Cache:KeyHeader is Cache-Tag")]
    public async Task A_header_of_keys_that_a_cache_does_not_read_is_a_warning(string header, string expected)
    {
        await using var vendor = await Vendor.Start();
        await using var purging = await Start(vendor, ("Cache:KeyHeader", header));
        Assert.Contains(said.Log, line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("86400", 1)]
    [InlineData("0", 0)]
    public async Task A_long_life_that_nobody_ends_is_a_warning(string seconds, int expected)
    {
        await using var purging = await Start(null, ("Cache:SharedMaxAgeSeconds", seconds));
        Assert.Equal(expected, said.Log.Count(line => line.Contains("no cache is purged", StringComparison.Ordinal)));
        Assert.False(purging.Services.GetRequiredService<Purger>().IsOn);
    }

    private static async Task Accepted(WebApplication purging)
    {
        var purger = purging.Services.GetRequiredService<Purger>();
        await purger.Begin(["all"]).Accepted.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    private static Task<bool> Fail(HttpContext http, bool fails, int status, string? after, Uri? location = null)
    {
        if (!fails || (status == 200 && !http.Request.Path.StartsWithSegments("/client", StringComparison.Ordinal)))
            return Task.FromResult(false);
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = after;
        if (status is >= 300 and < 400)
            http.Response.Headers.Location = new Uri(location!, http.Request.Path).ToString();
        return Task.FromResult(true);
    }

    private async Task<WebApplication> Start(Vendor? vendor, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders().AddProvider(said).SetMinimumLevel(LogLevel.Trace);
        if (vendor is not null)
        {
            settings =
            [
                .. settings,
                ("Purge:Fastly:Service", Vendor.FastlyService),
                ("Purge:Fastly:Token", Vendor.FastlyToken),
                ("Purge:Cloudflare:Zone", Vendor.CloudflareZone),
                ("Purge:Cloudflare:Token", Vendor.CloudflareToken),
            ];
            builder.Services.AddSingleton(new PurgeHosts(vendor.Address, vendor.Address));
        }
        foreach (var (name, value) in settings)
            builder.Configuration[name] = value;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(CacheSettings.From(builder.Configuration));
        builder.AddPurging();
        var app = builder.Build();
        await app.StartAsync(Cancel);
        return app;
    }

    // All that is logged, at every level, and traced.
    private sealed class Said : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> log = new();
        private readonly ConcurrentQueue<string> traces = new();

        public IReadOnlyCollection<string> Log => log;

        public IReadOnlyCollection<string> Traces => traces;

        public void Add(Activity activity) =>
            traces.Enqueue(
                $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(one => one.Tags))} {string.Join(' ', activity.Baggage)}"
            );

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => log.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
