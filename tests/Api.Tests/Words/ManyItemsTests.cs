using Api.Http.Parameters;
using Api.Indexing;
using Api.Words;
using Api.Words.Languages;
using Api.Words.Texts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.Tests.Words;

/// <summary>Extremes of items, texts and searches. Each of these searches takes far less than a second.</summary>
public sealed class ManyItemsTests
{
    private static readonly KnownLanguages Known = new(new SearchSettings([]), NullLogger<KnownLanguages>.Instance);

    [Fact]
    public void More_items_than_are_merged_are_found_after_each_of_many_changes()
    {
        var index = WordIndex.Empty(Known);
        var versions = new Dictionary<int, int>();
        var random = new Random(11);
        for (var change = 1; change <= 60; change++)
        {
            int[] numbers = [.. Enumerable.Range(0, 300).Select(_ => random.Next(1, 9_000)).Distinct().Order()];
            int[] gone = [.. numbers.Where(number => number % 7 == change % 7)];
            foreach (var number in numbers)
                versions[number] = change;
            foreach (var number in gone)
                versions.Remove(number);
            index = index.With(numbers, [.. numbers.Except(gone).Select(number => Article(number, $"now{change} common x{number}x"))]);
        }
        Assert.True(index.Articles.Values.Single().Segments.Length < 15);
        Assert.Equal(versions.Keys.Order(), Find(index, "common"));
        for (var change = 1; change <= 60; change++)
            Assert.Equal(versions.Where(one => one.Value == change).Select(one => one.Key).Order(), Find(index, $"\"now{change} common\""));
        foreach (var number in versions.Keys.Take(200))
            Assert.Equal([number], Find(index, $"x{number}x"));
    }

    [Fact]
    public void A_phrase_of_words_that_sixty_thousand_items_in_several_segments_have()
    {
        var index = WordIndex.Empty(Known);
        for (var first = 1; first <= 60_000; first += 20_000)
            index = index.With(
                [],
                [.. Enumerable.Range(first, 20_000).Select(n => Article(n, n % 3 == 0 ? "water rising" : "rising water"))]
            );
        // Some of the first segment are in another one now.
        index = index.With(
            [],
            [.. Enumerable.Range(1, 100).Select(n => Article(n * 3, "rising water")).Append(Article(60_001, "water water rising"))]
        );
        Assert.True(index.Articles.Values.Single().Segments.Length > 1);
        Assert.Equal([.. Enumerable.Range(1, 60_000).Where(n => n % 3 == 0 && n > 300), 60_001], Find(index, "\"water rising\""));
        Assert.Equal([60_001], Find(index, "\"water water\""));
    }

    [Theory]
    [InlineData("中中中中")]
    [InlineData("中")]
    [InlineData("กก")]
    [InlineData("한한")]
    public void A_search_of_the_same_character_in_a_text_of_it(string text)
    {
        var index = WordIndex.Empty(Known).With([], [Article(1, string.Concat(Enumerable.Repeat(text, 1_000_000 / text.Length)))]);
        Assert.Equal([1], Find(index, new string(text[0], SearchText.MaxLength)));
        Assert.Empty(Find(index, new string(text[0], SearchText.MaxLength - 1) + "国"));
        Assert.Equal([1], Find(index, new string(text[0], SearchText.MaxLength - 1) + "国", isMost: true));
    }

    [Fact]
    public void A_search_of_200_different_characters()
    {
        var index = WordIndex
            .Empty(Known)
            .With([], [.. Enumerable.Range(1, 2_000).Select(n => Article(n, string.Concat(Enumerable.Range(n, 300).Select(Sign))))]);
        var query = string.Concat(Enumerable.Range(150, SearchText.MaxLength).Select(Sign));
        Assert.Equal(Enumerable.Range(50, 101), Find(index, query));
        // A hundred of the 199 pairs are enough.
        Assert.Equal(Enumerable.Range(1, 249), Find(index, "国国" + query[2..], isMost: true));

        static char Sign(int n) => (char)(0x4e00 + n);
    }

    [Fact]
    public void Sixteen_alternatives()
    {
        var index = WordIndex.Empty(Known).With([], [.. Enumerable.Range(1, 40).Select(n => Article(n, $"x{n}x water"))]);
        Assert.Equal(
            Enumerable.Range(1, SearchText.MaxTerms),
            Find(index, string.Join(" OR ", Enumerable.Range(1, SearchText.MaxTerms).Select(n => $"x{n}x")))
        );
    }

    [Fact]
    public void A_text_of_five_megabytes()
    {
        var text = string.Join(' ', Enumerable.Range(0, 700_000).Select(n => $"w{n % 50_000}"));
        var index = WordIndex.Empty(Known).With([], [Article(1, text), Article(2, "w49999 w0")]);
        Assert.Equal([1, 2], Find(index, "\"w49999 w0\""));
        Assert.Equal([1], Find(index, "\"w0 w1 w2\""));
    }

    [Fact]
    public void Empty_texts_and_numbers_far_apart()
    {
        var index = WordIndex.Empty(Known).With([], [new ItemText { ItemId = 1, Resource = "article" }, Article(20_000_000, "cable")]);
        Assert.Equal([20_000_000], Find(index, "cable"));
        index = index.With([20_000_000], []);
        Assert.Empty(Find(index, "cable"));
        Assert.Equal([1], index.Articles.Values.Single().Items.ToArray());
    }

    private static int[] Find(WordIndex index, string query, bool isMost = false)
    {
        var asked = WordQuery.Of(SearchText.Of(query));
        using var matches = new WordMatches(index, isMost ? asked.InPieces() : asked, (_, _) => KeySet.Empty);
        if (isMost)
            matches.FindMost(KeySet.Of([.. Enumerable.Range(0, 200_000)]));
        else
            matches.FindAll();
        var found = matches.ToSet();
        Assert.Equal(Math.Min(found.Count, WordMatches.MostRanked), matches.Best(found, _ => 0).Count);
        return found.ToArray();
    }

    private static ItemText Article(int item, string body) =>
        new()
        {
            ItemId = item,
            Resource = "article",
            Body = body,
        };
}
