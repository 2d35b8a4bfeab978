using System.Buffers.Text;
using System.Text;

namespace Api.Import.WordPress.Values;

/// <summary>
/// Reads the scalars in the output of PHP's <c>serialize()</c>, such as <c>a:2:{i:0;s:2:"38";i:1;s:2:"39";}</c>. Never creates objects.
/// Pure functions.
/// </summary>
internal static class PhpText
{
    private const int MaxDepth = 8;
    private const int MaxValues = 1_000;

    /// <summary>The values in order, without keys; null for a text that is not such an array.</summary>
    public static IReadOnlyList<string>? Values(string text)
    {
        if (!text.StartsWith("a:", StringComparison.Ordinal) || !text.EndsWith('}'))
            return null;
        var rest = (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(text);
        var values = new List<string>();
        return Read(ref rest, values, MaxDepth) ? values : null;
    }

    // Lengths are in bytes.
    private static bool Read(ref ReadOnlySpan<byte> rest, List<string>? values, int depth)
    {
        if (depth == 0 || rest.Length < 2)
            return false;
        var kind = (char)rest[0];
        if (kind == 'N')
            return Take(ref rest, 2);
        if (kind is 'i' or 'd' or 'b')
        {
            var end = rest.IndexOf((byte)';');
            if (end < 2)
                return false;
            if (values?.Count < MaxValues)
                values.Add(Encoding.UTF8.GetString(rest[2..end]));
            return Take(ref rest, end + 1);
        }
        if (
            kind is not ('s' or 'a')
            || !Utf8Parser.TryParse(rest[2..], out int length, out var digits)
            || length < 0
            || !Take(ref rest, 2 + digits + 2)
        )
            return false;
        return kind == 's' ? Text(ref rest, length, values) : Array(ref rest, length, values, depth);
    }

    private static bool Text(ref ReadOnlySpan<byte> rest, int length, List<string>? values)
    {
        if (rest.Length < length + 2L)
            return false;
        if (values?.Count < MaxValues)
            values.Add(Encoding.UTF8.GetString(rest[..length]));
        return Take(ref rest, length + 2);
    }

    private static bool Array(ref ReadOnlySpan<byte> rest, int count, List<string>? values, int depth)
    {
        for (var i = 0; i < count; i++)
            if (!Read(ref rest, null, depth - 1) || !Read(ref rest, values, depth - 1))
                return false;
        return Take(ref rest, 1);
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, int bytes)
    {
        if (rest.Length < bytes)
            return false;
        rest = rest[bytes..];
        return true;
    }
}
