using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Api.Live;

/// <summary>
/// A position in the change log, in its public form: the sequence of a change and a hash of its instant. After older content is restored,
/// another change has the same sequence, and the hash shows that the token belongs to another history; no generation number is stored for
/// that. The token is the same on every node and every copy of the database.
/// </summary>
/// <param name="Sequence">All changes up to this sequence are known; 0 for none.</param>
/// <param name="Hash">Distinguishes the change from others with the same sequence: 48 bits; 0 for none.</param>
internal readonly record struct ChangeToken(long Sequence, ulong Hash)
{
    private const int HashBytes = 6;

    /// <summary>No change is known yet.</summary>
    public static ChangeToken Start => default;

    /// <summary>The hash in base64url (RFC 4648 §5): eight characters.</summary>
    public string Mark
    {
        get
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Hash);
            return Base64Url.EncodeToString(bytes[^HashBytes..]);
        }
    }

    /// <summary>The token of a change.</summary>
    /// <param name="sequence">The sequence of the change.</param>
    /// <param name="at">The instant of the change (UTC).</param>
    public static ChangeToken Of(long sequence, DateTime at)
    {
        if (sequence == 0)
            return Start;
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sequence} {at.Ticks}")));
        return new ChangeToken(sequence, Number(hash.AsSpan(0, HashBytes)));
    }

    /// <summary>Parses the output of <see cref="ToString"/>; null for any other text.</summary>
    public static ChangeToken? Read(string text)
    {
        if (text == "0")
            return Start;
        Span<byte> hash = stackalloc byte[HashBytes];
        return
            text.Split('.') is [[not '0', ..] number, { Length: 8 } mark]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && Base64Url.IsValid(mark)
            && Base64Url.TryDecodeFromChars(mark, hash, out var length)
            && length == HashBytes
            ? new ChangeToken(sequence, Number(hash))
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Sequence == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Mark}");

    private static ulong Number(ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        hash.CopyTo(bytes[^HashBytes..]);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
