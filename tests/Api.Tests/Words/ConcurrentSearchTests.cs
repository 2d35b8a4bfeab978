using Api.Http.Parameters;
using Api.Indexing;
using Api.Words;
using Api.Words.Languages;
using Api.Words.Texts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.Tests.Words;

/// <summary>Searches while the index, and with it the vocabulary, grows.</summary>
public sealed class ConcurrentSearchTests
{
    private const int Articles = 1_500;

    private static readonly KnownLanguages Known = new(new SearchSettings([]), NullLogger<KnownLanguages>.Instance);

    [Fact]
    public async Task Each_version_of_the_index_has_all_its_words_while_the_next_ones_are_made()
    {
        var latest = WordIndex.Empty(Known).With([], [Article(1)]);
        var searches = Enumerable.Range(0, 4).Select(_ => Task.Run(Search)).ToArray();
        for (var item = 2; item <= Articles; item++)
            Volatile.Write(ref latest, latest.With([], [Article(item)]));
        await Task.WhenAll(searches);

        void Search()
        {
            var random = new Random(7);
            for (var index = latest; index.Size <= Articles; index = Volatile.Read(ref latest))
            {
                foreach (var item in (int[])[random.Next(1, index.Size), index.Size - 1])
                {
                    Assert.Equal([item], Find(index, Word(item)));
                    Assert.Equal([item], Find(index, $"\"{Word(item)} water\""));
                    Assert.True(new Corrections(index).Occurs(Word(item)));
                }
            }
        }
    }

    private static int[] Find(WordIndex index, string query)
    {
        using var matches = new WordMatches(index, WordQuery.Of(SearchText.Of(query)), (_, _) => KeySet.Empty);
        matches.FindAll();
        var found = matches.ToSet();
        Assert.Equal(found.Count, matches.Best(found, _ => 0).Count);
        return found.ToArray();
    }

    private static ItemText Article(int item) =>
        new()
        {
            ItemId = item,
            Resource = "article",
            Language = item % 2 == 0 ? "lo" : null,
            Title = Word(item),
            Body = $"{Word(item)} water {item}",
        };

    // Letters only, and none alike.
    private static string Word(int item) => string.Concat(item.ToString("d4", null).Select(digit => (char)('p' + digit - '0'))) + "o";
}
