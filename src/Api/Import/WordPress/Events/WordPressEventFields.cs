using System.Globalization;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Events;

/// <summary>
/// The custom fields of an event: the field that the mapping names, else those of The Events Calendar (<c>_Event…</c>), Events Manager
/// (<c>_event_…</c>) and Modern Events Calendar (<c>mec_…</c>). Field names are from the plugins' sources, versions 6.17, 5.6 to 7.2, and
/// 5.
/// </summary>
/// <param name="item">The event.</param>
/// <param name="rule">The fields that the mapping names: member → name of the field.</param>
internal sealed class WordPressEventFields(WxrItem item, IReadOnlyDictionary<string, string> rule)
{
    private static readonly Dictionary<string, string[]> Plugins = new(StringComparer.Ordinal)
    {
        ["startsAt"] = ["_EventStartDateUTC", "_EventStartDate"],
        ["endsAt"] = ["_EventEndDateUTC", "_EventEndDate"],
        ["timeZone"] = ["_EventTimezone", "_event_timezone", "mec_timezone"],
        ["allDay"] = ["_EventAllDay", "_event_all_day", "mec_allday"],
        ["registrationUrl"] = ["_EventURL", "_event_location_url", "mec_more_info", "mec_read_more"],
        ["status"] = ["_tribe_events_status", "mec_event_status"],
    };

    // Fields that are read by name below and in WordPressEventNotes.
    private static readonly string[] Others =
    [
        "_event_start_date",
        "_event_start_time",
        "_event_end_date",
        "_event_end_time",
        "_event_active_status",
        "_event_location_type",
        "_event_rsvp",
        "_location_id",
        "_event_type",
        "_recurrence_id",
        "_recurrence_set_id",
        "_location_address",
        "_location_town",
        "_location_state",
        "_location_postcode",
        "_location_region",
        "_location_country",
        "mec_start_date",
        "mec_start_day_seconds",
        "mec_end_date",
        "mec_end_day_seconds",
        "mec_hide_end_time",
        "mec_location_id",
        "mec_additional_location_ids",
        "mec_organizer_id",
        "mec_repeat_status",
        "mec_tickets",
        "mec_moved_online_link",
        "mec_cost",
        "mec_comment",
        "mec_cancelled_reason",
        "mec_hourly_schedules",
        "_EventVenueID",
        "_EventOrganizerID",
        "_EventCost",
        "_EventRecurrence",
        "_tribe_events_is_virtual",
        "_tribe_virtual_events_type",
        "_tribe_events_virtual_url",
        "_VenueAddress",
        "_VenueCity",
        "_VenueStateProvince",
        "_VenueState",
        "_VenueProvince",
        "_VenueZip",
        "_VenueCountry",
    ];

    /// <summary>The names of all plugin fields that are read.</summary>
    public static IEnumerable<string> All => Plugins.Values.SelectMany(names => names).Concat(Others);

    /// <summary>The fields from which the start is read, for a message.</summary>
    public string StartFields =>
        rule.GetValueOrDefault("startsAt") is { } name
            ? $"its custom field '{name}'"
            : "the custom fields of The Events Calendar, Events Manager or Modern Events Calendar";

    /// <summary>The first non-empty value; empty when there is none.</summary>
    public string Of(string member) =>
        Candidates(member).Select(field => item.MetaValue(field).Trim()).FirstOrDefault(value => value.Length > 0) ?? "";

    /// <summary>True for an event of Events Manager 7 that stands for all dates of a recurrence rule.</summary>
    public static bool IsSeries(WxrItem item) => item.MetaValue("_event_type") == "recurring";

    /// <summary>True for an all-day event.</summary>
    public bool IsWholeDays => Of("allDay").ToLowerInvariant() is "yes" or "true" or "1" or "on" or "y";

    /// <summary>The texts from which a time can be parsed, the most reliable first, each with whether it is in UTC.</summary>
    /// <param name="member"><c>startsAt</c> or <c>endsAt</c>.</param>
    /// <param name="byClock">Whether local times of plugins are more reliable than their times in UTC.</param>
    public IEnumerable<(string Text, bool IsUtc)> Times(string member, bool byClock = false)
    {
        foreach (var field in Candidates(member).OrderBy(field => byClock && field != rule.GetValueOrDefault(member) && IsUtc(field)))
            yield return (item.MetaValue(field), IsUtc(field));
        var which = member == "startsAt" ? "start" : "end";
        if (DayOf(which) is { Length: > 0 } day)
            yield return ($"{day} {(item.MetaValue($"_event_{which}_time") is { Length: > 0 } time ? time : "00:00:00")}", false);
        if (item.MetaValue($"mec_{which}_date") is { Length: > 0 } date && (which == "start" || item.MetaValue("mec_hide_end_time") != "1"))
            yield return ($"{date} {OfSeconds(item.MetaValue($"mec_{which}_day_seconds"))}", false);
    }

    // The stored end of an Events Manager series is that of its last date.
    private string DayOf(string which) =>
        which == "start" || !IsSeries(item) ? item.MetaValue($"_event_{which}_date")
        : item.MetaValue("_event_end_time").Length == 0 ? ""
        : string.CompareOrdinal(item.MetaValue("_event_end_time"), item.MetaValue("_event_start_time")) >= 0
            ? item.MetaValue("_event_start_date")
        : DateOnly.TryParseExact(
            item.MetaValue("_event_start_date"),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
        && day < DateOnly.MaxValue
            ? day.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : "";

    private IEnumerable<string> Candidates(string member) =>
        (rule.GetValueOrDefault(member) is { } field ? new[] { field } : []).Concat(Plugins.GetValueOrDefault(member, []));

    private static string OfSeconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 86_400
            ? TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture)
            : "00:00:00";

    /// <summary>True for a field whose name marks it as UTC.</summary>
    public static bool IsUtc(string field) =>
        field.EndsWith("utc", StringComparison.OrdinalIgnoreCase) || field.EndsWith("gmt", StringComparison.OrdinalIgnoreCase);
}
