namespace Api.Import.Lines.Values;

/// <summary>
/// The sizes of the import format (docs/import-format.md). A longer value is rejected; readers of other formats cut theirs.
/// </summary>
internal static class LineLimits
{
    /// <summary>Characters of a title or name.</summary>
    public const int Title = 500;

    /// <summary>Characters of any other text of one line.</summary>
    public const int Line = 2_000;

    /// <summary>Characters of a summary, description or caption.</summary>
    public const int Summary = 10_000;

    /// <summary>Characters of a DOI.</summary>
    public const int Doi = 500;

    /// <summary>Characters of a report number.</summary>
    public const int ReportNumber = 200;

    /// <summary>Topics of an item, the primary one included.</summary>
    public const int Topics = 100;

    /// <summary>Experts of an item.</summary>
    public const int Experts = 200;

    /// <summary>Translations of an article, without the article itself.</summary>
    public const int Translations = 50;

    /// <summary>Files of an article.</summary>
    public const int Files = 100;

    /// <summary>Corrections of an article.</summary>
    public const int Corrections = 100;

    /// <summary>Web pages of an expert.</summary>
    public const int Profiles = 50;

    /// <summary>Entries of a menu, on all levels together.</summary>
    public const int MenuEntries = 1_000;

    /// <summary>Levels of a menu.</summary>
    public const int MenuLevels = 8;
}
