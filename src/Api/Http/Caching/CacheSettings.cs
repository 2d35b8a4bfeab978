using System.Globalization;
using Api.Http.Site;

namespace Api.Http.Caching;

/// <summary>Settings <c>Cache:…</c>.</summary>
internal sealed record CacheSettings
{
    /// <summary>
    /// <c>Cache:MaxBytes</c>: memory for cached answers, with their compressed forms; default 32 MiB, 0 disables the cache.
    /// </summary>
    public long MaxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary><c>Cache:SafetySeconds</c>: how long an answer is served without confirmation that it is current; default 2.</summary>
    public TimeSpan Safety { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary><c>Cache:MaxAgeSeconds</c>: how long clients and proxies may keep an answer (RFC 9111 §5.2.2.1); default 15.</summary>
    public int MaxAge { get; init; } = 15;

    /// <summary>
    /// <c>Cache:StaleWhileRevalidateSeconds</c>: how long they may serve an old answer while they revalidate it (RFC 5861 §3); default 15.
    /// </summary>
    public int StaleWhileRevalidate { get; init; } = 15;

    /// <summary>
    /// <c>Cache:StaleIfErrorSeconds</c>: how long they may serve an old answer on errors, and this node while the database is unavailable
    /// (RFC 5861 §4); default 86,400.
    /// </summary>
    public int StaleIfError { get; init; } = 86_400;

    /// <summary><c>Cache:KeyHeader</c>: the header with the keys for purging; default <c>Surrogate-Key</c>.</summary>
    public KeyHeader KeyHeader { get; init; } = KeyHeader.Usual;

    /// <summary>
    /// The largest <c>Age</c> that is sent, in seconds. It leaves the last five seconds of <see cref="MaxAge"/>, or half of it. So an
    /// answer that may be stale is still fresh for other caches (RFC 9111 §4.2), which store it, revalidate soon, and serve it on errors
    /// (RFC 5861 §4).
    /// </summary>
    public int LargestAge => Math.Max(MaxAge - 5, MaxAge / 2);

    /// <summary>The <c>Cache-Control</c> header of successful answers.</summary>
    public string CacheControl => string.Create(
        CultureInfo.InvariantCulture, $"public, max-age={MaxAge}, stale-while-revalidate={StaleWhileRevalidate}, stale-if-error={StaleIfError}");

    /// <summary>
    /// The <c>Cache-Control</c> header of 301, 404 and 410: at most the default of 15 seconds, as an item may appear there.
    /// </summary>
    public string OfNothing => string.Create(CultureInfo.InvariantCulture, $"public, max-age={Math.Min(MaxAge, 15)}");

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="InvalidOperationException">A setting is invalid; the message says what is allowed.</exception>
    public static CacheSettings From(IConfiguration configuration)
    {
        const int year = 31_536_000;
        var usual = new CacheSettings();
        return new CacheSettings
        {
            MaxBytes = Number("MaxBytes", usual.MaxBytes, long.MaxValue),
            Safety = TimeSpan.FromSeconds(Number("SafetySeconds", (long)usual.Safety.TotalSeconds, 3_600)),
            MaxAge = (int)Number("MaxAgeSeconds", usual.MaxAge, year),
            StaleWhileRevalidate = (int)Number("StaleWhileRevalidateSeconds", usual.StaleWhileRevalidate, year),
            StaleIfError = (int)Number("StaleIfErrorSeconds", usual.StaleIfError, year),
            KeyHeader = KeyHeader.From(configuration),
        };

        long Number(string name, long otherwise, long most) => NumberSetting.Read(configuration, $"Cache:{name}", otherwise, 0, most);
    }
}
