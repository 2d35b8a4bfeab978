using Api.Http.Site;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>The start and end of an event.</summary>
/// <param name="StartsAt">UTC. For an all-day event the start of its first day, in the event's time zone.</param>
/// <param name="EndsAt">UTC; null for an open end. For an all-day event the start of the day after its last day, never null.</param>
/// <param name="StartsOn">First day of an all-day event; null for any other event.</param>
/// <param name="EndsOn">Last day of an all-day event, included.</param>
internal sealed record EventTimes(DateTime StartsAt, DateTime? EndsAt, DateOnly? StartsOn, DateOnly? EndsOn)
{
    private const string NeedsStart = "is required; an event of whole days has allDay: true and startsOn instead";

    /// <summary>
    /// Reads <c>startsAt</c> and <c>endsAt</c>, or with <c>allDay</c> <c>startsOn</c> and <c>endsOn</c>. Problems are recorded with their
    /// member.
    /// </summary>
    /// <param name="members">The line.</param>
    /// <param name="timeZone">IANA time zone of the event.</param>
    public static EventTimes Read(ObjectReader members, string timeZone)
    {
        var (starts, ends) = (members.Instant("startsAt"), members.Instant("endsAt"));
        if (members.Flag("allDay"))
            return WholeDays(members, timeZone, starts, ends);
        // The days of other events follow from their instants.
        _ = (members.Value("startsOn"), members.Value("endsOn"));
        if (members.Value("startsAt") is null)
            members.Reject("startsAt", NeedsStart);
        if (ends < starts)
            members.Reject("endsAt", "is before startsAt");
        return new(starts ?? default, ends, null, null);
    }

    private static EventTimes WholeDays(ObjectReader members, string timeZone, DateTime? starts, DateTime? ends)
    {
        var first = members.Day("startsOn");
        var last = members.Day("endsOn") ?? first;
        if (members.Value("startsOn") is null)
            members.Reject("startsOn", "is required with allDay");
        if (last < first)
            members.Reject("endsOn", "is before startsOn");
        if (first is null || TimeZones.Find(timeZone) is not { } zone)
            return new(default, null, null, null);
        var (from, until) = (TimeZones.StartOf(first.Value, zone), TimeZones.StartOf(last!.Value.AddDays(1), zone));
        Compare("startsAt", starts, from, "the start of startsOn");
        Compare("endsAt", ends, until, "the start of the day after endsOn");
        return new(from, until, first, last);

        void Compare(string member, DateTime? given, DateTime expected, string meaning)
        {
            if (given is not null && given != expected)
                members.Reject(
                    member,
                    $"is not {meaning} in {timeZone}, {expected:yyyy-MM-dd'T'HH:mm:ss'Z'}: leave it out of an event of whole days"
                );
        }
    }
}
