using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Api.Http.Parameters;

/// <summary>A position in a list, opaque to clients and valid on every node and every copy of the content.</summary>
/// <param name="Position">The row to continue from.</param>
/// <param name="Backward">True to continue towards the start of the list.</param>
/// <param name="Now">The instant (UTC) at which the client began to follow cursors.</param>
/// <remarks>
/// Bytes: version, flags, now and number (64 bits, big-endian), id (16), binding (8), text (UTF-8, any length), checksum (8). The checksum
/// detects a mistyped cursor, the binding a cursor of another list. Neither is a secret: a forged cursor reveals no more than a filter on
/// the sort value would.
/// </remarks>
internal sealed record Cursor(Position Position, bool Backward, DateTime Now)
{
    private const byte Version = 1;
    private const int HeadLength = 2 + 8 + 8 + 16 + HashLength;
    private const int HashLength = 8;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Writes the cursor in base64url (RFC 4648 §5).</summary>
    /// <param name="binding">The list it belongs to, from <see cref="Bind"/>.</param>
    public string Write(ReadOnlySpan<byte> binding)
    {
        var text = StrictUtf8.GetBytes(Position.Text ?? "");
        var bytes = new byte[HeadLength + text.Length + HashLength];
        bytes[0] = Version;
        bytes[1] = (byte)((Backward ? 1 : 0) | (Position.Text is null ? 0 : 2));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), Now.Ticks);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(10), Position.Number);
        Position.Id.TryWriteBytes(bytes.AsSpan(18), bigEndian: true, out _);
        binding.CopyTo(bytes.AsSpan(34));
        text.CopyTo(bytes.AsSpan(HeadLength));
        Hash(bytes.AsSpan(..^HashLength)).CopyTo(bytes.AsSpan(^HashLength..));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor that <see cref="Write"/> wrote; false for any other text.</summary>
    public static bool TryRead(string written, out Cursor cursor, out byte[] binding)
    {
        cursor = new Cursor(default, false, DateTime.UnixEpoch);
        binding = [];
        if (!Base64Url.IsValid(written))
            return false;
        var bytes = Base64Url.DecodeFromChars(written);
        // Rejects other encodings of the same bytes (padding, unused bits).
        if (Base64Url.EncodeToString(bytes) != written || bytes.Length < HeadLength + HashLength || bytes[0] != Version || bytes[1] > 3)
            return false;
        if (!Hash(bytes.AsSpan(..^HashLength)).AsSpan().SequenceEqual(bytes.AsSpan(^HashLength..)))
            return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2));
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        if (!TryReadText(bytes.AsSpan(HeadLength..^HashLength), hasText: (bytes[1] & 2) != 0, out var text))
            return false;
        var position = new Position(
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(10)),
            text,
            new Guid(bytes.AsSpan(18, 16), bigEndian: true)
        );
        cursor = new Cursor(position, (bytes[1] & 1) != 0, new DateTime(ticks, DateTimeKind.Utc));
        binding = bytes[34..HeadLength];
        return true;
    }

    /// <summary>A short hash of the list a cursor belongs to: its path, filters and sort.</summary>
    public static byte[] Bind(string canonicalQuery, string sort) => Hash(Encoding.UTF8.GetBytes($"{canonicalQuery}\n{sort}"));

    private static bool TryReadText(ReadOnlySpan<byte> bytes, bool hasText, out string? text)
    {
        text = null;
        if (!hasText)
            return bytes.IsEmpty;
        if (bytes.Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        text = StrictUtf8.GetString(bytes);
        return true;
    }

    private static byte[] Hash(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes)[..HashLength];
}
