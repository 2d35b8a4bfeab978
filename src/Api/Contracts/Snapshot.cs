namespace Api.Contracts;

/// <summary>The first line of a snapshot: what is in it.</summary>
/// <param name="Snapshot">The facts.</param>
internal sealed record SnapshotHead(SnapshotManifest Snapshot);

/// <summary>What a snapshot holds.</summary>
internal sealed record SnapshotManifest
{
    /// <summary>Of this format: 1.</summary>
    public int Version { get; } = 1;

    /// <summary>The changes up to it are in the snapshot, and none after.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the last of them was made (RFC 3339, UTC).</summary>
    public required DateTime At { get; init; }

    /// <summary>Public base URL of the API that the addresses in it are on.</summary>
    public required string Base { get; init; }

    /// <summary>The site whose content it is.</summary>
    public required SnapshotSite Site { get; init; }
}

/// <summary>The site whose content a snapshot holds.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Url">Home page, absolute URL.</param>
/// <param name="TimeZone">IANA time zone of its dates.</param>
internal sealed record SnapshotSite(string Name, string Url, string TimeZone);

/// <summary>The last line of a snapshot, for telling whether it is whole.</summary>
/// <param name="End">The facts.</param>
internal sealed record SnapshotTail(SnapshotEnd End);

/// <summary>What a snapshot held.</summary>
internal sealed record SnapshotEnd
{
    /// <summary>Lines before this one, the first not counted.</summary>
    public required long Count { get; init; }

    /// <summary>Of those the <c>upsert</c> lines of each resource.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>SHA-256 of all bytes before this line, line feeds included, uncompressed; in hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The token to follow the changes from.</summary>
    public required string Next { get; init; }
}
