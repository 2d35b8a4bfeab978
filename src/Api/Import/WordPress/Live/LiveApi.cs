using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>The REST API of a site: its address, and the content of its root.</summary>
internal sealed partial class LiveApi
{
    private readonly string root;

    private LiveApi(string root, IReadOnlyList<WxrSetting> settings, IReadOnlyList<string> namespaces)
    {
        this.root = root;
        Settings = settings;
        Namespaces = namespaces;
    }

    /// <summary>The values that the head of an export has: address, name and language of the site.</summary>
    public IReadOnlyList<WxrSetting> Settings { get; }

    /// <summary>Namespaces of the API, such as <c>wp/v2</c> and those of plugins.</summary>
    public IReadOnlyList<string> Namespaces { get; }

    /// <summary>Finds the API of a site: by a header of its front page, else at the default addresses of WordPress.</summary>
    /// <exception cref="LiveException">The site has no API, or refuses access.</exception>
    public static async Task<LiveApi> Discover(LiveClient client, Uri site, CancellationToken cancel)
    {
        var home = Home(site);
        var front = await client.Get(home, cancel);
        foreach (var candidate in Candidates(home, front).Distinct())
        {
            var answer = await client.Get(candidate, cancel);
            if (answer.Status is 401 or 403)
                throw new LiveException($"{candidate} does not let us in: {answer.Problem}");
            if (answer.Status != 200 || !IsRoot(answer, out var json))
                continue;
            using (json)
                return new LiveApi(
                    answer.Address.AbsoluteUri,
                    Head(json.RootElement, home, front),
                    [.. Spaces(json.RootElement).Take(500)]
                );
        }
        throw new LiveException(
            $"{home} shows no WordPress API: neither does its front page announce one, nor is one at /wp-json/ or /?rest_route=/"
        );
    }

    /// <summary>The address of a route.</summary>
    /// <param name="route">Such as <c>wp/v2/posts</c>.</param>
    /// <param name="query">Parameters, without a question mark.</param>
    public Uri Of(string route, string query) =>
        new($"{this.root.TrimEnd('/')}/{route}{(this.root.Contains("rest_route=", StringComparison.Ordinal) ? '&' : '?')}{query}");

    private static Uri Home(Uri site)
    {
        var address = site.GetLeftPart(UriPartial.Path);
        return address.IndexOf("/wp-json", StringComparison.Ordinal) is >= 0 and var end
            ? new Uri(address[..(end + 1)])
            : new Uri(address.EndsWith('/') ? address : address + "/");
    }

    private static IEnumerable<Uri> Candidates(Uri home, LiveAnswer front)
    {
        if (front.Api is not null && Uri.TryCreate(front.Address, front.Api, out var announced))
            yield return LiveClient.IsSameHost(home, announced)
                ? announced
                : throw new LiveException($"{home} has its API on another host: import {announced.GetLeftPart(UriPartial.Authority)}");
        // A redirect may have led from http to https.
        var root = new Uri(front.Address.GetLeftPart(UriPartial.Authority) + home.AbsolutePath);
        yield return new Uri(root, "wp-json/");
        yield return new Uri(root, "?rest_route=/");
    }

    private static bool IsRoot(LiveAnswer answer, out JsonDocument json)
    {
        json = null!;
        try
        {
            json = answer.Json();
        }
        catch (LiveException)
        {
            return false;
        }
        if (Spaces(json.RootElement).Contains("wp/v2", StringComparer.Ordinal))
            return true;
        json.Dispose();
        return false;
    }

    private static IEnumerable<string> Spaces(JsonElement root) =>
        root.Member("namespaces") is { ValueKind: JsonValueKind.Array } spaces
            ? spaces.EnumerateArray().Where(space => space.ValueKind == JsonValueKind.String).Select(space => space.GetString()!)
            : [];

    private static WxrSetting[] Head(JsonElement root, Uri home, LiveAnswer front) =>
        [
            new(0, "title", root.Text("name")),
            new(0, "description", root.Text("description")),
            new(0, "base_blog_url", root.Text("home") is { Length: > 0 } address ? address : home.AbsoluteUri.TrimEnd('/')),
            new(0, "language", Language().Match(Encoding.UTF8.GetString(front.Body)) is { Success: true } tag ? tag.Groups[1].Value : ""),
        ];

    // The API does not give the site's language; its pages do.
    [GeneratedRegex("""<html\b[^>]*?\slang=["']([A-Za-z0-9-]{2,35})["']""", RegexOptions.IgnoreCase)]
    private static partial Regex Language();
}
