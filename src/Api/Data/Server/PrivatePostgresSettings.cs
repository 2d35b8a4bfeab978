namespace Api.Data.Server;

/// <summary>How to run the private PostgreSQL; configuration section <c>PostgreSql</c>.</summary>
internal sealed record PrivatePostgresSettings
{
    /// <summary>Where the server binaries come from; <c>PostgreSql__Source</c>: <c>auto</c> (default), <c>system</c> or <c>npm</c>.</summary>
    public PostgresSource Source { get; init; }

    /// <summary>Folder for data, log and passwords; <c>PostgreSql__DataFolder</c>, default <c>.data</c> in the checkout.</summary>
    public required string DataFolder { get; init; }

    /// <summary>False only for tests: a crash of the machine may then lose the data.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Told, in a sentence, what takes more than a moment.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <exception cref="SetupException"><c>PostgreSql__Source</c> is none of the three.</exception>
    public static PrivatePostgresSettings From(IConfiguration configuration, string contentRoot)
    {
        var source = configuration["PostgreSql:Source"] ?? nameof(PostgresSource.Auto);
        if (!Enum.TryParse<PostgresSource>(source, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            throw new SetupException($"PostgreSql__Source is '{source}'; it may be 'auto', 'system' or 'npm'.");
        var folder = configuration["PostgreSql:DataFolder"];
        return new PrivatePostgresSettings
        {
            Source = parsed,
            DataFolder = string.IsNullOrWhiteSpace(folder) ? Path.Combine(Checkout.Find(contentRoot), ".data") : Path.GetFullPath(folder),
        };
    }
}

/// <summary>Where server binaries may come from.</summary>
internal enum PostgresSource
{
    /// <summary>The machine's own, else the package.</summary>
    Auto,

    /// <summary>Only what is installed on the machine.</summary>
    System,

    /// <summary>Only the pinned npm package.</summary>
    Npm,
}
