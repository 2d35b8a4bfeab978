using System.Buffers;
using System.Text.Json;
using Api.Contracts;

namespace Api.Http.Json;

/// <summary>An item as lists show it: UTF-8 that is copied into answers. Only the base of its own address, which depends on the request, is put in then.</summary>
internal sealed class ReadyItem : IIdentified
{
    // Beside the bytes: the object, its arrays and its place among others.
    private const int Overhead = 400;

    private static readonly IEqualityComparer<byte[]> Same = EqualityComparer<byte[]>.Create((one, other) => one.AsSpan().SequenceEqual(other));

    // Items of a kind have the same members, and share their names.
    private static byte[][] usualNames = [];

    private readonly byte[] json;
    private readonly int hole;
    private readonly byte[][] names;
    // Where each member begins, and where the last one ends.
    private readonly int[] places;
    private long used;

    /// <param name="number">Its number in the database.</param>
    /// <param name="id">Its public id.</param>
    /// <param name="from">The sequence of the content from which on it looks so.</param>
    /// <param name="json">The item, with an address of its own that begins with its path.</param>
    /// <param name="self">That path. It stands in <c>links.self</c>, the last member.</param>
    public ReadyItem(int number, string id, long from, byte[] json, string self)
    {
        (Number, Id, From, this.json) = (number, id, from, json);
        hole = json.Length - self.Length - 3;
        (names, places) = Members(json);
    }

    /// <summary>Its number in the database.</summary>
    public int Number { get; }

    /// <summary>Its public id.</summary>
    public string Id { get; }

    /// <summary>The sequence of the content from which on it looks so, as far as is known.</summary>
    public long From { get; }

    /// <summary>The numbers of other items that it shows.</summary>
    public int[] Shown { get; init; } = [];

    /// <summary>Whether it shows translations.</summary>
    public bool HasTranslations { get; init; }

    /// <summary>What it takes in memory.</summary>
    public int Bytes => Overhead + json.Length + (4 * (places.Length + Shown.Length));

    /// <summary>When it was used last, in the clock's timestamps.</summary>
    public long Used
    {
        get => Volatile.Read(ref used);
        set => Volatile.Write(ref used, value);
    }

    /// <summary>Writes the item.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="address">The base of its address, as it stands in a JSON string.</param>
    /// <param name="fields">The members to write; null for all.</param>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> address, FieldSelection? fields)
    {
        if (fields is null)
        {
            Copy(output, 0, json.Length, address);
            return;
        }
        output.Write("{"u8);
        var isFirst = true;
        for (var n = 0; n < names.Length; n++)
        {
            if (fields.Below(names[n]) is not { } below) continue;
            if (!isFirst) output.Write(","u8);
            isFirst = false;
            var (start, end) = (places[n], places[n + 1] - 1);
            if (below.IsWhole) Copy(output, start, end, address);
            else
            {
                // The name, its quotes and the colon.
                var value = start + names[n].Length + 3;
                output.Write(json.AsSpan(start, value - start));
                CopyParts(output, value, end, address, below);
            }
        }
        output.Write("}"u8);
    }

    private void Copy(IBufferWriter<byte> output, int start, int end, ReadOnlySpan<byte> address)
    {
        if (hole < start || hole >= end)
        {
            output.Write(json.AsSpan(start, end - start));
            return;
        }
        output.Write(json.AsSpan(start, hole - start));
        output.Write(address);
        output.Write(json.AsSpan(hole, end - hole));
    }

    private void CopyParts(IBufferWriter<byte> output, int start, int end, ReadOnlySpan<byte> address, FieldSelection below)
    {
        if (hole < start || hole >= end)
        {
            below.Copy(json.AsSpan(start, end - start), output);
            return;
        }
        var filled = new ArrayBufferWriter<byte>(end - start + address.Length);
        Copy(filled, start, end, address);
        below.Copy(filled.WrittenSpan, output);
    }

    private static (byte[][] Names, int[] Places) Members(byte[] json)
    {
        var (names, places) = (new List<byte[]>(), new List<int>());
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.ValueSpan.ToArray());
            places.Add((int)reader.TokenStartIndex);
            reader.Skip();
        }
        places.Add(json.Length);
        var usual = usualNames;
        if (!names.SequenceEqual(usual, Same)) usualNames = usual = [.. names];
        return (usual, [.. places]);
    }
}
