using Api.Http.Parameters;
using Api.Words.Languages;
using Api.Words.Texts;

namespace Api.Words;

/// <summary>A word or pair of characters that a text must have.</summary>
/// <param name="Word">As the vocabulary has it.</param>
/// <param name="IsStart">
/// Whether words that begin with it count as well: a single character of a script without spaces, or a word that occurs nowhere.
/// </param>
/// <param name="Offset">Its distance in words to the first of the sequence.</param>
internal readonly record struct Unit(string Word, bool IsStart, int Offset);

/// <summary>A term of a search as its spellings: a text must have the units of one of them in sequence.</summary>
/// <param name="Spellings">The spellings; none is empty.</param>
/// <param name="IsExcluded">Whether texts with the term are left out.</param>
internal sealed record WordTerm(IReadOnlyList<IReadOnlyList<Unit>> Spellings, bool IsExcluded)
{
    /// <summary>The single word; null for a sequence.</summary>
    public string? Single => Spellings is [[{ IsStart: false } unit]] ? unit.Word : null;

    /// <summary>Reads a term; null when it has no word.</summary>
    public static WordTerm? Of(SearchTerm term)
    {
        var (parts, joined) = (new List<Unit>(), new List<Unit>());
        var tokenizer = new Tokenizer();
        tokenizer.Read(Folding.Composed(term.Written));
        // Where each word begins in joined, and how many words less that has.
        List<int> starts = [];
        var (hasJoined, less) = (false, 0);
        TokenKind? before = null;
        while (tokenizer.Next())
        {
            var (token, word) = (tokenizer.Current, tokenizer.Word.ToString());
            switch (token.Kind)
            {
                case TokenKind.Joined:
                    var first = starts[token.Position];
                    var offset = joined[first].Offset;
                    less += joined.Count - first - 1;
                    joined.RemoveRange(first, joined.Count - first);
                    joined.Add(new Unit(word, false, offset));
                    hasJoined = true;
                    break;
                case TokenKind.Last when before == TokenKind.Pair:
                    starts.Add(joined.Count);
                    break;
                default:
                    starts.Add(joined.Count);
                    parts.Add(new Unit(word, token.Kind == TokenKind.Last, token.Position));
                    joined.Add(new Unit(word, token.Kind == TokenKind.Last, token.Position - less));
                    break;
            }
            before = token.Kind;
        }
        return parts.Count == 0 ? null : new WordTerm(hasJoined ? [parts, joined] : [parts], term.IsExcluded);
    }

    /// <summary>The number of words, up to the next term of a phrase.</summary>
    public int Length =>
        Spellings[0][^1].Offset + (Scripts.IsUnspaced(Scripts.Of(Spellings[0][^1].Word[0])) && !Spellings[0][^1].IsStart ? 2 : 1);

    /// <summary>
    /// The distinct pairs of a sequence of a script without spaces as terms of their own; the term itself where it is none.
    /// </summary>
    public IEnumerable<WordTerm> Pieces =>
        Spellings is [{ Count: > 1 } units] && units.All(unit => Scripts.IsUnspaced(Scripts.Of(unit.Word[0])))
            ? units
                .Select(unit => unit with { Offset = 0 })
                .Distinct()
                .Select(unit => new WordTerm(
                    [
                        [unit],
                    ],
                    IsExcluded
                ))
            : [this];

    /// <summary>The term with words that may go on, where they occur nowhere; the term itself where none does.</summary>
    /// <param name="occurs">Whether a word occurs anywhere.</param>
    public WordTerm Completed(Func<string, bool> occurs)
    {
        const int shortest = 4;
        if (IsExcluded || Single is not { Length: >= shortest } word || Scripts.IsUnspaced(Scripts.Of(word[0])) || occurs(word))
            return this;
        return this with
        {
            Spellings =
            [
                [new Unit(word, true, 0)],
            ],
        };
    }

    /// <summary>The term with the spellings that a language adds: Korean words without their particles.</summary>
    public WordTerm In(Language language, string written)
    {
        if (language.Writing != Writing.Korean)
            return this;
        var more = language
            .Stems(Folding.Normal(written))
            .Select(stem => Of(new SearchTerm([], false, false, stem)))
            .OfType<WordTerm>()
            .SelectMany(term => term.Spellings);
        return this with { Spellings = [.. Spellings, .. more] };
    }
}
