using System.Globalization;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Events;

/// <summary>Reads the dates of items. WordPress writes <c>0000-00-00 00:00:00</c> where it has none, above all for drafts.</summary>
internal sealed class WordPressDates
{
    /// <summary>Earlier years are typing errors, such as 0202 for 2020.</summary>
    public const int FirstYear = 1000;

    private readonly Dictionary<TimeSpan, int> offsets = [];

    // By day of the year, as daylight saving time begins and ends on about the same day each year.
    private readonly SortedDictionary<int, TimeSpan> offsetOn = [];

    /// <summary>Learns the site's UTC offset from an item that has both dates.</summary>
    public void Learn(WxrItem item)
    {
        if (
            Parse(item.Field("post_date_gmt")) is not { } utc
            || Parse(item.Field("post_date")) is not { } local
            || (local - utc).Duration() > TimeSpan.FromHours(14)
        )
            return;
        offsets[local - utc] = offsets.GetValueOrDefault(local - utc) + 1;
        // The smallest offset, so that the order of items does not matter.
        if (!offsetOn.TryGetValue(local.DayOfYear, out var known) || local - utc < known)
            offsetOn[local.DayOfYear] = local - utc;
    }

    /// <summary>When the item was or will be published, UTC; null when no date can be read.</summary>
    public DateTime? Published(WxrItem item) =>
        Parse(item.Field("post_date_gmt")) ?? FromLocal(item.Field("post_date")) ?? FromFeed(item.PubDate);

    /// <summary>
    /// True when the publication date is known only in the site's local time: its conversion is correct once all items were learned from.
    /// </summary>
    public static bool IsLocal(WxrItem item) => Parse(item.Field("post_date_gmt")) is null && Parse(item.Field("post_date")) is not null;

    /// <summary>A local date of the site in UTC; null when it cannot be parsed.</summary>
    // It may be one hour wrong near a change of daylight saving time, which is better than no date.
    public DateTime? FromLocal(string text) => Parse(text) is { } local ? local - DistanceOn(local) : null;

    /// <summary>When the item was last changed, UTC; null when the export does not contain it (before WordPress 5.7).</summary>
    public DateTime? Modified(WxrItem item) => Parse(item.Field("post_modified_gmt")) ?? FromLocal(item.Field("post_modified"));

    /// <summary>The site's UTC offset: the most frequent one among its items.</summary>
    public TimeSpan Distance =>
        offsets.OrderByDescending(o => o.Value).ThenBy(o => o.Key.Duration()).ThenBy(o => o.Key).Select(o => o.Key).FirstOrDefault();

    /// <summary>The site's UTC offset at a time: that of the item nearest in the year.</summary>
    public TimeSpan DistanceOn(DateTime time) => DistanceOn(time.DayOfYear);

    private TimeSpan DistanceOn(int day) =>
        offsetOn.Count == 0
            ? default
            : offsetOn.MinBy(known => (Math.Min(Math.Abs(known.Key - day), 366 - Math.Abs(known.Key - day)), known.Key)).Value;

    private static DateTime? Parse(string text) =>
        DateTime.TryParseExact(
            text,
            ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date
        )
        && date.Year >= FirstYear
            ? date
            : null;

    private static DateTime? FromFeed(string text) =>
        DateTimeOffset.TryParseExact(
            text.Replace("GMT", "+0000", StringComparison.Ordinal),
            "ddd, d MMM yyyy HH:mm:ss zzz",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
        && date.Year >= FirstYear
            ? date.UtcDateTime
            : null;
}
