namespace Api.Import.WordPress.Wxr;

/// <summary>
/// Reads the parts of a WordPress site in order, one in memory at a time: from an export file, or from the data fetched from a running
/// site.
/// </summary>
internal interface IWxrReader : IDisposable
{
    /// <summary>Number of characters replaced so far because XML forbids them.</summary>
    int ReplacedCharacters { get; }

    /// <summary>Position of the first replaced character, as <see cref="WxrNode.Line"/>; 0 when there is none.</summary>
    int FirstReplacedLine { get; }

    /// <summary>The next part, or null at the end: settings, authors and terms, then items.</summary>
    WxrNode? Next();
}
