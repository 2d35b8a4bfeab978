using System.Globalization;
using Api.Http.Tags;
using Api.Settings;

namespace Api.Http.Caching;

/// <summary>Settings <c>Cache:…</c>.</summary>
internal sealed record CacheSettings
{
    private const int Year = 31_536_000;

    private static readonly NumberSetting MaxBytesSetting = new("Cache:MaxBytes", "bytes", 32 * 1024 * 1024, 0, long.MaxValue)
    {
        Effect = "Maximum memory for cached answers, including their compressed forms. 0 turns the cache off.",
    };

    private static readonly NumberSetting SafetySetting = new("Cache:SafetySeconds", "seconds", 2, 0, 3_600)
    {
        Effect = "How long a cached answer is served without a confirmation that it is current.",
    };

    private static readonly NumberSetting MaxAgeSetting = new("Cache:MaxAgeSeconds", "seconds", 15, 0, Year)
    {
        Effect = "How long clients and proxies may cache an answer: `max-age` of `Cache-Control`.",
    };

    private static readonly NumberSetting StaleWhileRevalidateSetting = new("Cache:StaleWhileRevalidateSeconds", "seconds", 15, 0, Year)
    {
        Effect = "How long they may serve it after that, while they ask again: `stale-while-revalidate`.",
    };

    private static readonly NumberSetting StaleIfErrorSetting = new("Cache:StaleIfErrorSeconds", "seconds", 86_400, 0, Year)
    {
        Effect =
            "How long clients and proxies may serve it when they cannot get a newer one, and how long this process may while the database is unavailable: `stale-if-error`.",
    };

    private static readonly NumberSetting SharedMaxAgeSetting = new("Cache:SharedMaxAgeSeconds", "seconds", 0, 0, Year)
    {
        Effect =
            "How long a shared cache that is purged may cache an answer: `max-age` of `CDN-Cache-Control`. 0 sends no such header ([long life, purged](caching.md#long-life-purged)).",
    };

    /// <summary>Bytes that answers kept in memory may take, with their compressed forms; 0 keeps none.</summary>
    public long MaxBytes { get; init; } = MaxBytesSetting.Usual;

    /// <summary>How long an answer is served without knowing that it is the current one.</summary>
    public TimeSpan Safety { get; init; } = TimeSpan.FromSeconds(SafetySetting.Usual);

    /// <summary>How many seconds clients and proxies may keep an answer (RFC 9111 §5.2.2.1).</summary>
    public int MaxAge { get; init; } = (int)MaxAgeSetting.Usual;

    /// <summary>How many seconds they may go on while they ask again (RFC 5861 §3).</summary>
    public int StaleWhileRevalidate { get; init; } = (int)StaleWhileRevalidateSetting.Usual;

    /// <summary>How many seconds they, and this node while the database is away, may serve an old answer (RFC 5861 §4).</summary>
    public int StaleIfError { get; init; } = (int)StaleIfErrorSetting.Usual;

    /// <summary>How many seconds a shared cache that is purged may keep an answer (RFC 9213); 0 when none may keep it for longer.</summary>
    public int SharedMaxAge { get; init; } = (int)SharedMaxAgeSetting.Usual;

    /// <summary>The header that holds the keys to drop an answer by.</summary>
    public KeyHeader KeyHeader { get; init; } = KeyHeader.Usual;

    /// <summary>
    /// The largest <c>Age</c> that is sent, in seconds. It leaves the last five seconds of <see cref="MaxAge"/>, or half of it. So an
    /// answer that may be stale is still fresh for other caches (RFC 9111 §4.2), which store it, revalidate soon, and serve it on errors
    /// (RFC 5861 §4).
    /// </summary>
    public int LargestAge => Math.Max(MaxAge - 5, MaxAge / 2);

    /// <summary>The <c>Cache-Control</c> header of successful answers.</summary>
    public string CacheControl =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"public, max-age={MaxAge}, stale-while-revalidate={StaleWhileRevalidate}, stale-if-error={StaleIfError}"
        );

    /// <summary>
    /// The <c>Cache-Control</c> header of 301, 404 and 410: at most the default of 15 seconds, as an item may appear there.
    /// </summary>
    public string OfNothing => string.Create(CultureInfo.InvariantCulture, $"public, max-age={Math.Min(MaxAge, 15)}");

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static CacheSettings From(IConfiguration configuration) =>
        new()
        {
            MaxBytes = MaxBytesSetting.Read(configuration),
            Safety = TimeSpan.FromSeconds(SafetySetting.Read(configuration)),
            MaxAge = (int)MaxAgeSetting.Read(configuration),
            StaleWhileRevalidate = (int)StaleWhileRevalidateSetting.Read(configuration),
            StaleIfError = (int)StaleIfErrorSetting.Read(configuration),
            SharedMaxAge = (int)SharedMaxAgeSetting.Read(configuration),
            KeyHeader = KeyHeader.From(configuration),
        };
}
