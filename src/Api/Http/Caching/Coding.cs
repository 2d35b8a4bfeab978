using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Api.Http.Caching;

/// <summary>A content coding (RFC 9110 §8.4.1).</summary>
internal enum Coding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Chooses codings and applies them.</summary>
internal static class Codings
{
    private const int Remembered = 1_000;
    private const int RememberedLength = 100;

    private static readonly ConcurrentDictionary<string, Coding> Chosen = new(StringComparer.Ordinal);

    /// <summary>
    /// The best coding that <c>Accept-Encoding</c> allows (RFC 9110 §12.5.3). Results are cached, as clients send few different values.
    /// </summary>
    public static Coding Choose(string? accepted)
    {
        if (string.IsNullOrEmpty(accepted))
            return Coding.Identity;
        if (Chosen.TryGetValue(accepted, out var known))
            return known;
        var chosen = Best(accepted, [Coding.Brotli, Coding.Gzip]);
        if (Chosen.Count < Remembered && accepted.Length <= RememberedLength)
            Chosen.TryAdd(accepted, chosen);
        return chosen;
    }

    /// <summary>The name of a coding; null for none.</summary>
    public static string? Name(Coding coding) =>
        coding switch
        {
            Coding.Brotli => "br",
            Coding.Gzip => "gzip",
            _ => null,
        };

    /// <summary>Encodes a body.</summary>
    public static byte[] Encode(ReadOnlyMemory<byte> plain, Coding coding)
    {
        using var buffer = new MemoryStream(plain.Length / 4);
        // Done once per cached answer, so it may take some milliseconds.
        using (
            Stream encoder =
                coding == Coding.Brotli
                    ? new BrotliStream(buffer, new BrotliCompressionOptions { Quality = 5 })
                    : new GZipStream(buffer, CompressionLevel.Optimal)
        )
            encoder.Write(plain.Span);
        return buffer.ToArray();
    }

    /// <summary>Whether <c>Accept-Encoding</c> prefers gzip when gzip is the only coding on offer.</summary>
    public static bool TakesGzip(string? accepted) => Best(accepted, [Coding.Gzip]) == Coding.Gzip;

    // The first of two with the same quality.
    private static Coding Best(string? accepted, IEnumerable<Coding> codings)
    {
        var values = Values(accepted);
        return codings
            .Append(Coding.Identity)
            .Where(coding => Quality(values, coding) > 0)
            .DefaultIfEmpty(Coding.Identity)
            .MaxBy(coding => Quality(values, coding));
    }

    private static IList<StringWithQualityHeaderValue> Values(string? accepted) =>
        StringWithQualityHeaderValue.TryParseList([accepted ?? ""], out var values) ? values : [];

    // Identity is acceptable unless the header excludes it, but preferred only if the header names it.
    private static double Quality(IList<StringWithQualityHeaderValue> values, Coding coding)
    {
        if (coding == Coding.Identity)
            return Find("identity") is { } plain ? plain.Quality ?? 1 : double.Epsilon;
        return (Find(Name(coding)!) ?? Find("*")) is { } value ? value.Quality ?? 1 : 0;

        StringWithQualityHeaderValue? Find(string name) =>
            values.FirstOrDefault(value => value.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
