using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.EndToEnd.Support.Caches;

/// <summary>What was answered, whole.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The body without its coding.</param>
/// <param name="Headers">By their names, values as they came.</param>
internal sealed partial record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    // What a cache may add, leave out or know better.
    private static readonly string[] OfTheWay =
    [
        "Date",
        "Age",
        "Via",
        "Server",
        "Connection",
        "Keep-Alive",
        "Accept-Ranges",
        "Content-Length",
        "Transfer-Encoding",
        "Server-Timing",
        "Cache-Status",
        "X-Cache",
        "X-Cache-Lookup",
        "X-Varnish",
    ];

    /// <summary>A header; null when there is none.</summary>
    public string? this[string name] => Headers.GetValueOrDefault(name);

    /// <summary>Status, headers and text, as they are with and without a cache in between.</summary>
    public string Essence =>
        $"{(int)Status}\n{string.Join('\n', Headers.Where(header => !OfTheWay.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}").Order(StringComparer.Ordinal))}\n\n{TraceId().Replace(Text, "")}";

    /// <summary>The same without some headers.</summary>
    public Answer Without(IEnumerable<string> names) =>
        this with
        {
            Headers = Headers.Where(header => !names.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(),
        };

    /// <summary>A client that takes answers as they are.</summary>
    public static HttpClient Client(Uri address)
    {
        var client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
            }
        )
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(30),
        };
        client.DefaultRequestHeaders.Host = CachedSite.Host;
        return client;
    }

    /// <summary>Asks for a path.</summary>
    public static async Task<Answer> To(HttpClient client, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        await using Stream decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(decoded, Encoding.UTF8);
        return new Answer(
            answer.StatusCode,
            await reader.ReadToEndAsync(cancel),
            answer
                .Headers.Concat(answer.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase)
        );
    }

    [GeneratedRegex("\"traceId\": ?\"[^\"]*\"")]
    private static partial Regex TraceId();
}
