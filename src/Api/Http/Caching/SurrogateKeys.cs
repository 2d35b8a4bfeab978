using System.Buffers.Text;

namespace Api.Http.Caching;

/// <summary>
/// Names under which a proxy can drop an answer (<c>Surrogate-Key</c>, docs/caching.md): the ids that show in it, its collection, <c>content</c> when more may
/// concern it than its ids tell, and <c>all</c>.
/// </summary>
internal static class SurrogateKeys
{
    /// <summary>Of what is elsewhere, gone or not there: any change may bring it.</summary>
    public const string OfNothing = "all content";

    private const int LongestHeader = 8 * 1024;

    /// <summary>The names of an answer.</summary>
    /// <param name="key">The request in its one spelling.</param>
    /// <param name="body">UTF-8.</param>
    /// <param name="isOfEverything">Whether any change may concern it.</param>
    public static string Of(string key, ReadOnlySpan<byte> body, bool isOfEverything)
    {
        var (all, more) = ($"all {Collection(key)}", $"all {Collection(key)} content");
        var ids = new HashSet<Guid>();
        for (var rest = body; rest.IndexOf("urn:uuid:"u8) is >= 0 and var at;)
        {
            rest = rest[(at + "urn:uuid:"u8.Length)..];
            if (Utf8Parser.TryParse(rest, out Guid id, out _)) ids.Add(id);
        }
        // Selected members may show an item without its id.
        var names = string.Join(' ', ids.Select(id => id.ToString()).Prepend(isOfEverything || key.Contains("fields=", StringComparison.Ordinal) ? more : all));
        return names.Length <= LongestHeader ? names : more;
    }

    private static string Collection(string key)
    {
        const string v1 = "/v1/";
        if (key.IndexOf(v1, StringComparison.Ordinal) is not (>= 0 and var at)) return "index";
        var rest = key.AsSpan(at + v1.Length);
        return (rest.IndexOfAny('/', '?', '.') is >= 0 and var end ? rest[..end] : rest).ToString();
    }
}
