using System.Text.Json;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Live;

/// <summary>What a site answered.</summary>
/// <param name="Address">What was asked for, after redirects.</param>
/// <param name="Status">HTTP status, below 500 and not 429: those were asked again.</param>
/// <param name="MediaType">Such as <c>application/json</c>; empty when it does not say.</param>
/// <param name="Body">At most <see cref="LiveOptions.MaxAnswer"/> bytes.</param>
/// <param name="Total">Things in the collection (<c>X-WP-Total</c>); null when it does not say.</param>
/// <param name="Pages">Pages in the collection (<c>X-WP-TotalPages</c>); null when it does not say.</param>
/// <param name="Api">Where its <c>Link</c> header says that the API is; null without one.</param>
internal sealed partial record LiveAnswer(Uri Address, int Status, string MediaType, byte[] Body, int? Total, int? Pages, string? Api)
{
    /// <summary>When the site says it answered, by its own clock; null when it does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The body as JSON; to be disposed of.</summary>
    /// <exception cref="LiveException">It is something else: a page for people, a message of a plugin, half an answer.</exception>
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

    /// <summary>What went wrong, for a message: the status and, where WordPress gives them, its code and text.</summary>
    public string Problem
    {
        get
        {
            try
            {
                using var json = Json();
                return $"{Status} {json.RootElement.Text("code")} {json.RootElement.Text("message")}".Trim() is var text && text.Length > 300 ? text[..300] : text;
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

    // Plugins saved with a byte order mark put one before everything.
    private int Start => Body.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>The address of the API in a <c>Link</c> header.</summary>
    public static string? FindApi(IEnumerable<string> links) => links.Select(link => ApiLink().Match(link)).FirstOrDefault(m => m.Success)?.Groups[1].Value;

    [GeneratedRegex("""<([^<>]+)>\s*;\s*rel="?https://api\.w\.org/"?""", RegexOptions.IgnoreCase)]
    private static partial Regex ApiLink();
}
