using System.Runtime.CompilerServices;

namespace Api.Words.Postings;

/// <summary>Numbers of seven bits a byte, the lowest first; the highest bit says that another byte follows. Pure.</summary>
internal static class Varint
{
    /// <summary>Reads a number and moves the place behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(byte[] bytes, ref int place)
    {
        // Calls nothing with the place, so that it can stay in a register.
        int value = bytes[place++];
        if (value < 0x80)
            return value;
        value &= 0x7f;
        for (var shift = 7; ; shift += 7)
        {
            int next = bytes[place++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}

/// <summary>A growing array of bytes.</summary>
internal sealed class ByteBuffer
{
    private byte[] bytes = [];

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes written.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    /// <summary>Removes everything.</summary>
    public void Clear() => Length = 0;

    public void Add(byte one)
    {
        if (Length == bytes.Length)
            Array.Resize(ref bytes, Math.Max(8, bytes.Length * 2));
        bytes[Length++] = one;
    }

    public void Add(ReadOnlySpan<byte> many)
    {
        if (Length + many.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + many.Length));
        many.CopyTo(bytes.AsSpan(Length));
        Length += many.Length;
    }

    /// <summary>Adds a number as <see cref="Varint"/> reads it.</summary>
    public void AddNumber(int value)
    {
        for (var left = (uint)value; ; left >>= 7)
        {
            if (left < 0x80)
            {
                Add((byte)left);
                return;
            }
            Add((byte)(left | 0x80));
        }
    }
}
