using Api.Settings;

namespace Api.Purging;

/// <summary>Settings <c>Purge:…</c>: the caches that are purged. A class, as the text of a record would show the secrets.</summary>
internal sealed class PurgeSettings
{
    private const int LeastSecret = 16;
    private const int LongestSecret = 200;

    private static readonly Setting VarnishUrlsSetting = new("Purge:Varnish:Urls", "list of URLs")
    {
        Variable = "Purge__Varnish__Urls__0",
        DefaultNote = "none",
        Range = "such as `http://10.0.0.5:6081`, without a path",
        Effect = "Each Varnish that is purged after a change ([long life, purged](caching.md#long-life-purged)).",
    };

    private static readonly Setting VarnishSecretSetting = new("Purge:Varnish:Secret", "text")
    {
        DefaultNote = "none",
        Range = "16 to 200 characters of `A-Z a-z 0-9 . _ ~ + / = -`",
        Effect = "Sent to each Varnish as `X-Purge-Secret`. Its configuration has the same text.",
    };

    private static readonly Setting FastlyServiceSetting = new("Purge:Fastly:Service", "text")
    {
        DefaultNote = "none",
        Range = "the id of a service: letters and digits",
        Effect = "The service at Fastly that is purged after a change.",
    };

    private static readonly Setting FastlyTokenSetting = new("Purge:Fastly:Token", "text")
    {
        DefaultNote = "none",
        Range = "an API token with the scope `purge_select`",
        Effect = "The token for it. It is never logged, and sent to `api.fastly.com` only.",
    };

    private static readonly Setting CloudflareZoneSetting = new("Purge:Cloudflare:Zone", "text")
    {
        DefaultNote = "none",
        Range = "the id of a zone: letters and digits",
        Effect = "The zone at Cloudflare that is purged after a change.",
    };

    private static readonly Setting CloudflareTokenSetting = new("Purge:Cloudflare:Token", "text")
    {
        DefaultNote = "none",
        Range = "an API token with the permission Cache Purge for this zone alone",
        Effect = "The token for it. It is never logged, and sent to `api.cloudflare.com` only.",
    };

    /// <summary>Each Varnish: scheme, host and port.</summary>
    public required IReadOnlyList<Uri> VarnishUrls { get; init; }

    /// <summary>What each Varnish wants to see; null for nothing.</summary>
    public required string? VarnishSecret { get; init; }

    /// <summary>The service at Fastly; null for none.</summary>
    public required VendorAccount? Fastly { get; init; }

    /// <summary>The zone at Cloudflare; null for none.</summary>
    public required VendorAccount? Cloudflare { get; init; }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="InvalidOperationException">One is invalid or lacks another; the message names it and shows no secret.</exception>
    public static PurgeSettings From(IConfiguration configuration)
    {
        var urls = Urls(configuration);
        var secret = Secret(VarnishSecretSetting, configuration);
        if (secret is not null && urls.Length == 0)
            throw Lacks(VarnishSecretSetting, VarnishUrlsSetting);
        if (secret is { Length: < LeastSecret })
            throw Wrong(VarnishSecretSetting, $"has to have at least {LeastSecret} characters");
        return new PurgeSettings
        {
            VarnishUrls = urls,
            VarnishSecret = secret,
            Fastly = Account(FastlyServiceSetting, FastlyTokenSetting, configuration),
            Cloudflare = Account(CloudflareZoneSetting, CloudflareTokenSetting, configuration),
        };
    }

    private static Uri[] Urls(IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(VarnishUrlsSetting.Find(configuration)))
            throw Wrong(VarnishUrlsSetting, $"is a list: set {VarnishUrlsSetting.Variable}");
        return Array.ConvertAll(VarnishUrlsSetting.List(configuration), Url);
    }

    // The text may hold a password, and is not shown.
    private static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            ? url
            : throw Wrong(VarnishUrlsSetting, "has an entry that is no URL such as http://10.0.0.5:6081, without user, path and query");

    private static VendorAccount? Account(Setting idSetting, Setting tokenSetting, IConfiguration configuration)
    {
        var (id, token) = (idSetting.Find(configuration), Secret(tokenSetting, configuration));
        if (string.IsNullOrEmpty(id))
            return token is null ? null : throw Lacks(tokenSetting, idSetting);
        // It becomes part of an address.
        if (id.Length > 64 || !id.All(char.IsAsciiLetterOrDigit))
            throw Wrong(idSetting, "has to be at most 64 letters and digits");
        return token is null ? throw Lacks(idSetting, tokenSetting) : new VendorAccount(id, token);
    }

    // It becomes the value of a header; null when there is none.
    private static string? Secret(Setting setting, IConfiguration configuration) =>
        setting.Find(configuration) is not { Length: > 0 } text ? null
        : text.Length <= LongestSecret && text.All(one => char.IsAsciiLetterOrDigit(one) || "._~+/=-".Contains(one)) ? text
        : throw Wrong(setting, $"has to be at most {LongestSecret} characters of A-Z a-z 0-9 . _ ~ + / = -");

    private static InvalidOperationException Lacks(Setting setting, Setting other) =>
        Wrong(setting, $"is set without {other.Name}: set both");

    private static InvalidOperationException Wrong(Setting setting, string sentence) => new($"The setting {setting.Name} {sentence}.");
}

/// <summary>What is purged at a vendor, and the token that allows it.</summary>
internal sealed class VendorAccount(string id, string token)
{
    /// <summary>Letters and digits.</summary>
    public string Id => id;

    /// <summary>A secret.</summary>
    public string Token => token;
}
