namespace Api.Import.WordPress;

/// <summary>The parts of a WordPress site in order, one in memory at a time: from an export file, or from what was fetched of a live site.</summary>
internal interface IWxrReader : IDisposable
{
    /// <summary>Characters replaced so far because XML forbids them.</summary>
    int ReplacedCharacters { get; }

    /// <summary>Where the first of them stands, as <see cref="WxrNode.Line"/>; 0 when there is none.</summary>
    int FirstReplacedLine { get; }

    /// <summary>The next part, or null at the end: settings, authors and terms, then items.</summary>
    WxrNode? Next();
}
