using System.Globalization;

namespace Api.Import.WordPress;

/// <summary>The notes of one reading, in order. Beyond <see cref="Limit"/> they are counted only: an odd file may give one per item.</summary>
internal sealed class WordPressNotes
{
    /// <summary>Notes kept.</summary>
    public const int Limit = 10_000;

    private readonly List<WordPressNote> _notes = [];
    private readonly SortedDictionary<string, int> _counted = new(StringComparer.Ordinal);
    private int _beyond;

    public void Add(int item, int line, string text)
    {
        if (_notes.Count < Limit)
            _notes.Add(new WordPressNote(item, line, text));
        else
            _beyond++;
    }

    /// <summary>Counts a thing that is only worth one note for the whole file.</summary>
    /// <param name="what">The note's text without its number, such as <c>[gallery] shortcodes left out</c>.</param>
    public void Count(string what) => _counted[what] = _counted.GetValueOrDefault(what) + 1;

    public IReadOnlyList<WordPressNote> List()
    {
        var all = new List<WordPressNote>(_notes);
        all.AddRange(_counted.Select(c => new WordPressNote(0, 0, string.Create(CultureInfo.InvariantCulture, $"{c.Value} × {c.Key}"))));
        if (_beyond > 0)
            all.Add(new WordPressNote(0, 0, string.Create(CultureInfo.InvariantCulture, $"and {_beyond} further notes on single items")));
        return all;
    }
}
