using Api.Http.Parameters;
using Api.Indexing;
using Api.Words;
using Api.Words.Languages;
using Api.Words.Texts;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.Tests.Words;

/// <summary>
/// The index after any changes: it finds what <see cref="NaiveSearch"/> finds, and ranks as an index built from the same texts at once.
/// </summary>
public sealed class WordIndexTests
{
    private const int Items = 24;

    private static readonly KnownLanguages Known = new(new SearchSettings([]), NullLogger<KnownLanguages>.Instance);

    // Of languages without stems and stop words; those of experts and topics are in English as well, where these words have no other form.
    private static readonly string[] Words =
    [
        .. new[] { "kava", "kāva", "mora", "tilo", "ko-ra", "kora", "u.p.x.", "upx", "1,250", "1250", "o'ra", "F-16s", "ﬁn", "fin" },
        .. new[] { "中国", "国中", "中国人中", "人", "𠀀人", "กิน", "กา", "한국", "국 어한", "어", "ﾊﾟﾝ", "パン" },
    ];

    private static readonly Gen<string> Text = OneOf(Words).List[0, 7].Select(words => string.Join(' ', words));

    private static readonly Gen<ItemText> Item = Gen.Select(
        Gen.Int[1, Items],
        OneOf("", "lo", "bo"),
        Text,
        Text,
        Text,
        (item, language, title, lead, body) => Make(item, language, title, lead, body)
    );

    private static readonly Gen<Change[]> Changes = Gen.Select(
        OneOf(Kind.Read, Kind.Read, Kind.Read, Kind.Unread, Kind.Unread, Kind.Begin, Kind.End),
        Item.List[0, 6],
        Gen.Int[1, Items].List[0, 3],
        (kind, present, gone) => new Change(kind, [.. present.DistinctBy(item => item.ItemId)], gone)
    ).Array[1, 30];

    private static readonly Gen<string> Query = Gen.Select(
            OneOf("", "", "", "-", "OR "),
            Gen.OneOf(
                OneOf(Words),
                OneOf("中", "国人", "ก", "국", "koora", "kora mora"),
                OneOf(Words).List[1, 4].Select(words => $"\"{string.Join(' ', words)}\"")
            )
        )
        .List[1, 4]
        .Select(parts => string.Join(' ', parts.Select(part => part.Item1 + part.Item2)).TrimStart('O', 'R', ' '))
        .Where(query => !SearchText.Of(query).OnlyExcludes);

    [Fact]
    public Task After_any_changes_it_finds_what_is_in_the_texts() =>
        Gen.Select(Changes, Query.Array[4]).SampleAsync(async (changes, queries) => await Follow(changes, queries), iter: 60, threads: 2);

    // Négocié, which negocie may stand for, has the stem of négocier; negocie has not.
    [Fact]
    public void Forms_of_a_word_that_is_in_no_text_any_more_are_not_found()
    {
        ItemText[] items = [.. ((string[])["négocié", "négocier"]).Select((word, n) => Make(9 + n, "fr", word, "", ""))];
        var search = SearchText.Of("negocie");
        var index = WordIndex.Empty(Known).With([], items);
        Assert.Equal([9, 10], Search(index, search, most: false).Found);
        Assert.Empty(Search(index.With([9], []), search, most: false).Found);
        Assert.Empty(Search(WordIndex.Empty(Known).With([], items[1..]), search, most: false).Found);
    }

    // Négocié is alike and has another stem, negoce has the same stem.
    [Fact]
    public void What_is_another_form_does_not_depend_on_texts_that_are_gone()
    {
        ItemText[] items = [.. ((string[])["negocie", "negoce", "négocié"]).Select((word, n) => Make(9 + n, "fr", word, "", ""))];
        var search = SearchText.Of("negocie");
        var best = Search(WordIndex.Empty(Known).With([], items[..2]), search, most: false).Best;
        Assert.Equal([9, 10], best.Select(one => one.Item));
        Assert.True(best[0].Score > best[1].Score * 1.1);
        Assert.Equal(best, Search(WordIndex.Empty(Known).With([], items).With([11], []), search, most: false).Best);
    }

    [Theory]
    [InlineData("Tilo Māra")]
    [InlineData("毛泽东")]
    [InlineData("小泉 進次郎")]
    [InlineData("한국어")]
    public void Whoever_has_the_whole_name_is_the_first(string name)
    {
        var index = WordIndex.Empty(Known).With([], [Make(1, "", name, "", ""), Make(2, "", $"{name} {name}", name, name)]);
        Assert.Equal([1, 2], Search(index, SearchText.Of(name), most: false).Best.Select(one => one.Item));
    }

    [Fact]
    public void A_phrase_in_title_and_text_counts_as_often_in_an_event_as_in_an_article()
    {
        Assert.Equal(ScoreOf(9), ScoreOf(7));

        static long ScoreOf(int item) =>
            Search(
                WordIndex.Empty(Known).With([], [Make(item, "", "kava mora", "", "kava mora")]),
                SearchText.Of("\"kava mora\""),
                most: false
            )
                .Best.Single()
                .Score;
    }

    private static async Task Follow(Change[] changes, string[] queries)
    {
        var index = WordIndex.Empty(Known);
        Dictionary<int, ItemText> content = [];
        HashSet<int> unread = [];
        HashSet<int> late = [];
        BulkReading? reading = null;
        foreach (var (kind, present, gone) in changes)
        {
            int[] numbers = [.. present.Select(item => item.ItemId).Concat(gone).Distinct()];
            if (kind is Kind.Read or Kind.Unread)
            {
                foreach (var number in numbers)
                    content.Remove(number);
                foreach (var item in present)
                    content[item.ItemId] = item;
                late.UnionWith(numbers);
            }
            switch (kind)
            {
                case Kind.Read:
                    index = index.With(numbers, present);
                    unread.ExceptWith(numbers);
                    break;
                case Kind.Unread:
                    index = index.WithUnread(numbers);
                    unread.UnionWith(numbers);
                    break;
                case Kind.Begin when reading is null && unread.Count > 0:
                    index = index.StartReading([.. unread.Order()]);
                    late.Clear();
                    reading = new BulkReading(index);
                    await reading.Read(Batches([.. unread.Order().Where(content.ContainsKey).Select(item => content[item])]), default);
                    break;
                case Kind.End when reading is not null:
                    unread.IntersectWith(late);
                    index = index.WithRead(reading.Segments, reading.Named);
                    reading = null;
                    break;
            }
            Assert.Equal(unread.Order(), index.Unread.ToArray());
            ItemText[] visible = [.. content.Values.Where(item => !unread.Contains(item.ItemId)).OrderBy(item => item.ItemId)];
            var rebuilt = WordIndex.Empty(Known).With([], visible);
            var naive = new NaiveSearch(visible, Shown);
            foreach (var query in queries)
                AssertSame(index, rebuilt, naive, SearchText.Of(query));
        }
    }

    private static void AssertSame(WordIndex index, WordIndex rebuilt, NaiveSearch naive, SearchText search)
    {
        foreach (var most in (bool[])[false, true])
        {
            var (found, best) = Search(index, search, most);
            var expected = most ? naive.Most(search) : naive.All(search);
            Assert.True(expected.SequenceEqual(found), $"{search}: {string.Join(' ', expected)}, not {string.Join(' ', found)}");
            Assert.Equal(Search(rebuilt, search, most).Best, best);
            Assert.Equal(found, best.Select(one => one.Item).Order());
        }
    }

    private static (int[] Found, IReadOnlyList<(int Item, long Score)> Best) Search(WordIndex index, SearchText search, bool most)
    {
        using var matches = new WordMatches(index, WordQuery.Of(search), Showing);
        if (most)
            matches.FindMost(KeySet.Of([.. Enumerable.Range(0, 200_000)]));
        else
            matches.FindAll();
        var set = matches.ToSet();
        return (set.ToArray(), matches.Best(set, item => 1_600_000_000_000_000 + item));
    }

    // The first items are experts and topics, which the next show in turn.
    private static ItemText Make(int item, string language, string title, string lead, string body) =>
        new()
        {
            ItemId = item,
            Resource = ResourceOf(item),
            Id = new Guid(item, 0, 0, new byte[8]),
            Slug = "tilo",
            Language = item > 8 ? language : null,
            Title = title,
            Lead = lead,
            Body = body,
            Names = item <= 6 ? [title, null, "Tilo Mora"] : [],
        };

    private static string ResourceOf(int item) =>
        item switch
        {
            <= 4 => "expert",
            <= 6 => "topic",
            <= 8 => "event",
            _ => "article",
        };

    private static IEnumerable<int> Shown(int item) => item > 6 ? [1 + (item % 6)] : [];

    private static KeySet Showing(string resource, int item) =>
        KeySet.Of([.. Enumerable.Range(7, Items - 6).Where(other => ResourceOf(item) == resource && Shown(other).Contains(item))]);

    private static async IAsyncEnumerable<IReadOnlyList<ItemText>> Batches(ItemText[] items)
    {
        foreach (var some in items.Chunk(5))
        {
            await Task.Yield();
            yield return some;
        }
    }

    private static Gen<T> OneOf<T>(params T[] some) => Gen.Int[0, some.Length - 1].Select(n => some[n]);

    private enum Kind
    {
        Read,
        Unread,
        Begin,
        End,
    }

    private sealed record Change(Kind Kind, ItemText[] Present, IReadOnlyList<int> Gone);
}
