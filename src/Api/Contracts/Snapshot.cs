namespace Api.Contracts;

/// <summary>The first line of a snapshot, which describes it.</summary>
/// <param name="Snapshot">The description.</param>
internal sealed record SnapshotHead(SnapshotManifest Snapshot);

/// <summary>The description of a snapshot.</summary>
internal sealed record SnapshotManifest
{
    /// <summary>Version of this format: 1.</summary>
    public int Version { get; } = 1;

    /// <summary>Sequence number of the last change that the snapshot reflects.</summary>
    public required long Sequence { get; init; }

    /// <summary>When that change was made (RFC 3339, UTC).</summary>
    public required DateTime At { get; init; }

    /// <summary>Public base URL of the API, which the addresses in the snapshot start with.</summary>
    public required string Base { get; init; }

    /// <summary>The site that owns the content.</summary>
    public required SnapshotSite Site { get; init; }
}

/// <summary>The site that owns the content of a snapshot.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Url">Home page, absolute URL.</param>
/// <param name="TimeZone">IANA time zone of its dates.</param>
internal sealed record SnapshotSite(string Name, string Url, string TimeZone);

/// <summary>The last line of a snapshot, to verify that it is complete.</summary>
/// <param name="End">The summary.</param>
internal sealed record SnapshotTail(SnapshotEnd End);

/// <summary>The summary of a snapshot.</summary>
internal sealed record SnapshotEnd
{
    /// <summary>Number of lines between the first and this one.</summary>
    public required long Count { get; init; }

    /// <summary>Number of <c>upsert</c> lines by resource.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>SHA-256 of all uncompressed bytes before this line, line feeds included, in hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The token to follow the changes from.</summary>
    public required string Next { get; init; }
}
