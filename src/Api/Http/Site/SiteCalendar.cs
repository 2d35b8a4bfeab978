using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Api.Http.Site;

/// <summary>Days and years of the site's time zone as instants (UTC). Pure.</summary>
/// <param name="zone">The site's time zone.</param>
internal sealed partial class SiteCalendar(DateTimeZone zone)
{
    private static readonly DateTime Latest = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    private readonly Lazy<YearStarts> starts = new(() => YearStarts.Of(zone));

    // Threads may set an element at the same time: a DateTime is written atomically.
    private readonly DateTime[] yearStarts = new DateTime[10_000];

    /// <summary>The starts of the years, for SQL statements.</summary>
    public YearStarts Years => starts.Value;

    /// <summary>The day an instant (UTC) falls on: the day whose <see cref="Day"/> contains it.</summary>
    public DateOnly DayOf(DateTime instant)
    {
        var day = DateOnly.FromDateTime(TimeZones.LocalOf(instant, zone));
        // When clocks are put back over midnight, they show the last hour of a day again after the next day has begun.
        return day < DateOnly.MaxValue && instant >= StartOf(day.AddDays(1)) ? day.AddDays(1) : day;
    }

    /// <summary>
    /// The first instant of a day: after the gap when midnight does not exist, the earlier one when midnight occurs twice. A day that does
    /// not exist (Samoa, 30 December 2011) starts and ends where the next day starts.
    /// </summary>
    public DateTime StartOf(DateOnly day) => TimeZones.StartOf(day, zone);

    /// <summary>The year an instant (UTC) falls in: the year whose <see cref="Year"/> contains it.</summary>
    public int YearOf(DateTime instant)
    {
        // No time zone is a day or more from UTC.
        var year = instant.Year;
        return instant < YearStart(year) ? Math.Max(1, year - 1)
            : year < 9999 && instant >= YearStart(year + 1) ? year + 1
            : year;
    }

    /// <summary>The instants of a day: the first, and the first after it.</summary>
    public (DateTime From, DateTime Before) Day(DateOnly day) =>
        (StartOf(day), day == DateOnly.MaxValue ? Latest : StartOf(day.AddDays(1)));

    /// <summary>The instants of a year from 1 to 9999: the first, and the first after it.</summary>
    public (DateTime From, DateTime Before) Year(int year) =>
        (StartOf(new DateOnly(year, 1, 1)), year == 9999 ? Latest : StartOf(new DateOnly(year + 1, 1, 1)));

    // Cached: called for each of a million items.
    private DateTime YearStart(int year)
    {
        if (yearStarts[year] == default)
            yearStarts[year] = StartOf(new DateOnly(year, 1, 1));
        return yearStarts[year];
    }

    /// <summary>
    /// Parses <c>YYYY-MM-DD</c> or an instant (RFC 3339, at most microseconds) into its first instant and the first instant after it. False
    /// when it is neither.
    /// </summary>
    public bool TryRead(string text, out (DateTime From, DateTime Before) bounds)
    {
        bounds = default;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            bounds = Day(day);
            return true;
        }
        if (
            !Instant().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        )
            return false;
        var from = instant.UtcDateTime;
        bounds = (from, from > Latest.AddMicroseconds(-1) ? Latest : from.AddMicroseconds(1));
        return true;
    }

    /// <summary>True for an instant whose <c>+</c> was decoded as a space because it was not written as <c>%2B</c>.</summary>
    public static bool LostItsPlus(string text) =>
        text.Contains(' ', StringComparison.Ordinal) && Instant().IsMatch(text.Replace(' ', '+'));

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Instant();
}
