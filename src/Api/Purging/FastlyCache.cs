using System.Text.Json.Nodes;

namespace Api.Purging;

/// <summary>
/// A service at Fastly. Hard purges of several surrogate keys at once
/// (https://www.fastly.com/documentation/reference/api/purging/#bulk-purge-tag); they need a token with the scope <c>purge_select</c>.
/// </summary>
internal sealed class FastlyCache(Uri host, VendorAccount account, PurgeClient client) : IPurgedCache
{
    /// <summary>The header of answers from which it reads their keys.</summary>
    public const string KeyHeader = "Surrogate-Key";

    private readonly Uri address = new(host, $"/service/{account.Id}/purge");

    public string Name => "Fastly";

    public KeyLimit Limit => new(256);

    public Task<PurgeReply> Purge(IReadOnlyList<string> keys, CancellationToken cancel)
    {
        var body = new JsonObject { ["surrogate_keys"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]) };
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Fastly-Key", account.Token);
        return client.Send(request, usesProxy: true, _ => true, cancel);
    }
}
