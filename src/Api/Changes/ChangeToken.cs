using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Api.Changes;

/// <summary>
/// How far somebody has followed the changes, as it is written for them: the number of a change and a hash of its instant. After a restore of older content another
/// change bears the number, and then the token is foreign: no generation has to be kept for that. The same on every node and every copy of the database.
/// </summary>
/// <param name="Sequence">The changes up to it are known; 0 for none.</param>
/// <param name="Mark">Tells the change with this number from others; empty for 0.</param>
internal readonly record struct ChangeToken(long Sequence, string Mark)
{
    /// <summary>Nothing is known yet.</summary>
    public static ChangeToken Start => new(0, "");

    private const int MarkBytes = 6;

    /// <summary>The token of a change.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="at">Its instant (UTC).</param>
    public static ChangeToken Of(long sequence, DateTime at)
    {
        if (sequence == 0) return Start;
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sequence} {at.Ticks}")));
        return new ChangeToken(sequence, Base64Url.EncodeToString(hash.AsSpan(0, MarkBytes)));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is anything else.</summary>
    public static ChangeToken? Read(string text)
    {
        if (text == "0") return Start;
        return text.Split('.') is [var number, { Length: 8 } mark] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0
            ? new ChangeToken(sequence, mark)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Sequence == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Mark}");
}
