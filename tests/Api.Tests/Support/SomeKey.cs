using Api.Data;
using Api.Http.Keys;
using Api.Keys;

namespace Api.Tests.Support;

/// <summary>Keys of clients, for tests that are not about their rates.</summary>
internal static class SomeKey
{
    /// <summary>A key that sees drafts and every moment to come.</summary>
    public static Task<string> Preview(ContentDatabase content) => Add(content, GrantedKey.PreviewScope, null, null);

    /// <summary>A key that sees what is under embargo on topics.</summary>
    public static async Task<string> Early(ContentDatabase content, params string[] topics)
    {
        var found = await new KeyRepository(content).Topics(topics, [], CancellationToken.None);
        Assert.Equal(topics.Length, found.Count);
        return await Add(content, GrantedKey.EarlyScope, [.. found.Select(topic => topic.ItemId)], null);
    }

    /// <summary>A key that has ended.</summary>
    public static Task<string> Expired(ContentDatabase content) =>
        Add(content, GrantedKey.PreviewScope, null, TimeProvider.System.GetUtcNow().UtcDateTime.AddYears(-10));

    /// <summary>A request that brings a key; null for none.</summary>
    public static HttpRequestMessage Request(string path, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute));
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return request;
    }

    private static async Task<string> Add(ContentDatabase content, string scope, int[]? topics, DateTime? expires)
    {
        var key = ApiKey.New();
        var row = new StoredKey
        {
            Id = key.Id,
            Name = key.Id,
            Scope = scope,
            Topics = topics,
            PerMinute = 1_000_000,
            Hash = key.Hash,
            ExpiresAt = expires,
        };
        Assert.True(await new KeyRepository(content).Add(row, CancellationToken.None));
        return key.Text;
    }
}
