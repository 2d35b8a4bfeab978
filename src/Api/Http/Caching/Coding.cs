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

    /// <summary>The best coding that <c>Accept-Encoding</c> allows (RFC 9110 §12.5.3). Clients send few different ones, so they are remembered.</summary>
    public static Coding Choose(string? accepted)
    {
        if (string.IsNullOrEmpty(accepted)) return Coding.Identity;
        if (Chosen.TryGetValue(accepted, out var known)) return known;
        var chosen = Read(accepted);
        if (Chosen.Count < Remembered && accepted.Length <= RememberedLength) Chosen.TryAdd(accepted, chosen);
        return chosen;
    }

    /// <summary>The name of a coding; null for none.</summary>
    public static string? Name(Coding coding) => coding switch { Coding.Brotli => "br", Coding.Gzip => "gzip", _ => null };

    /// <summary>The bytes in a coding.</summary>
    public static byte[] Encode(ReadOnlyMemory<byte> plain, Coding coding)
    {
        using var buffer = new MemoryStream(plain.Length / 4);
        // Done once for many answers, so it may take some milliseconds.
        using (Stream encoder = coding == Coding.Brotli ? new BrotliStream(buffer, new BrotliCompressionOptions { Quality = 5 }) : new GZipStream(buffer, CompressionLevel.Optimal))
            encoder.Write(plain.Span);
        return buffer.ToArray();
    }

    private static Coding Read(string accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList([accepted], out var values)) return Coding.Identity;
        return new[] { Coding.Brotli, Coding.Gzip }.Where(Allows).DefaultIfEmpty(Coding.Identity).MaxBy(Quality);

        bool Allows(Coding coding) => Quality(coding) > 0;
        double Quality(Coding coding) => (Find(Name(coding)!) ?? Find("*")) is { } value ? value.Quality ?? 1 : 0;
        StringWithQualityHeaderValue? Find(string name) => values.FirstOrDefault(value => value.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
