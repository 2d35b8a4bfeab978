using Api.Http.Parameters;
using Api.Words.Languages;
using Api.Words.Texts;

namespace Api.Tests.Words;

/// <summary>Searches texts one after the other, without an index: words are alike when they are the same without accents.</summary>
/// <param name="items">The items.</param>
/// <param name="shown">The experts and topics that an item shows.</param>
internal sealed class NaiveSearch(IEnumerable<ItemText> items, Func<int, IEnumerable<int>> shown)
{
    private readonly Dictionary<int, (ItemText Text, List<Word>[] Fields)> all = items.ToDictionary(
        item => item.ItemId,
        item => (item, new[] { Read(item.IndexedTitle), Read(item.Lead), Read(item.Body) })
    );

    /// <summary>The items with all words of an alternative, and those with the whole name.</summary>
    public int[] All(SearchText search) =>
        [.. all.Keys.Where(item => search.Alternatives.Any(terms => HasAll(item, terms)) || HasName(item, search.Plain)).Order()];

    /// <summary>The items with most of the words of the only alternative.</summary>
    public int[] Most(SearchText search)
    {
        if (search.Alternatives is not [var terms])
            return [];
        var wanted = terms.Where(term => !term.IsExcluded && Spellings(term.Written).Count > 0).DistinctBy(term => term.Written).ToList();
        if (wanted.Count < 2)
            return [];
        var counts = all
            .Keys.Where(item => !terms.Any(term => term.IsExcluded && Has(item, term)))
            .ToDictionary(item => item, item => wanted.Count(term => Has(item, term)));
        var enough = Math.Min(counts.Values.DefaultIfEmpty().Max(), (wanted.Count + 1) / 2);
        return enough == 0 ? [] : [.. counts.Where(one => one.Value >= enough).Select(one => one.Key).Order()];
    }

    private bool HasAll(int item, IReadOnlyList<SearchTerm> terms)
    {
        var real = terms.Where(term => Spellings(term.Written).Count > 0).ToList();
        return real.Exists(term => !term.IsExcluded) && real.TrueForAll(term => Has(item, term) != term.IsExcluded);
    }

    private bool Has(int item, SearchTerm term)
    {
        var spellings = Spellings(term.Written);
        return spellings.Exists(spelling =>
            Array.Exists(all[item].Fields, field => Stands(spelling, field))
            || shown(item).Any(name => all.TryGetValue(name, out var named) && Stands(spelling, named.Fields[0]))
        );
    }

    private bool HasName(int item, string plain) =>
        NameTable.Normal(plain) is { Length: > 0 } name
        && all[item].Text.Names.Any(own => own is not null && NameTable.Normal(own) == name);

    private static bool Stands(List<Unit> spelling, List<Word> field) =>
        field.Exists(first =>
            spelling.TrueForAll(unit =>
                field.Exists(word =>
                    word.Place == first.Place + unit.Place
                    && (unit.IsStart ? word.Fold.StartsWith(unit.Fold, StringComparison.Ordinal) : word.Fold == unit.Fold)
                )
            )
        );

    private static List<Word> Read(string text) =>
        [.. Tokens(text).Select(token => new Word(Folding.Fold(token.Word), token.Token.Position))];

    // All parts apart; and, where there are words with a hyphen, each of these as one word.
    private static List<List<Unit>> Spellings(string written)
    {
        var tokens = Tokens(written);
        List<Unit> apart = [];
        List<Unit> joined = [];
        var place = 0;
        for (var n = 0; n < tokens.Count; n++)
        {
            var (token, word) = tokens[n];
            if (token.Kind == TokenKind.Joined)
                continue;
            var isEnd = token.Kind == TokenKind.Last && n > 0 && tokens[n - 1].Token.Kind == TokenKind.Pair;
            if (!isEnd)
                apart.Add(new Unit(Folding.Fold(word), token.Kind == TokenKind.Last, token.Position));
            var whole = tokens.FindIndex(one =>
                one.Token.Kind == TokenKind.Joined && one.Token.Start <= token.Start && token.End <= one.Token.End
            );
            if (whole < 0 || tokens[whole].Token.Position == token.Position)
            {
                if (!isEnd)
                    joined.Add(new Unit(Folding.Fold(whole < 0 ? word : tokens[whole].Word), token.Kind == TokenKind.Last, place));
                place++;
            }
        }
        return apart.Count == 0 ? [] : [apart, joined];
    }

    private static List<(Token Token, string Word)> Tokens(string text)
    {
        var tokenizer = new Tokenizer();
        tokenizer.Read(text.Normalize());
        List<(Token, string)> tokens = [];
        while (tokenizer.Next())
            tokens.Add((tokenizer.Current, tokenizer.Word.ToString()));
        return tokens;
    }

    private readonly record struct Word(string Fold, int Place);

    private readonly record struct Unit(string Fold, bool IsStart, int Place);
}
