namespace Api.Settings;

/// <summary>
/// A setting, declared once: the code that reads it and <c>docs/settings.md</c> use the declaration. Declarations are static fields, where
/// a test finds them.
/// </summary>
/// <param name="Name">As in appsettings, such as <c>Site:TimeZone</c>.</param>
/// <param name="Type">What a value is, with its unit.</param>
internal record Setting(string Name, string Type)
{
    /// <summary>The environment variable.</summary>
    public string Variable { get; init; } = Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>False for what only the environment can hold.</summary>
    public bool IsInFiles { get; init; } = true;

    /// <summary>The value that counts where none is set; empty when there is no such value.</summary>
    public string Default { get; init; } = "";

    /// <summary>Markdown for the document in place of <see cref="Default"/>, for a default that is worked out.</summary>
    public string? DefaultNote { get; init; }

    /// <summary>Markdown: the values that are accepted.</summary>
    public string Range { get; init; } = "";

    /// <summary>Markdown: what the setting does.</summary>
    public required string Effect { get; init; }

    /// <summary>The text that is set; null when none is.</summary>
    public string? Find(IConfiguration configuration) => configuration[Name];

    /// <summary>The text that is set, else <see cref="Default"/>.</summary>
    public string Get(IConfiguration configuration) => Find(configuration) ?? Default;

    /// <summary>The values of a list, which is set as <c>Name:0</c>, <c>Name:1</c> …; empty when none is set.</summary>
    public string[] List(IConfiguration configuration) => configuration.GetSection(Name).Get<string[]>() ?? [];

    /// <summary>Whether there is anything below the name.</summary>
    public bool IsSection(IConfiguration configuration) => configuration.GetSection(Name).Exists();

    /// <summary>The value of a switch; false when none is set.</summary>
    /// <exception cref="InvalidOperationException">The text is neither <c>true</c> nor <c>false</c>.</exception>
    public bool IsOn(IConfiguration configuration) => configuration.GetValue(Name, false);
}
