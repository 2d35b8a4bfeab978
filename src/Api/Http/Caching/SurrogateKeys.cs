using System.Text;

namespace Api.Http.Caching;

/// <summary>Names under which a proxy can drop an answer (<c>Surrogate-Key</c>): on a change, drop what is under its id, under its collection and under <c>content</c>.</summary>
internal static class SurrogateKeys
{
    private const int LongestHeader = 8 * 1024;

    /// <summary>The ids that show in an answer, with its collection when it is a list; <c>content</c> when any change may concern it.</summary>
    public static string Of(string key, ReadOnlySpan<byte> body, bool isOfEverything)
    {
        var collections = isOfEverything ? $"content {Collection(key)}" : Collection(key);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        const int length = 36;
        for (var rest = body; rest.IndexOf("urn:uuid:"u8) is >= 0 and var at;)
        {
            rest = rest[(at + "urn:uuid:"u8.Length)..];
            if (rest.Length >= length) ids.Add(Encoding.ASCII.GetString(rest[..length]));
        }
        var all = string.Join(' ', ids.Prepend(collections));
        return all.Length <= LongestHeader ? all : collections;
    }

    private static string Collection(string key)
    {
        const string v1 = "/v1/";
        if (key.IndexOf(v1, StringComparison.Ordinal) is not (>= 0 and var at)) return "index";
        var rest = key.AsSpan(at + v1.Length);
        return (rest.IndexOfAny('/', '?') is >= 0 and var end ? rest[..end] : rest).ToString();
    }
}
