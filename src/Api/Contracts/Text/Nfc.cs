namespace Api.Contracts.Text;

/// <summary>Unicode normalization form C (UAX #15).</summary>
internal static class Nfc
{
    /// <summary>The text in normalization form C. Lone surrogates, which <see cref="string.Normalize()"/> rejects, become U+FFFD.</summary>
    public static string Normalize(string text) => WithoutLoneSurrogates(text).Normalize();

    /// <summary>True when <see cref="Normalize"/> would change nothing.</summary>
    public static bool IsNormalized(string text) => Normalize(text) == text;

    private static string WithoutLoneSurrogates(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : string.Concat(text.EnumerateRunes());
}
