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
/// Bytes: version, flags, now and number (64 bits, big-endian), id (16), binding (8), text (UTF-8, or Latin-1 where that is shorter, as for
/// sort keys), checksum (8). The checksum detects a mistyped cursor, the binding a cursor of another list. Neither is a secret: a forged
/// cursor reveals no more than a filter on the sort value would.
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
        var isLatin1 = IsShorterInLatin1(Position.Text);
        var text = (isLatin1 ? Encoding.Latin1 : StrictUtf8).GetBytes(Position.Text ?? "");
        var bytes = new byte[HeadLength + text.Length + HashLength];
        bytes[0] = Version;
        bytes[1] = (byte)((Backward ? 1 : 0) | (Position.Text is null ? 0 : 2) | (isLatin1 ? 4 : 0));
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
        if (Base64Url.EncodeToString(bytes) != written || bytes.Length < HeadLength + HashLength || bytes[0] != Version || bytes[1] > 7)
            return false;
        if (!Hash(bytes.AsSpan(..^HashLength)).AsSpan().SequenceEqual(bytes.AsSpan(^HashLength..)))
            return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2));
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        if (!TryReadText(bytes.AsSpan(HeadLength..^HashLength), hasText: (bytes[1] & 2) != 0, isLatin1: (bytes[1] & 4) != 0, out var text))
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
    /// <param name="canonicalQuery">The path and the filters.</param>
    /// <param name="sort">The sort.</param>
    /// <param name="textOrder">
    /// The order of titles and names. It matters to a sort by them only: a sort key means nothing in another order.
    /// </param>
    public static byte[] Bind(string canonicalQuery, string sort, string textOrder) =>
        Hash(
            Encoding.UTF8.GetBytes(
                sort.TrimStart('-') is "title" or "name" or "label" ? $"{canonicalQuery}\n{sort}\n{textOrder}" : $"{canonicalQuery}\n{sort}"
            )
        );

    private static bool IsShorterInLatin1(string? text) =>
        text is not null && !text.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff') && text.AsSpan().ContainsAnyInRange('\u0080', '\u00ff');

    private static bool TryReadText(ReadOnlySpan<byte> bytes, bool hasText, bool isLatin1, out string? text)
    {
        text = null;
        if (!hasText)
            return bytes.IsEmpty && !isLatin1;
        if (isLatin1)
        {
            text = Encoding.Latin1.GetString(bytes);
            return !bytes.Contains((byte)0) && IsShorterInLatin1(text);
        }
        if (bytes.Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        text = StrictUtf8.GetString(bytes);
        return true;
    }

    private static byte[] Hash(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes)[..HashLength];
}
