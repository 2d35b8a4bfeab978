namespace Api.Import.WordPress;

/// <summary>Notes what of an event cannot come: how it recurs, prices and tickets, organisers that are nobody here.</summary>
internal static class WordPressEventNotes
{
    /// <summary>Adds the notes of an event.</summary>
    public static void Add(WxrItem item, WordPressNotes notes)
    {
        if (Recurs(item))
            notes.Add(item.Number, item.Line, "it recurs: only the dates that are in its own fields are kept");
        if (item.MetaValue("_recurrence_id") is { Length: > 0 } series && series != "0")
            notes.Count("event that is one of a series: each is an event of its own");
        if (PlainText.Of(item.MetaValue("_EventCost"), 100) is { Length: > 0 } cost)
            notes.Add(item.Number, item.Line, $"its price, '{cost}', is left out");
        if (item.MetaValue("mec_tickets") is { Length: > 0 } tickets && !tickets.StartsWith("a:0:", StringComparison.Ordinal))
            notes.Add(item.Number, item.Line, "its tickets are left out");
        if (item.MetaValue("_event_rsvp") == "1")
            notes.Add(item.Number, item.Line, "its bookings are left out");
    }

    // The Events Calendar Pro keeps rules as a list of PHP, which may be empty.
    private static bool Recurs(WxrItem item) =>
        item.MetaValue("mec_repeat_status") == "1"
        || item.PostType == "event-recurring"
        || item.MetaValue("_EventRecurrence") is { Length: > 0 } rules && rules.Contains("\"rules\";a:", StringComparison.Ordinal) && !rules.Contains("\"rules\";a:0:", StringComparison.Ordinal);
}
