namespace Api.Purging;

/// <summary>One Varnish with the configuration of docs/caching/varnish.vcl: <c>PURGE</c> with the keys in <c>xkey</c>.</summary>
internal sealed class VarnishCache(Uri url, string? secret, PurgeClient client) : IPurgedCache
{
    private static readonly HttpMethod Method = new("PURGE");

    public string Name { get; } = $"Varnish at {url.GetLeftPart(UriPartial.Authority)}";

    // One header of 8,192 bytes is the most that Varnish takes; other proxies on the way take less.
    public KeyLimit Limit => new(200, 3_500);

    public Task<PurgeReply> Purge(IReadOnlyList<string> keys, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(Method, url);
        request.Headers.TryAddWithoutValidation("xkey", string.Join(' ', keys));
        if (secret is not null)
            request.Headers.TryAddWithoutValidation("X-Purge-Secret", secret);
        return client.Send(request, usesProxy: false, _ => true, cancel);
    }
}
