using System.Text.Json;
using System.Text.Json.Nodes;

namespace Api.Purging;

/// <summary>
/// A zone at Cloudflare. Purges of several tags at once (https://developers.cloudflare.com/api/resources/cache/methods/purge/); they need a
/// token with the permission Cache Purge.
/// </summary>
internal sealed class CloudflareCache(Uri host, VendorAccount account, PurgeClient client) : IPurgedCache
{
    /// <summary>The header of answers from which it reads their keys.</summary>
    public const string KeyHeader = "Cache-Tag";

    private readonly Uri address = new(host, $"/client/v4/zones/{account.Id}/purge_cache");

    public string Name => "Cloudflare";

    public KeyLimit Limit => new(100);

    public Task<PurgeReply> Purge(IReadOnlyList<string> keys, CancellationToken cancel)
    {
        var body = new JsonObject { ["tags"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]) };
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Token}");
        return client.Send(request, usesProxy: true, SaysSuccess, cancel);
    }

    // A failure has a status of its own as well, but it is this member that counts.
    private static bool SaysSuccess(byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("success", out var success)
                && success.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
