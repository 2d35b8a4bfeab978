using System.Text.Json;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Live;

/// <summary>The response of a site.</summary>
/// <param name="Address">The address of the response, after redirects.</param>
/// <param name="Status">HTTP status; never 429 or 500 and above, as such requests are retried.</param>
/// <param name="MediaType">Such as <c>application/json</c>; empty when not given.</param>
/// <param name="Body">At most <see cref="LiveOptions.MaxAnswer"/> bytes.</param>
/// <param name="Total">Number of entries in the collection (<c>X-WP-Total</c>); null when not given.</param>
/// <param name="Pages">Number of pages in the collection (<c>X-WP-TotalPages</c>); null when not given.</param>
/// <param name="Api">The address of the API in its <c>Link</c> header; null without one.</param>
internal sealed partial record LiveAnswer(Uri Address, int Status, string MediaType, byte[] Body, int? Total, int? Pages, string? Api)
{
    /// <summary>The time of the response by the site's clock; null when not given.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The body as JSON; the caller disposes of it.</summary>
    /// <exception cref="LiveException">The body is something else: an HTML page, a message of a plugin, a truncated response.</exception>
    public JsonDocument Json()
    {
        try
        {
            return JsonDocument.Parse(Body.AsMemory(Start..), new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException e)
        {
            throw new LiveException($"{Address} answered something other than JSON ({Kind})", e);
        }
    }

    /// <summary>The error for a message: the status and, if WordPress gives them, its code and text.</summary>
    public string Problem
    {
        get
        {
            try
            {
                using var json = Json();
                return
                    $"{Status} {json.RootElement.Text("code")} {json.RootElement.Text("message")}".Trim() is var text && text.Length > 300
                    ? text[..300]
                    : text;
            }
            catch (LiveException)
            {
                return $"{Status} ({Kind})";
            }
        }
    }

    /// <summary>The code of WordPress's error, such as <c>rest_post_invalid_page_number</c>; empty when there is none.</summary>
    public string Code
    {
        get
        {
            try
            {
                using var json = Json();
                return json.RootElement.Text("code");
            }
            catch (LiveException)
            {
                return "";
            }
        }
    }

    private string Kind => MediaType.Length > 0 ? MediaType : "without a media type";

    // A plugin file saved with a byte order mark writes one before every response.
    private int Start => Body.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>The address of the API in a <c>Link</c> header.</summary>
    public static string? FindApi(IEnumerable<string> links) =>
        links.Select(link => ApiLink().Match(link)).FirstOrDefault(m => m.Success)?.Groups[1].Value;

    [GeneratedRegex("""<([^<>]+)>\s*;\s*rel="?https://api\.w\.org/"?""", RegexOptions.IgnoreCase)]
    private static partial Regex ApiLink();
}
