using System.Globalization;

namespace Api.Import.WordPress.Hidden;

/// <summary>
/// The parts removed from one text: kinds and counts for the report, and the removed text, which must not reappear in other members.
/// </summary>
internal sealed class HiddenParts
{
    // A page made with a page builder may have hundreds of kinds.
    private const int MostKinds = 20;

    private readonly Dictionary<string, int> kinds = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];

    /// <param name="kind">Such as <c>block 'group' (hidden)</c>.</param>
    /// <param name="text">The removed text, as stored.</param>
    public void Add(string kind, string text)
    {
        Note(kind);
        texts.Add(text);
    }

    /// <summary>Records a member that was left out because it repeats removed text.</summary>
    public void Note(string kind) => kinds[kind] = kinds.GetValueOrDefault(kind) + 1;

    /// <summary>A sentence for the report; null when nothing was taken out.</summary>
    public string? Describe() =>
        kinds.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"left out, since it is not shown to everybody: {string.Join("; ", kinds.Take(MostKinds).Select(kind => $"{kind.Value} × {kind.Key}"))}{(kinds.Count > MostKinds ? "; and more" : "")}"
            );

    /// <summary>True when a text, such as a summary, contains words that occur only in removed parts.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="shown">The remaining text, HTML.</param>
    public bool Repeats(string text, string shown) => text.Length > 0 && texts.Count > 0 && HiddenWords.Repeats(text, texts, shown);

    /// <summary>True when a removed part names a file and the remaining text does not.</summary>
    /// <param name="url">URL of the file.</param>
    /// <param name="shown">The remaining text, HTML.</param>
    public bool HasOnly(string url, string shown)
    {
        var name = url[(url.LastIndexOf('/') + 1)..];
        return name.Length > 0
            && !shown.Contains(name, StringComparison.OrdinalIgnoreCase)
            && texts.Any(text => text.Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}
