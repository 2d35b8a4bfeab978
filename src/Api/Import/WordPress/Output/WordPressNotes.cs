using System.Globalization;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Output;

/// <summary>
/// The notes of one reading, in order. Beyond <see cref="Limit"/> they are counted by kind: an unusual file may give one note for each
/// item.
/// </summary>
internal sealed partial class WordPressNotes
{
    /// <summary>Maximum number of notes kept.</summary>
    public const int Limit = 10_000;

    private readonly List<WordPressNote> notes = [];
    private const int ItemsNamed = 10;
    private const int MostKinds = 1_000;

    private readonly SortedDictionary<string, Counted> counted = new(StringComparer.Ordinal);
    private int beyond;
    private int item;

    public void Add(int item, int line, string text)
    {
        if (notes.Count < Limit)
            notes.Add(new WordPressNote(item, line, text));
        else if (Particulars().Replace(text, "…") is var kind && (this.counted.ContainsKey(kind) || this.counted.Count < MostKinds))
            CountIn(kind, item);
        else
            beyond++;
    }

    /// <summary>Sets the item to which the following counts belong.</summary>
    /// <param name="item">Item number from 1; 0 for none.</param>
    public void At(int item) => this.item = item;

    /// <summary>Counts an occurrence that gets only one note for the whole file, which names the first items concerned.</summary>
    /// <param name="what">The text of the note without the count, such as <c>[gallery] shortcodes left out</c>.</param>
    public void Count(string what) => CountIn(what, this.item);

    private void CountIn(string what, int item)
    {
        if (!this.counted.TryGetValue(what, out var counted))
            this.counted[what] = counted = new Counted();
        counted.Times++;
        if (item == 0 || item == counted.Last)
            return;
        counted.Last = item;
        if (++counted.Items <= ItemsNamed)
            counted.First.Add(item);
    }

    public IReadOnlyList<WordPressNote> List()
    {
        var all = new List<WordPressNote>(notes);
        all.AddRange(
            this.counted.Select(c => new WordPressNote(
                0,
                0,
                string.Create(CultureInfo.InvariantCulture, $"{c.Value.Times} × {c.Key}{c.Value.Where}")
            ))
        );
        if (beyond > 0)
            all.Add(new WordPressNote(0, 0, string.Create(CultureInfo.InvariantCulture, $"and {beyond} further notes on single items")));
        return all;
    }

    // The parts in which notes of the same kind differ.
    [GeneratedRegex("""'[^']{0,1000}'|"[^"]{0,1000}"|[0-9]+""")]
    private static partial Regex Particulars();

    private sealed class Counted
    {
        public int Times { get; set; }
        public int Items { get; set; }
        public int Last { get; set; }
        public List<int> First { get; } = [];

        public string Where =>
            Items == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $" (in item{(Items == 1 ? "" : "s")} {string.Join(", ", First)}{(Items > ItemsNamed ? $" and {Items - ItemsNamed} more" : "")})"
                );
    }
}
