using Api.Import.WordPress.Output;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Events;

/// <summary>
/// Notes on parts of an event that cannot be imported: recurrence, prices and tickets, organisers that are not people of the site.
/// </summary>
internal static class WordPressEventNotes
{
    // Fields that an editor fills in and no member of an event can hold.
    private static readonly (string Field, string Name)[] Texts =
    [
        ("_EventCost", "its price"),
        ("mec_cost", "its price"),
        ("mec_comment", "the remark on its time"),
        ("mec_cancelled_reason", "the reason why it was cancelled"),
    ];

    // Fields of Events Manager; the second exists since version 7.
    private static readonly string[] SeriesFields = ["_recurrence_id", "_recurrence_set_id"];

    /// <summary>Adds the notes of an event.</summary>
    public static void Add(WxrItem item, WordPressNotes notes)
    {
        if (Recurs(item))
            notes.Add(item.Number, item.Line, "it recurs: only the dates that are in its own fields are kept");
        if (WordPressEventFields.IsSeries(item))
            notes.Add(
                item.Number,
                item.Line,
                $"it recurs, the last time on {PlainText.Of(item.MetaValue("_event_end_date"), 20)}: only its first date is kept"
            );
        if (SeriesFields.Any(field => item.MetaValue(field) is { Length: > 0 } series && series != "0"))
            notes.Count("event that is one of a series: each is an event of its own");
        foreach (var (field, name) in Texts)
            if (PlainText.Of(item.MetaValue(field), 100) is { Length: > 0 } text)
                notes.Add(item.Number, item.Line, $"{name}, '{text}', is left out");
        if (HasParts(item.MetaValue("mec_tickets")))
            notes.Add(item.Number, item.Line, "its tickets are left out");
        if (HasParts(item.MetaValue("mec_hourly_schedules")))
            notes.Add(item.Number, item.Line, "its hourly schedule is left out");
        if (item.MetaValue("_event_rsvp") == "1")
            notes.Add(item.Number, item.Line, "its bookings are left out");
    }

    // A serialised PHP array.
    private static bool HasParts(string list) => list.Length > 0 && !list.StartsWith("a:0:", StringComparison.Ordinal);

    // The Events Calendar Pro stores rules as a serialised PHP array, which may be empty.
    private static bool Recurs(WxrItem item) =>
        item.MetaValue("mec_repeat_status") == "1"
        || item.PostType == "event-recurring"
        || item.MetaValue("_EventRecurrence") is { Length: > 0 } rules
            && rules.Contains("\"rules\";a:", StringComparison.Ordinal)
            && !rules.Contains("\"rules\";a:0:", StringComparison.Ordinal);
}
