using System.Text;
using Lucene.Net.Analysis.Hunspell;

namespace Api.Words.Languages;

/// <summary>The Hunspell dictionaries that the operator has installed.</summary>
internal sealed class Dictionaries
{
    // Reading one takes up to two gigabytes for a moment.
    private readonly Lock oneAtATime = new();
    private readonly ILogger log;
    private readonly Dictionary<string, string> files;

    static Dictionaries() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Looks which files there are; reads none.</summary>
    public Dictionaries(SearchSettings settings, ILogger log)
    {
        this.log = log;
        // pl_PL, sr_Latn_RS or ca: the shortest name of each language in the first folder that has it.
        files = settings
            .Dictionaries.Where(Directory.Exists)
            .SelectMany(folder =>
                Directory.EnumerateFiles(folder, "*.aff").OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal)
            )
            .Where(file => File.Exists(Path.ChangeExtension(file, ".dic")))
            .GroupBy(LanguageOf)
            .ToDictionary(same => same.Key, same => same.First());
    }

    /// <summary>Whether there are files for a language.</summary>
    public bool Has(string language) => files.ContainsKey(language);

    /// <summary>
    /// Reads the dictionary of a language; null when there is none that can be used. One that cannot be read is a warning in the log.
    /// </summary>
    public HunspellWords? Find(string language)
    {
        if (!files.TryGetValue(language, out var file))
            return null;
        try
        {
            lock (oneAtATime)
                return HasSuffixes(file) ? Read(file) : null;
        }
        // Lucene throws whatever its parser runs into.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogWarning(
                e,
                "The dictionary {File} cannot be read: words of the language {Language} are searched without it.",
                file,
                language
            );
            return null;
        }
    }

    // Of Serbian the file in Latin letters, into which its words are brought.
    private static string LanguageOf(string file)
    {
        var parts = Path.GetFileNameWithoutExtension(file).ToLowerInvariant().Split('_', '-');
        return parts[0] switch
        {
            "sr" => parts.Contains("latn") ? "sr" : "sr-cyrl",
            "nb" => "no",
            var language => language,
        };
    }

    // Without rules for suffixes a dictionary is a list of words, and knows of no word that it is a form of another.
    private static bool HasSuffixes(string file) =>
        File.ReadLines(file, Encoding.Latin1).Any(line => line.StartsWith("SFX ", StringComparison.Ordinal));

    private static HunspellWords Read(string file)
    {
        using var affixes = File.OpenRead(file);
        using var words = File.OpenRead(Path.ChangeExtension(file, ".dic"));
        return new HunspellWords(new Dictionary(affixes, [words], ignoreCase: true));
    }
}
