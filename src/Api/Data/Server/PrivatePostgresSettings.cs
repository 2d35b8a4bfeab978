namespace Api.Data.Server;

/// <summary>Settings of the private PostgreSQL; configuration section <c>PostgreSql</c>.</summary>
internal sealed record PrivatePostgresSettings
{
    /// <summary>Where the server binaries come from; <c>PostgreSql__Source</c>: <c>auto</c> (default), <c>system</c> or <c>npm</c>.</summary>
    public PostgresSource Source { get; init; }

    /// <summary>Folder for data, log and passwords; <c>PostgreSql__DataFolder</c>, default <c>.data</c> in the checkout.</summary>
    public required string DataFolder { get; init; }

    /// <summary>False in tests only: a crash of the machine may then lose data.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Receives a sentence before each step that takes a while.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <exception cref="SetupException"><c>PostgreSql__Source</c> has another value.</exception>
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

/// <summary>The sources of server binaries.</summary>
internal enum PostgresSource
{
    /// <summary>The installed binaries, otherwise the npm package.</summary>
    Auto,

    /// <summary>Only the installed binaries.</summary>
    System,

    /// <summary>Only the pinned npm package.</summary>
    Npm,
}
