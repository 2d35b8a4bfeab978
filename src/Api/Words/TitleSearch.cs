using Api.Http.Errors;
using Api.Words.Languages;
using Api.Words.Postings;
using Api.Words.Texts;

namespace Api.Words;

/// <summary>Finds items by what somebody has typed of their titles. Pure.</summary>
/// <param name="index">The index.</param>
internal sealed class TitleSearch(WordIndex index)
{
    /// <summary>The items of a partition whose titles have some words, the last of which may go on. Dispose of the result.</summary>
    /// <param name="part">The partition.</param>
    /// <param name="typed">The text; nothing is found without a word.</param>
    public Bits Find(Partition part, string typed)
    {
        using var search = new PartSearch(part, index.Size, []);
        var units = Units(typed);
        if (units.Count == 0)
            return new Bits(index.Size);
        var found = search.FindTitles([.. part.Vocabulary.TitleWordsBeginningWith(units[^1].Word).Select(word => word.Id)]);
        foreach (var unit in units.SkipLast(1).TakeWhile(_ => found.Any))
        {
            using var titled = search.FindTitles(part.Vocabulary.Alike(unit.Word));
            found.And(titled);
        }
        return found;
    }

    /// <summary>
    /// The typed text with its unknown words replaced by the nearest beginnings of words of titles; null when nothing is near.
    /// </summary>
    public string? Correct(string typed)
    {
        var isChanged = false;
        List<string> words = [];
        foreach (var (word, _, _) in Units(typed))
        {
            var fold = Folding.Fold(word);
            var best = fold.Length > 3 ? NearestTo(fold) : null;
            isChanged |= best is not null;
            words.Add(best ?? word);
        }
        return isChanged ? string.Join(' ', words) : null;
    }

    private IEnumerable<Partition> Parts => index.Articles.Values.Append(index.Named).Where(part => part.Items.Count > 0);

    // Among the words with the same two letters at the beginning: compared with beginnings of the same length, one shorter and one longer.
    private string? NearestTo(string fold)
    {
        var bound = Corrections.Bound(fold);
        return Corrections.MostFrequent(
            Parts
                .SelectMany(part => part.Vocabulary.TitleWordsBeginningWith(fold[..2]).Select(one => (Part: part, one.Id, one.Fold)))
                .Select(one => (one.Part, one.Id, one.Fold, Distance: (double)Nearest.DistanceToBeginning(fold, one.Fold, bound)))
                .Where(one => one.Distance <= bound),
            (part, id) => part.CountIn(id, Posting.InTitle)
        );
    }

    private static List<Unit> Units(string typed)
    {
        var tokenizer = new Tokenizer();
        tokenizer.Read(Folding.Composed(typed));
        List<Unit> units = [];
        TokenKind? before = null;
        while (tokenizer.Next())
        {
            var kind = tokenizer.Current.Kind;
            if (kind is not TokenKind.Joined && !(kind == TokenKind.Last && before == TokenKind.Pair))
                units.Add(new Unit(tokenizer.Word.ToString(), false, 0));
            before = kind;
        }
        return units;
    }
}
