using Api.Tests.Support;
using Api.Words.Languages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.EndToEnd.Words;

/// <summary>With the dictionaries of the operating system.</summary>
public class InstalledDictionaryTests
{
    private static readonly KnownLanguages Known = new(SearchSettings.Usual, NullLogger<KnownLanguages>.Instance);

    public static TheoryData<string> Documented =>
        [.. LanguageTable.Rows().Where(row => row.Package.Length > 0).Select(row => row.Language)];

    [Theory]
    [MemberData(nameof(Documented))]
    public void The_document_tells_how_many_forms_are_recognised_with_a_dictionary(string language)
    {
        var row = LanguageTable.Rows().Single(row => row.Language == language);
        Tools.Need(row.Package);
        Assert.Equal(row.With, Pairs.Of[language].Judge(Known.Get(language)));
    }
}
