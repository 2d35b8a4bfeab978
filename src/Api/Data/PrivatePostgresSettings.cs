using Api.Settings;

namespace Api.Data;

/// <summary>How to run the private PostgreSQL; configuration section <c>PostgreSql</c>.</summary>
internal sealed record PrivatePostgresSettings
{
    private static readonly Setting SourceSetting = new("PostgreSql:Source", "word")
    {
        Default = "auto",
        Range = "`auto`, `system`, `npm`",
        Effect = "Where the programs of the private PostgreSQL come from: the machine (`system`), the npm package (`npm`), or the machine and else npm (`auto`).",
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

    /// <summary>False only for tests: a crash of the machine may then lose the data.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Told, in a sentence, what takes more than a moment.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <exception cref="SetupException"><c>PostgreSql__Source</c> is none of the three.</exception>
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
