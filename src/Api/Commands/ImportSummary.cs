using System.Globalization;
using System.Text.RegularExpressions;
using Api.Import;

namespace Api.Commands;

/// <summary>Summarizes what a WordPress import could not take over, with the number of each kind, most serious first.</summary>
internal static partial class ImportSummary
{
    private const string Guide = "docs/moving-from-wordpress.md";

    // A part of the note, its meaning for the site, and its section in the guide. Most serious first.
    private static readonly (string Part, string Meaning, string Anchor)[] Kinds =
    [
        (
            "rule on who may read",
            "rules of a plugin on who may read what: posts under them may be public here",
            "what-a-published-text-hides"
        ),
        (Rejected, "things that could not be taken at all", "when-something-is-left-out"),
        (
            "left out: a mapping file can say",
            "items of types that nobody has explained yet: --propose-mapping writes a file that does",
            "the-mapping-file"
        ),
        ("no start can be read", "events without a start that can be read", "events"),
        ("it recurs", "events that recur, of which only one date came", "events"),
        ("pattern of a series", "patterns of series of events, whose dates are events of their own", "events"),
        ("its venue", "venues of events that are not in the source, or not public", "events"),
        ("its organiser", "organisers of events that are nobody here, in the source or in public", "events"),
        ("its price", "prices of events", "events"),
        ("its tickets", "tickets of events", "events"),
        ("its bookings", "bookings of events", "events"),
        ("its hourly schedule", "hourly schedules of events", "events"),
        ("the remark on its time", "remarks on the times of events", "events"),
        ("the reason why it was cancelled", "reasons why events were cancelled", "events"),
        ("has no name in the time zone database", "time zones of events without a name: their times are shown in the site's", "events"),
        (
            "kept as a draft",
            "items without a date or status that can be used, which nobody sees until they get one",
            "when-something-is-left-out"
        ),
        ("kept, but not shown", "items that a plugin keeps for some readers, which are not shown", "what-a-published-text-hides"),
        ("not shown to everybody", "texts without the parts that not everybody may read", "what-a-published-text-hides"),
        ("it has no text", "pages whose text only a page builder has", "blocks-and-plugins"),
        ("its footnotes", "texts without their footnotes", "blocks-and-plugins"),
        ("names the person", "people in custom fields who are not in the source", "fields"),
        ("names the file", "files in custom fields that are not in the source, or not public", "fields"),
        ("names the topic", "topics in custom fields that are not in the source", "fields"),
        ("its featured image", "featured images that are not in the source, or not public", "what-comes-through"),
        ("attachment left out", "attachments that are private or in the trash", "what-a-published-text-hides"),
        ("of the menu", "entries of menus", "what-comes-through"),
        ("menu", "entries of menus", "what-comes-through"),
        ("it shows other items", "lists of other items, and forms", "blocks-and-plugins"),
        ("block shown", "blocks without the value that they take from elsewhere", "blocks-and-plugins"),
        ("Elementor's", "parts of pages of Elementor", "blocks-and-plugins"),
        ("frame left out", "frames of hosts that are not on the list", "blocks-and-plugins"),
        ("script left out", "scripts and forms in texts", "blocks-and-plugins"),
        ("subtitles left out", "films without their subtitles", "blocks-and-plugins"),
        ("reusable block", "reusable blocks", "what-comes-through"),
        ("WordPress fills it", "blocks that WordPress fills when it shows the page", "what-does-not-come-through-yet"),
        ("shortcode", "shortcodes of plugins", "what-comes-through"),
        ("[gallery]", "galleries without their pictures", "what-comes-through"),
        ("left out by the site", "collections that the site does not show", "from-a-live-site"),
        ("the end is left out", "ends of events that are before their starts", "when-something-is-left-out"),
        ("is cut", "titles that are too long, and cut", "when-something-is-left-out"),
        (": cut", "texts that are too long, and cut", "when-something-is-left-out"),
        ("sends its readers on", "items whose readers a plugin sends on to another address", "what-comes-through"),
        ("leads in a circle", "redirects that lead in a circle", "when-something-is-left-out"),
        (
            "only the plugin can fill",
            "titles or descriptions for search engines with a variable that only the plugin can fill",
            "what-comes-through"
        ),
        ("stands at the top", "pages and topics that lost what was above them, and stand at the top", "when-something-is-left-out"),
        ("U+FFFD", "places where characters were lost", "when-a-file-is-refused"),
        (Mended, "values that cannot be kept", "when-something-is-left-out"),
        ("left out", "other things", "when-something-is-left-out"),
    ];

    private const string Rejected = "(rejected)";
    private const string Mended = "(mended)";

    /// <summary>The anchors of the guide that the links use.</summary>
    public static IEnumerable<string> Anchors => Kinds.Select(kind => kind.Anchor).Distinct();

    /// <summary>The lines of the summary; empty when everything was taken over.</summary>
    public static IReadOnlyList<ImportSummaryLine> Of(ImportReport report, IReadOnlyList<string> notes)
    {
        var counts = new Dictionary<int, long>();
        foreach (var _ in report.Rejected)
            Count(Rejected, 1);
        foreach (var line in report.Mended)
            Count(
                line.Reason.Contains("leads in a circle", StringComparison.Ordinal)
                || line.Reason.EndsWith(": cut", StringComparison.Ordinal)
                    ? line.Reason
                    : Mended,
                1
            );
        foreach (var note in notes)
        {
            var bare = Place().Replace(note, "");
            var many = Many().Match(bare);
            Count(
                bare,
                many.Success && long.TryParse(many.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : 1
            );
        }
        return
        [
            .. counts
                .OrderBy(count => count.Key)
                .Select(count => new ImportSummaryLine(count.Value, Kinds[count.Key].Meaning, $"{Guide}#{Kinds[count.Key].Anchor}"))
                .GroupBy(line => (line.What, line.Link))
                .Select(same => same.First() with { Count = same.Sum(line => line.Count) }),
        ];

        void Count(string text, long number)
        {
            if (Array.FindIndex(Kinds, kind => text.Contains(kind.Part, StringComparison.Ordinal)) is >= 0 and var kind)
                counts[kind] = counts.GetValueOrDefault(kind) + number;
        }
    }

    /// <summary>The summary as text for the terminal.</summary>
    public static IEnumerable<string> Describe(IReadOnlyList<ImportSummaryLine> lines) =>
        lines.Count == 0
            ? []
            :
            [
                "",
                "What did not come through as it was, the worst first (--report FILE has each):",
                .. lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Count, 7:N0}  {line.What} ({line.Link})")),
                "",
            ];

    [GeneratedRegex(@"^(?:line [0-9]+(?:, item [0-9]+)?|number [0-9]+): ")]
    private static partial Regex Place();

    [GeneratedRegex("^([0-9]{1,9}) ×")]
    private static partial Regex Many();
}

/// <summary>A kind of content that an import could not take over.</summary>
/// <param name="Count">Number of cases.</param>
/// <param name="What">Description in plain words.</param>
/// <param name="Link">Link to the section of the guide.</param>
internal sealed record ImportSummaryLine(long Count, string What, string Link);
