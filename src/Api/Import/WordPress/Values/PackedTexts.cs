using System.Text;

namespace Api.Import.WordPress.Values;

/// <summary>Several texts in one byte array: separate strings would take three times the memory.</summary>
internal readonly struct PackedTexts
{
    private const char End = '\0';

    private readonly byte[] bytes;

    /// <summary>Packs texts; U+0000 in them is removed.</summary>
    public PackedTexts(params IEnumerable<string> texts) =>
        bytes = Encoding.UTF8.GetBytes(string.Join(End, texts.Select(text => text.Replace($"{End}", "", StringComparison.Ordinal))));

    /// <summary>The text at an index from 0; empty beyond the last.</summary>
    public string this[int place]
    {
        get
        {
            var rest = bytes.AsSpan();
            for (; place > 0; place--)
            {
                if (rest.IndexOf((byte)End) is not (>= 0 and var end))
                    return "";
                rest = rest[(end + 1)..];
            }
            return Encoding.UTF8.GetString(rest.IndexOf((byte)End) is >= 0 and var last ? rest[..last] : rest);
        }
    }

    /// <summary>The texts from an index on.</summary>
    public string[] From(int place) => Encoding.UTF8.GetString(bytes).Split(End)[place..];
}
