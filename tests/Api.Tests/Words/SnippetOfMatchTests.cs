using System.Xml.Linq;
using Api.Http.Parameters;
using Api.Indexing;
using Api.Search;
using Api.Words;
using Api.Words.Languages;
using Api.Words.Texts;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.Tests.Words;

/// <summary>The snippet of a text marks what the index has found in it.</summary>
public sealed class SnippetOfMatchTests
{
    private static readonly KnownLanguages Known = new(new SearchSettings([]), NullLogger<KnownLanguages>.Instance);

    // Many words and few characters, so that a piece of one is often found in another.
    private static readonly Gen<string> Text = Gen.Frequency(
            (8, Gen.Char["ab中国กำ한글ﾊﾟé0"]),
            (3, Gen.Char[" \n"]),
            (2, Gen.Char["-'.,\u00ad\ufe0f\u200d\u0301\u3099<&"])
        )
        .Array[1, 160]
        .Select(letters => new string(letters));

    [Fact]
    public void Of_what_is_found_in_a_text_something_is_marked() =>
        Gen.Select(Text, Gen.Int[0, 159], Gen.Int[1, 120], Gen.Bool)
            .Sample(
                (text, from, length, isQuoted) =>
                {
                    var piece = text[Math.Min(from, text.Length - 1)..Math.Min(from + length, text.Length)];
                    var snippet = Find(text, isQuoted ? $"\"{piece}\"" : piece);
                    return snippet is null || HasMark(snippet);
                },
                iter: 3_000
            );

    [Theory]
    [InlineData("核\ufe0f", "核", "<mark>核</mark>")]
    [InlineData("反核\u200d", "核", "反<mark>核</mark>")]
    [InlineData("a well-known cable", "\"a wellknown\"", "<mark>a well-known</mark> cable")]
    [InlineData("反核运动", "\"反 核\"", "<mark>反核</mark>运动")]
    [InlineData("x 核运动", "\"x 核\"", "<mark>x 核</mark>运动")]
    public void A_mark_ends_where_the_words_end(string text, string query, string html) => Assert.Equal(html, Find(text, query));

    [Fact]
    public void A_phrase_that_is_longer_than_a_snippet_is_shown_whole()
    {
        var phrase = string.Join(' ', Enumerable.Range(100, 48));
        Assert.Equal($"<mark>{phrase}</mark>", Find($"one {phrase} two", $"\"{phrase}\"")![4..^0].Split(" two")[0]);
        var run = string.Concat(Enumerable.Range(0x4e00, 190).Select(sign => (char)sign));
        Assert.Contains($"<mark>{run}</mark>", Find($"{run[..9]}。{run}", run), StringComparison.Ordinal);
    }

    // A word of the title only, and one that is everywhere in the text.
    [Fact]
    public void A_long_text_without_one_of_the_words_has_a_snippet_of_the_other()
    {
        var text = string.Join(' ', Enumerable.Repeat("sea", 200_000));
        Assert.True(HasMark(Find(text, "cable sea", "cable")!));
    }

    // The snippet of a text; null when the index does not find it.
    private static string? Find(string text, string query, string title = "")
    {
        var index = WordIndex
            .Empty(Known)
            .With(
                [],
                [
                    new ItemText
                    {
                        ItemId = 1,
                        Resource = "article",
                        Title = title,
                        Body = text,
                    },
                ]
            );
        using var matches = new WordMatches(index, WordQuery.Of(SearchText.Of(query)), (_, _) => KeySet.Empty);
        matches.FindAll();
        return matches.ToSet().Count == 0 ? null : Snippet.Of(text, matches.Marks(1)).Html;
    }

    private static bool HasMark(string html) =>
        XElement.Parse($"<x>{html}</x>", LoadOptions.PreserveWhitespace).Elements("mark").Any(mark => mark.Value.Length > 0);
}
