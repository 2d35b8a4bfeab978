namespace Api.Import.WordPress.Live;

/// <summary>Which site to fetch, and how.</summary>
internal sealed record LiveOptions
{
    /// <summary>The site's front page, or its <c>/wp-json/</c>.</summary>
    public required Uri Site { get; init; }

    /// <summary>Folder that stores the fetched pages.</summary>
    public required string Folder { get; init; }

    /// <summary>A WordPress user; null reads what visitors can see.</summary>
    public string? User { get; init; }

    /// <summary>The application password of the user. Sent to the site's host only, and never part of a message.</summary>
    public string? Password { get; init; }

    /// <summary>Names of the custom fields to keep, if the site shows them.</summary>
    public IReadOnlySet<string> CustomFields { get; init; } = new HashSet<string>();

    /// <summary>Number of concurrent requests, 1 to 8.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>Minimum time between the starts of two requests.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Discards the pages that an interrupted run has fetched.</summary>
    public bool Fresh { get; init; }

    /// <summary>Entries per request; WordPress allows 100 at most.</summary>
    public int PerPage { get; init; } = 100;

    /// <summary>Delay before the second attempt; doubles with each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest <c>Retry-After</c> that is honoured.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time limit for one response.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Maximum size of a response in bytes, decompressed.</summary>
    public int MaxAnswer { get; init; } = 64 * 1024 * 1024;
}

/// <summary>Progress of the fetching.</summary>
/// <param name="What">The collection, such as <c>posts</c>.</param>
/// <param name="Done">Number of its entries fetched so far.</param>
/// <param name="Total">Number of its entries; null when not given.</param>
internal sealed record LiveProgress(string What, int Done, int? Total);
