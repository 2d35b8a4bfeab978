using System.Text;
using Api.Http.Site;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using Event = Api.Contracts.Event;

namespace Api.Formats;

/// <summary>Writes events as iCalendar (RFC 5545, with the NAME property of RFC 7986). Pure.</summary>
internal static class CalendarWriter
{
    /// <summary>Writes a calendar with the events in the order of the list.</summary>
    /// <param name="title">The display name of the calendar.</param>
    /// <param name="publisher">Name of the site.</param>
    /// <param name="events">The events.</param>
    public static ReadOnlyMemory<byte> Write(string title, string publisher, IReadOnlyList<Event> events)
    {
        var calendar = new Ical.Net.Calendar { ProductId = $"-//{Text(publisher)}//Content API//EN", Method = "PUBLISH" };
        calendar.AddProperty("NAME", Text(title));
        // For calendar programs that predate RFC 7986.
        calendar.AddProperty("X-WR-CALNAME", Text(title));
        foreach (
            var zone in events
                .Where(one => !one.AllDay && CalendarZone.IsForeseen(one.StartsAt))
                .GroupBy(one => one.TimeZone)
                .OrderBy(zone => zone.Key, StringComparer.Ordinal)
        )
        {
            if (TimeZones.Find(zone.Key) is not { } known)
                continue;
            calendar.AddTimeZone(CalendarZone.Describe(known, zone.Min(one => one.StartsAt), zone.Max(one => one.EndsAt ?? one.StartsAt)));
        }
        foreach (var one in events)
            calendar.Events.Add(EventOf(one));
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    private static CalendarEvent EventOf(Event one)
    {
        var zone = TimeZones.Find(one.TimeZone);
        return new CalendarEvent
        {
            Uid = one.Id,
            // The time of the last change instead of the time of sending, so that the same events produce the same bytes.
            DtStamp = new CalDateTime(one.UpdatedAt),
            LastModified = new CalDateTime(one.UpdatedAt),
            Start = one.AllDay ? new CalDateTime(one.StartsOn) : CalendarZone.At(one.StartsAt, zone),
            End = EndOf(one, zone),
            Summary = Text(LocalTimes.TitleOf(one)),
            Description = Text(DescriptionOf(one)),
            Location = Text(one.Location ?? (one.Mode == "virtual" ? one.RegistrationUrl ?? one.Url : "")) is { Length: > 0 } place
                ? place
                : null,
            Url = new Uri(one.Url),
            Status = one.Status switch
            {
                "cancelled" => EventStatus.Cancelled,
                "postponed" => EventStatus.Tentative,
                _ => EventStatus.Confirmed,
            },
            Categories = [.. one.Topics.Select(topic => Text(topic.Name))],
        };
    }

    // For all-day events the end is the day after the last day (RFC 5545 §3.6.1).
    private static CalDateTime? EndOf(Event one, DateTimeZone? zone) =>
        one.AllDay ? new CalDateTime((one.EndsOn ?? one.StartsOn).AddDays(1))
        : one.EndsAt is { } ends && ends > one.StartsAt ? CalendarZone.At(ends, zone)
        : null;

    private static string DescriptionOf(Event one) =>
        string.Join(
            "\n\n",
            new[]
            {
                one.Summary,
                string.Join(", ", one.Experts.Select(expert => expert.Name)),
                one.RegistrationUrl is { } registration ? $"Register: {registration}" : "",
                one.RecordingUrl is { } recording ? $"Recording: {recording}" : "",
                one.Url,
            }.Where(part => part.Length > 0)
        );

    // Of the control characters, only tab and line feed are allowed (RFC 5545 §3.3.11).
    private static string Text(string text) => XmlSafe.Text(text.ReplaceLineEndings("\n"));
}

/// <summary>Time zones in calendars.</summary>
internal static class CalendarZone
{
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);
    private static readonly DateTime Horizon = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// Whether an instant (UTC) is written in its time zone. The rules of the far future are unknown, and each year until then adds two
    /// rules to the file.
    /// </summary>
    public static bool IsForeseen(DateTime instant) => instant < Horizon;

    /// <summary>
    /// An instant (UTC) as local time of a zone. It stays in UTC without a zone, in the far future, and in an hour that occurs twice: RFC
    /// 5545 §3.3.5 defines such a local time as the first occurrence, but readers disagree.
    /// </summary>
    public static CalDateTime At(DateTime instant, DateTimeZone? zone)
    {
        if (zone is null || !IsForeseen(instant) || TimeZones.At(instant, zone)?.DateTime is not { } local)
            return new CalDateTime(instant);
        return zone.MapLocal(LocalDateTime.FromDateTime(local)).Count == 1 ? new CalDateTime(local, zone.Id) : new CalDateTime(instant);
    }

    /// <summary>
    /// The UTC offsets of a zone between two instants (UTC), one entry for each transition, because no recurrence rule covers all zones and
    /// years.
    /// </summary>
    public static VTimeZone Describe(DateTimeZone zone, DateTime from, DateTime to)
    {
        if (!IsForeseen(to))
            to = Horizon;
        var described = new VTimeZone(zone.Id);
        foreach (var interval in zone.GetZoneIntervals(Instant.FromDateTimeUtc(from - Margin), Instant.FromDateTimeUtc(to + Margin)))
        {
            var before = interval.HasStart ? zone.GetUtcOffset(interval.Start - NodaTime.Duration.Epsilon) : interval.WallOffset;
            // A transition is written in the local time before it (RFC 5545 §3.6.5).
            var start = interval.HasStart
                ? (interval.Start + NodaTime.Duration.FromTicks(before.Ticks)).ToDateTimeUtc()
                : DateTime.UnixEpoch;
            described.TimeZoneInfos.Add(
                new VTimeZoneInfo(interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT")
                {
                    Start = new CalDateTime(DateTime.SpecifyKind(start, DateTimeKind.Unspecified)),
                    OffsetFrom = new UtcOffset(before.ToTimeSpan()),
                    OffsetTo = new UtcOffset(interval.WallOffset.ToTimeSpan()),
                    TimeZoneName = interval.Name,
                }
            );
        }
        return described;
    }
}
