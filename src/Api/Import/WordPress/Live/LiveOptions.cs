namespace Api.Import.WordPress.Live;

/// <summary>Which site to fetch, and how.</summary>
internal sealed record LiveOptions
{
    /// <summary>The site's front page, or its <c>/wp-json/</c>.</summary>
    public required Uri Site { get; init; }

    /// <summary>Folder below which what was fetched is kept.</summary>
    public required string Folder { get; init; }

    /// <summary>A WordPress user; null asks for what everybody may see.</summary>
    public string? User { get; init; }

    /// <summary>The user's application password. Goes to the site's host only, and into no message.</summary>
    public string? Password { get; init; }

    /// <summary>Names of the custom fields that are kept, where the site shows them.</summary>
    public IReadOnlySet<string> CustomFields { get; init; } = new HashSet<string>();

    /// <summary>Requests at the same time, 1 to 8.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>Least time between the beginnings of two requests.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Throws away what an interrupted run has fetched.</summary>
    public bool Fresh { get; init; }

    /// <summary>Things asked for at once; WordPress gives 100 at most.</summary>
    public int PerPage { get; init; } = 100;

    /// <summary>Wait before the second attempt; doubles with each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest <c>Retry-After</c> that is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes that one answer may have, unpacked.</summary>
    public int MaxAnswer { get; init; } = 64 * 1024 * 1024;
}

/// <summary>How far the fetching is.</summary>
/// <param name="What">Which collection, such as <c>posts</c>.</param>
/// <param name="Done">Of these, those that are here.</param>
/// <param name="Total">Things in it; null when the site does not say.</param>
internal sealed record LiveProgress(string What, int Done, int? Total);
