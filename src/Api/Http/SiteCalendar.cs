using System.Globalization;
using System.Text.RegularExpressions;

namespace Api.Http;

/// <summary>Days and years of the site's time zone as instants (UTC). Pure.</summary>
/// <param name="zone">The site's time zone.</param>
internal sealed partial class SiteCalendar(TimeZoneInfo zone)
{
    private static readonly DateTime Earliest = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
    private static readonly DateTime Latest = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    /// <summary>The day an instant (UTC) falls on.</summary>
    public DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, zone));

    /// <summary>The first instant of a day: after a gap when midnight does not exist, the earlier one when it happens twice.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        // A whole day can be missing (Samoa, 30 December 2011): it then starts, and ends, where the next one does.
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return new DateTime(Math.Clamp(ticks, Earliest.Ticks, Latest.Ticks), DateTimeKind.Utc);
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

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Instant();
}
