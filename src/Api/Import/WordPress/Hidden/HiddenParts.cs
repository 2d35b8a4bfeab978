using System.Globalization;

namespace Api.Import.WordPress.Hidden;

/// <summary>What was taken out of one text: kinds and numbers for the report, and the words, which must not come back by another way.</summary>
internal sealed class HiddenParts
{
    // A page builder's odd page may have hundreds of kinds.
    private const int MostKinds = 20;

    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <param name="kind">Such as <c>block 'group' (hidden)</c>.</param>
    /// <param name="text">What was taken out, as it stood there.</param>
    public void Add(string kind, string text)
    {
        Note(kind);
        _texts.Add(text);
    }

    /// <summary>Notes something that was left out because of what was taken out.</summary>
    public void Note(string kind) => _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;

    /// <summary>A sentence for the report; null when nothing was taken out.</summary>
    public string? Describe() => _kinds.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"left out, since it is not shown to everybody: {string.Join("; ", _kinds.Take(MostKinds).Select(kind => $"{kind.Value} × {kind.Key}"))}{(_kinds.Count > MostKinds ? "; and more" : "")}");

    /// <summary>True when a text, such as a summary, holds words that only stand in what was taken out.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="shown">What is left, HTML.</param>
    public bool Repeats(string text, string shown) => text.Length > 0 && _texts.Count > 0 && HiddenWords.Repeats(text, _texts, shown);

    /// <summary>True when what was taken out names a file, and what is left does not.</summary>
    /// <param name="url">Address of the file.</param>
    /// <param name="shown">What is left, HTML.</param>
    public bool HasOnly(string url, string shown)
    {
        var name = url[(url.LastIndexOf('/') + 1)..];
        return name.Length > 0 && !shown.Contains(name, StringComparison.OrdinalIgnoreCase) && _texts.Any(text => text.Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}
