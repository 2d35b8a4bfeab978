using Api.Settings;

namespace Api.Words.Languages;

/// <summary>Settings <c>Search:…</c>.</summary>
/// <param name="Dictionaries">The folders with Hunspell dictionaries, the first preferred. They need not exist.</param>
internal sealed record SearchSettings(IReadOnlyList<string> Dictionaries)
{
    private static readonly Setting DictionariesSetting = new("Search:Dictionaries", "path of a folder")
    {
        DefaultNote = "`/usr/share/hunspell`, then `/usr/share/myspell/dicts`",
        Range = "a folder that exists",
        Effect = "Where Hunspell dictionaries such as `pl_PL.aff` and `pl_PL.dic` are ([languages](languages.md)).",
    };

    /// <summary>Where Debian and Ubuntu install dictionaries.</summary>
    public static readonly SearchSettings Usual = new(["/usr/share/hunspell", "/usr/share/myspell/dicts"]);

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is wrong.</summary>
    public static SearchSettings From(IConfiguration configuration)
    {
        if (DictionariesSetting.Find(configuration) is not { Length: > 0 } folder)
            return Usual;
        return Directory.Exists(folder)
            ? new SearchSettings([folder])
            : throw new InvalidOperationException($"The setting Search:Dictionaries is '{folder}'; it has to be a folder that exists.");
    }
}
