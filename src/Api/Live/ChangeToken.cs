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
/// <param name="Mark">Distinguishes the change from others with the same sequence; empty for 0.</param>
internal readonly record struct ChangeToken(long Sequence, string Mark)
{
    /// <summary>No change is known yet.</summary>
    public static ChangeToken Start => new(0, "");

    private const int MarkBytes = 6;

    /// <summary>The token of a change.</summary>
    /// <param name="sequence">The sequence of the change.</param>
    /// <param name="at">The instant of the change (UTC).</param>
    public static ChangeToken Of(long sequence, DateTime at)
    {
        if (sequence == 0)
            return Start;
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sequence} {at.Ticks}")));
        return new ChangeToken(sequence, Base64Url.EncodeToString(hash.AsSpan(0, MarkBytes)));
    }

    /// <summary>Parses the output of <see cref="ToString"/>; null for any other text.</summary>
    public static ChangeToken? Read(string text)
    {
        if (text == "0")
            return Start;
        return
            text.Split('.') is [var number, { Length: 8 } mark]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && sequence > 0
            ? new ChangeToken(sequence, mark)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Sequence == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Mark}");
}
