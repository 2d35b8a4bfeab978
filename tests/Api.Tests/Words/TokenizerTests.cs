using Api.Http.Parameters;
using Api.Indexing;
using Api.Words;
using Api.Words.Languages;
using Api.Words.Texts;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.Tests.Words;

public sealed class TokenizerTests
{
    private static readonly KnownLanguages Known = new(new SearchSettings([]), NullLogger<KnownLanguages>.Instance);

    // Of all scripts and none, halves of surrogate pairs among them.
    private static readonly Gen<string> Anything = Gen.OneOf(
            Gen.Char,
            Gen.Char[' ', '\u024f'],
            Gen.Char['\u0300', '\u036f'],
            Gen.Char['\u0590', '\u07ff'],
            Gen.Char['\u0e00', '\u11ff'],
            Gen.Char['\u2000', '\u200f'],
            Gen.Char['\u3040', '\u30ff'],
            Gen.Char['\uac00', '\ud7a3'],
            Gen.Char['\ud830', '\udc10'],
            Gen.Char['\uf900', '\uffff'],
            Gen.Char["a1s.,-'’\u00a0 İß\u00ad\u200c\u200d"]
        )
        .Array[0, 40]
        .Select(letters => new string(letters));

    [Theory]
    [InlineData("U.S.A.", "usa")]
    [InlineData("the U.S. and the U.N.", "the us and the un")]
    [InlineData("1,250", "1250")]
    [InlineData("1,250,000", "1250000")]
    [InlineData("12,50", "12 50")]
    [InlineData("of 1’250.", "of 1250")]
    [InlineData("1990s", "1990")]
    [InlineData("1,250s", "1250")]
    [InlineData("'tis the dogs' rock 'n' roll", "tis the dogs rock n roll")]
    [InlineData("’’a’bc’’", "a bc abc")]
    [InlineData("a'", "a")]
    [InlineData("-a-", "a")]
    [InlineData("\u0301\u0e31\u0301", "")]
    [InlineData("\u200d\ufe0f\u00ad", "")]
    [InlineData("a.", "a")]
    [InlineData(".a.b", "ab")]
    [InlineData("𝐀 𠀀𠀁", "𠀀𠀁 𠀁")]
    public void Words_of_a_text(string text, string words) => Assert.Equal(words, string.Join(' ', Words(text).Select(one => one.Word)));

    [Fact]
    public void Whatever_the_text_its_words_stand_in_it_in_order() =>
        Anything.Sample(
            text =>
            {
                var normal = Folding.Composed(text);
                var (position, start) = (0, 0);
                foreach (var (token, word) in Words(text))
                {
                    Assert.InRange(token.Start, 0, token.End - 1);
                    Assert.InRange(token.End, 1, normal.Length);
                    Assert.NotEmpty(word);
                    if (token.Kind == TokenKind.Joined)
                    {
                        Assert.InRange(token.Position, 0, position - 2);
                        continue;
                    }
                    Assert.Equal(position++, token.Position);
                    Assert.True(token.Start >= start);
                    start = token.Start;
                }
            },
            iter: 5_000
        );

    [Fact]
    public void Whatever_is_searched_in_whatever_text_there_is_an_answer() =>
        Gen.Select(Anything, Anything)
            .Sample(
                (text, query) =>
                {
                    var index = Index(text);
                    var search = SearchText.Of(query);
                    _ = Finds(index, search);
                    _ = new Corrections(index).Of(search.Words);
                    _ = new TitleSearch(index).Correct(query);
                },
                iter: 1_000
            );

    [Fact]
    public void A_text_is_found_by_any_words_of_it_in_sequence() =>
        Gen.Select(Anything.Where(text => !text.Any("\"“”„«»".Contains)), Gen.Int[0, 40], Gen.Int[1, 40])
            .Sample(
                (text, first, count) =>
                {
                    var pieces = Folding.Composed(text).Split(' ');
                    var piece = string.Join(' ', pieces.Skip(first % pieces.Length).Take(count));
                    var search = SearchText.Of($"\"{piece}\"");
                    return WordQuery.Of(search).Terms.Count == 0 || Finds(Index(text), search);
                },
                iter: 3_000
            );

    [Fact]
    public void A_text_without_spaces_is_found_by_any_part_of_it() =>
        Gen.Select(
                Gen.OneOf(
                    Gen.Char["中国人民々〇かカー"].Array[1, 60],
                    Gen.Char["กขคา"].Array[1, 60],
                    Gen.Char["ກຂາ"].Array[1, 60],
                    Gen.Char["កខ"].Array[1, 60],
                    Gen.Char["ကခ"].Array[1, 60],
                    Gen.Char["한국어"].Array[1, 60]
                ),
                Gen.Int[0, 59],
                Gen.Int[1, 60]
            )
            .Sample(
                (letters, from, count) =>
                {
                    var run = new string(letters);
                    var part = run[(from % run.Length)..Math.Min(run.Length, (from % run.Length) + count)];
                    return Finds(Index(run), SearchText.Of(part));
                },
                iter: 1_000
            );

    [Fact]
    public void Half_a_surrogate_pair_in_a_search_or_a_text_is_no_part_of_a_word()
    {
        Assert.True(Finds(Index("ﬁn\udc00 mora\ud800 \ufffe"), SearchText.Of("fin\ud800 \udfffmora \ufffe")));
        Assert.Empty(WordQuery.Of(SearchText.Of("\ud800 \"\udc00\"")).Terms);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('中')]
    [InlineData('ก')]
    [InlineData('한')]
    [InlineData('ﾊ')]
    [InlineData('7')]
    [InlineData('\u0301')]
    public void A_very_long_run_is_read_like_any_other(char letter)
    {
        var index = Index($"one {new string(letter, 1_000_000)} two");
        Assert.True(Finds(index, SearchText.Of("one two")));
        if (Scripts.IsUnspaced(Scripts.Of(letter)))
            Assert.True(Finds(index, SearchText.Of(new string(letter, SearchText.MaxLength))));
    }

    private static WordIndex Index(string text) =>
        WordIndex
            .Empty(Known)
            .With(
                [],
                [
                    new ItemText
                    {
                        ItemId = 1,
                        Resource = "article",
                        Body = text,
                    },
                ]
            );

    private static bool Finds(WordIndex index, SearchText search)
    {
        using var matches = new WordMatches(index, WordQuery.Of(search), (_, _) => KeySet.Empty);
        matches.FindAll();
        return matches.ToSet().Count > 0;
    }

    private static List<(Token Token, string Word)> Words(string text)
    {
        var tokenizer = new Tokenizer();
        tokenizer.Read(Folding.Composed(text));
        List<(Token, string)> words = [];
        while (tokenizer.Next())
            words.Add((tokenizer.Current, tokenizer.Word.ToString()));
        return words;
    }
}
