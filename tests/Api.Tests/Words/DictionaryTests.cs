using System.Collections.Concurrent;
using Api.Words.Languages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Words;

/// <summary>Dictionaries of a few words, in a folder of their own.</summary>
public sealed class DictionaryTests : IDisposable
{
    private const string Affixes = "SET UTF-8\nSFX A Y 2\nSFX A 0 en .\nSFX A 0 in .\n";

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;
    private readonly Warnings warnings = new();

    [Fact]
    public void A_dictionary_makes_a_language_known()
    {
        Write("tlh_XX", Affixes, "1\nword/A\n");
        var language = Known().Get("tlh");
        Assert.Equal("tlh", language.Name);
        Assert.Equal(["word"], language.Stems("worden"));
        Assert.Equal(["word"], language.Stems("word"));
        Assert.Equal(["other"], language.Stems("other"));
        Assert.Empty(warnings.Said);
    }

    [Fact]
    public void Names_are_found_in_lower_case()
    {
        Write("tlh_XX", Affixes, "1\nPraxis/A\n");
        Assert.Equal(["praxis"], Known().Get("tlh").Stems("praxisin"));
    }

    [Fact]
    public void Other_encodings_are_read()
    {
        File.WriteAllBytes(
            Path.Combine(folder, "tlh.aff"),
            System.Text.Encoding.Latin1.GetBytes(Affixes.Replace("UTF-8", "ISO8859-2", StringComparison.Ordinal))
        );
        File.WriteAllBytes(Path.Combine(folder, "tlh.dic"), [.. "1\n"u8, 0xb1, .. "bc/A\n"u8]);
        Assert.Equal(["ąbc"], Known().Get("tlh").Stems("ąbcen"));
    }

    [Fact]
    public void Stems_of_the_stemmer_stay()
    {
        Write("de_DE", Affixes, "1\nlandtag/A\n");
        var german = Known().Get("de");
        Assert.Equal(["landtag"], german.Stems("landtagin").Take(1));
        Assert.Contains("haus", german.Stems("häuser"));
    }

    [Fact]
    public void One_that_cannot_be_read_is_a_warning_and_the_stemmer_stays()
    {
        Write("cs_CZ", "SET nonsense\nSFX A Y 1\nSFX A 0 en .\n", "1\nword/A\n");
        var czech = Known().Get("cs");
        czech.Load();
        Assert.Equal(czech.Stems("volba"), czech.Stems("volby"));
        Assert.Contains("cs_CZ.aff", Assert.Single(warnings.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_words_is_not_used()
    {
        Write("tlh_XX", "SET UTF-8\n", "1\nword\n");
        Assert.Equal(["word"], Known().Get("tlh").Stems("word"));
        Assert.Empty(warnings.Said);
    }

    [Fact]
    public void Rules_without_words_are_not_looked_at()
    {
        File.WriteAllText(Path.Combine(folder, "tlh_XX.aff"), Affixes);
        Assert.Equal("", Known().Get("tlh").Name);
    }

    [Fact]
    public void The_folder_of_the_setting_has_to_exist()
    {
        Assert.Equal([folder], SearchSettings.From(Configured(folder)).Dictionaries);
        Assert.Equal(SearchSettings.Usual, SearchSettings.From(Configured("")));
        var e = Assert.Throws<InvalidOperationException>(() => SearchSettings.From(Configured(folder + "/none")));
        Assert.Contains("Search:Dictionaries", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static IConfiguration Configured(string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Search:Dictionaries", value)]).Build();

    private KnownLanguages Known() => new(new SearchSettings([folder, folder + "/none"]), warnings);

    private void Write(string name, string affixes, string words)
    {
        File.WriteAllText(Path.Combine(folder, $"{name}.aff"), affixes);
        File.WriteAllText(Path.Combine(folder, $"{name}.dic"), words);
    }

    private sealed class Warnings : ILogger<KnownLanguages>
    {
        private readonly ConcurrentQueue<string> said = new();

        public IReadOnlyCollection<string> Said => said;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => said.Enqueue(formatter(state, exception));
    }
}
