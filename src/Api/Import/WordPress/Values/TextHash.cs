using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Api.Import.WordPress.Values;

/// <summary>
/// Replaces a text by its hash where only equality matters and there are hundreds of thousands: 8 bytes instead of about 100.
/// </summary>
internal static class TextHash
{
    /// <summary>The first 64 bits of SHA-256: of 30 million sets of a million texts, one has two texts with the same hash.</summary>
    public static ulong Of(string text) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
