using System.Globalization;
using System.Text.RegularExpressions;

namespace Api.Http;

/// <summary>Days and years of the site's time zone as instants (UTC). Pure.</summary>
/// <param name="zone">The site's time zone.</param>
internal sealed partial class SiteCalendar(TimeZoneInfo zone)
{
    private const long FarthestSeconds = 26 * 3600;
    private static readonly DateTime Latest = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    /// <summary>The day an instant (UTC) falls on.</summary>
    public DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, zone));

    /// <summary>
    /// The first instant of a day: after the gap when midnight does not exist, the earlier one when it happens twice. A day that is missing
    /// whole (Samoa, 30 December 2011) starts, and ends, where the next one does.
    /// </summary>
    public DateTime StartOf(DateOnly day)
    {
        // Searched for, as the zone's own questions about gaps do not know those that come from a move of the date line.
        var midnight = day.ToDateTime(TimeOnly.MinValue).Ticks / TimeSpan.TicksPerSecond;
        var (low, high) = (Math.Max(midnight - FarthestSeconds, 0), Math.Min(midnight + FarthestSeconds, Latest.Ticks / TimeSpan.TicksPerSecond));
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (DayOf(AtSecond(middle)) < day) low = middle + 1;
            else high = middle;
        }
        return AtSecond(low);
    }

    /// <summary>The instants of a day: the first, and the first after it.</summary>
    public (DateTime From, DateTime Before) Day(DateOnly day) => (StartOf(day), day == DateOnly.MaxValue ? Latest : StartOf(day.AddDays(1)));

    /// <summary>The instants of a year from 1 to 9999: the first, and the first after it.</summary>
    public (DateTime From, DateTime Before) Year(int year) =>
        (StartOf(new DateOnly(year, 1, 1)), year == 9999 ? Latest : StartOf(new DateOnly(year + 1, 1, 1)));

    /// <summary>
    /// Reads <c>YYYY-MM-DD</c> or an instant (RFC 3339, at most microseconds) as the first instant that it means and the first after
    /// it. False when it is neither.
    /// </summary>
    public bool TryRead(string text, out (DateTime From, DateTime Before) bounds)
    {
        bounds = default;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            bounds = Day(day);
            return true;
        }
        if (!Instant().IsMatch(text) ||
            !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return false;
        var from = instant.UtcDateTime;
        bounds = (from, from > Latest.AddMicroseconds(-1) ? Latest : from.AddMicroseconds(1));
        return true;
    }

    /// <summary>True for an instant whose <c>+</c> arrived as a space, as it does when it is not written <c>%2B</c>.</summary>
    public static bool LostItsPlus(string text) => text.Contains(' ', StringComparison.Ordinal) && Instant().IsMatch(text.Replace(' ', '+'));

    private static DateTime AtSecond(long second) => new(second * TimeSpan.TicksPerSecond, DateTimeKind.Utc);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Instant();
}
