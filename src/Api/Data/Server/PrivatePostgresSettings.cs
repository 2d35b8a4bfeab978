using Api.Settings;

namespace Api.Data.Server;

/// <summary>Settings of the private PostgreSQL; configuration section <c>PostgreSql</c>.</summary>
internal sealed record PrivatePostgresSettings
{
    private static readonly Setting SourceSetting = new("PostgreSql:Source", "word")
    {
        Default = "auto",
        Range = "`auto`, `system`, `npm`",
        Effect =
            "Where the programs of the private PostgreSQL come from: the machine (`system`), the npm package (`npm`), or the machine and else npm (`auto`).",
    };

    private static readonly Setting DataFolderSetting = new("PostgreSql:DataFolder", "path of a folder")
    {
        DefaultNote = "`.data` in the folder of the project",
        Effect = "Data, log and passwords of the private PostgreSQL, and what `import wordpress URL` keeps of interrupted runs.",
    };

    /// <summary>Where the server binaries come from.</summary>
    public PostgresSource Source { get; init; }

    /// <summary>Folder for data, log and passwords.</summary>
    public required string DataFolder { get; init; }

    /// <summary>False in tests only: a crash of the machine may then lose data.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Receives a sentence before each step that takes a while.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <exception cref="SetupException"><c>PostgreSql__Source</c> has another value.</exception>
    public static PrivatePostgresSettings From(IConfiguration configuration, string contentRoot)
    {
        var source = SourceSetting.Get(configuration);
        if (!Enum.TryParse<PostgresSource>(source, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            throw new SetupException($"PostgreSql__Source is '{source}'; it may be 'auto', 'system' or 'npm'.");
        var folder = DataFolderSetting.Find(configuration);
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
