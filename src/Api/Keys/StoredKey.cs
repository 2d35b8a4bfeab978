namespace Api.Keys;

/// <summary>A row of <c>content.api_keys</c>.</summary>
internal sealed record StoredKey
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string Scope { get; init; } = "";

    /// <summary>Item ids; null for all topics.</summary>
    public int[]? Topics { get; init; }

    /// <summary>The most requests a minute, on each node.</summary>
    public int PerMinute { get; init; }

    /// <summary>The SHA-256 of the whole key.</summary>
    public byte[] Hash { get; init; } = [];
    public DateTime CreatedAt { get; init; }
    public DateTime? ExpiresAt { get; init; }
    public DateTime? RevokedAt { get; init; }

    /// <summary>When it was last used, to the hour.</summary>
    public DateTime? LastUsedAt { get; init; }
}
