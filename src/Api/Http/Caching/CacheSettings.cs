using System.Globalization;
using Api.Http.Site;

namespace Api.Http.Caching;

/// <summary>Settings <c>Cache:…</c>.</summary>
internal sealed record CacheSettings
{
    /// <summary><c>Cache:MaxBytes</c>: what answers kept in memory may take, with their compressed forms; default 32 MiB, 0 keeps none.</summary>
    public long MaxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary><c>Cache:SafetySeconds</c>: how long an answer is served without knowing that it is the current one; default 2.</summary>
    public TimeSpan Safety { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary><c>Cache:MaxAgeSeconds</c>: how long clients and proxies may keep an answer (RFC 9111 §5.2.2.1); default 15.</summary>
    public int MaxAge { get; init; } = 15;

    /// <summary><c>Cache:StaleWhileRevalidateSeconds</c>: how long they may go on while they ask again (RFC 5861 §3); default 15.</summary>
    public int StaleWhileRevalidate { get; init; } = 15;

    /// <summary><c>Cache:StaleIfErrorSeconds</c>: how long they, and this node while the database is away, may serve an old answer (RFC 5861 §4); default 86,400.</summary>
    public int StaleIfError { get; init; } = 86_400;

    /// <summary><c>Cache:KeyHeader</c>: the header that holds the keys to drop an answer by; default <c>Surrogate-Key</c>.</summary>
    public KeyHeader KeyHeader { get; init; } = KeyHeader.Usual;

    /// <summary>
    /// The most that <c>Age</c> says, in seconds: the last five of <see cref="MaxAge"/>, or half of it, stay. So an answer that may be old is still fresh for others
    /// (RFC 9111 §4.2), which keep it, ask again soon, and go on with it when there is no answer (RFC 5861 §4).
    /// </summary>
    public int LargestAge => Math.Max(MaxAge - 5, MaxAge / 2);

    /// <summary>The header that says so.</summary>
    public string CacheControl => string.Create(
        CultureInfo.InvariantCulture, $"public, max-age={MaxAge}, stale-while-revalidate={StaleWhileRevalidate}, stale-if-error={StaleIfError}");

    /// <summary>The header of what is elsewhere, gone or not there: not for longer than by default, as that may appear.</summary>
    public string OfNothing => string.Create(CultureInfo.InvariantCulture, $"public, max-age={Math.Min(MaxAge, 15)}");

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
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
