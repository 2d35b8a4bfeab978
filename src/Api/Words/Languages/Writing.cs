namespace Api.Words.Languages;

/// <summary>How a language shows where a word ends.</summary>
internal enum Writing
{
    /// <summary>By spaces.</summary>
    Spaced,

    /// <summary>Not at all, as in Chinese, Japanese, Thai, Lao, Khmer and Burmese.</summary>
    Unspaced,

    /// <summary>By spaces, but with particles and compounds between them.</summary>
    Korean,
}
