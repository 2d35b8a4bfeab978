using System.Buffers;
using System.Text.Json;
using Api.Contracts;

namespace Api.Http.Json;

/// <summary>
/// An item of a list as serialized JSON, which is copied into answers. Only the base of the item's own address depends on the request and
/// is inserted during the copy.
/// </summary>
internal sealed class ReadyItem : IIdentified
{
    // In bytes, beside the JSON: the object, its arrays and its cache entry.
    private const int Overhead = 400;

    private static readonly IEqualityComparer<byte[]> ByContent = EqualityComparer<byte[]>.Create(
        (one, other) => one.AsSpan().SequenceEqual(other)
    );

    // Items of a resource have the same members and share the array of names.
    private static byte[][] sharedNames = [];

    private readonly byte[] json;
    private readonly int baseOffset;
    private readonly byte[][] names;

    // Offsets at which the members start, and the end of the last one.
    private readonly int[] offsets;
    private long used;

    private ReadyItem(int number, string id, long from, byte[] json)
    {
        (Number, Id, From, this.json) = (number, id, from, json);
        (baseOffset, names, offsets) = (-1, [], []);
    }

    /// <param name="number">Its number in the database.</param>
    /// <param name="id">Its public id.</param>
    /// <param name="from">The sequence of the content from which the JSON is valid.</param>
    /// <param name="json">The item; its own address is a path, without a base.</param>
    /// <param name="self">That path. It is the value of <c>links.self</c>, the last member.</param>
    public ReadyItem(int number, string id, long from, byte[] json, string self)
    {
        (Number, Id, From, this.json) = (number, id, from, json);
        baseOffset = json.Length - self.Length - 3;
        (names, offsets) = Members(json);
    }

    /// <summary>A card, which has no address in the API.</summary>
    public static ReadyItem OfCard(byte[] json) => new(0, "", 0, json);

    /// <inheritdoc cref="OfCard(byte[])"/>
    /// <param name="number">Its number in the database.</param>
    /// <param name="id">Its public id.</param>
    /// <param name="from">The sequence of the content from which the JSON is valid.</param>
    /// <param name="json">The card.</param>
    /// <param name="shown">The numbers of other items that it shows.</param>
    public static ReadyItem OfCard(int number, string id, long from, byte[] json, int[] shown) =>
        new(number, id, from, json) { Shown = shown };

    /// <summary>Its number in the database.</summary>
    public int Number { get; }

    /// <summary>Its public id.</summary>
    public string Id { get; }

    /// <summary>The sequence of the content from which the JSON is valid, as far as known.</summary>
    public long From { get; }

    /// <summary>The numbers of other items that it shows.</summary>
    public int[] Shown { get; init; } = [];

    /// <summary>Whether it shows translations.</summary>
    public bool HasTranslations { get; init; }

    /// <summary>Whether it is a card.</summary>
    public bool IsCard => baseOffset < 0;

    /// <summary>The item as UTF-8; for cards only, as the address of others is incomplete.</summary>
    public ReadOnlyMemory<byte> Json => IsCard ? json : throw new InvalidOperationException("The item has an address to fill in.");

    /// <summary>Memory use in bytes.</summary>
    public int Bytes => Overhead + json.Length + (4 * (offsets.Length + Shown.Length));

    /// <summary>When it was last used, as a timestamp of the clock.</summary>
    public long Used
    {
        get => Volatile.Read(ref used);
        set => Volatile.Write(ref used, value);
    }

    /// <summary>Writes the item.</summary>
    /// <param name="output">Receives the JSON.</param>
    /// <param name="address">The base of its address, escaped for a JSON string.</param>
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
            if (fields.Below(names[n]) is not { } below)
                continue;
            if (!isFirst)
                output.Write(","u8);
            isFirst = false;
            var (start, end) = (offsets[n], offsets[n + 1] - 1);
            if (below.IsWhole)
                Copy(output, start, end, address);
            else
            {
                // Skips the name, its quotes and the colon.
                var value = start + names[n].Length + 3;
                output.Write(json.AsSpan(start, value - start));
                CopyParts(output, value, end, address, below);
            }
        }
        output.Write("}"u8);
    }

    private void Copy(IBufferWriter<byte> output, int start, int end, ReadOnlySpan<byte> address)
    {
        if (baseOffset < start || baseOffset >= end)
        {
            output.Write(json.AsSpan(start, end - start));
            return;
        }
        output.Write(json.AsSpan(start, baseOffset - start));
        output.Write(address);
        output.Write(json.AsSpan(baseOffset, end - baseOffset));
    }

    private void CopyParts(IBufferWriter<byte> output, int start, int end, ReadOnlySpan<byte> address, FieldSelection below)
    {
        if (baseOffset < start || baseOffset >= end)
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
        var (names, offsets) = (new List<byte[]>(), new List<int>());
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.ValueSpan.ToArray());
            offsets.Add((int)reader.TokenStartIndex);
            reader.Skip();
        }
        offsets.Add(json.Length);
        var shared = sharedNames;
        if (!names.SequenceEqual(shared, ByContent))
            sharedNames = shared = [.. names];
        return (shared, [.. offsets]);
    }
}
