using System.Buffers;

namespace Api.Words.Languages;

/// <summary>Characters inside of words that nobody sees.</summary>
internal static class Invisible
{
    /// <summary>The soft hyphen, the marks of direction, the word joiner and the mark of byte order: never part of a word.</summary>
    public static readonly SearchValues<char> Always = SearchValues.Create(
        "\u00ad\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
    );

    /// <summary>The half-space of Persian and its opposite: they show where a word has its suffix.</summary>
    public static readonly SearchValues<char> Joiners = SearchValues.Create("\u200c\u200d");
}
