using Api.Http.Errors;
using Api.Words.Languages;
using Api.Words.Postings;
using Api.Words.Texts;

namespace Api.Words;

/// <summary>Finds the nearest existing words for words that occur nowhere: those of titles, leads and names.</summary>
/// <param name="index">The index.</param>
internal sealed class Corrections(WordIndex index)
{
    /// <summary>The most edits in a correction of a word, by the length of the word.</summary>
    public static int Bound(string word) =>
        word.Length switch
        {
            < 4 => 0,
            < 6 => 1,
            _ => 2,
        };

    /// <summary>The replacements of the words that occur nowhere and have a similar word.</summary>
    public IReadOnlyDictionary<string, string> Of(IEnumerable<string> words)
    {
        var instead = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var fold = Folding.Fold(word);
            if (fold.Length > 3 && fold.Any(char.IsLetter) && !Occurs(word) && Best(fold) is { } best)
                instead[word] = best;
        }
        return instead;
    }

    private IEnumerable<Partition> Parts => index.Articles.Values.Append(index.Named).Where(part => part.Items.Count > 0);

    /// <summary>Whether a word, or a form of it, occurs in a text.</summary>
    public bool Occurs(string word) =>
        Parts.Any(part =>
            part.Language.IsStopWord(Folding.Normal(word))
            || Scripts.IsUnspaced(Scripts.Of(word[0]))
            || part.Vocabulary.Alike(word).Any(part.Has)
            || part.Vocabulary.Related(Folding.Normal(word), [], part.Language).Any(part.Has)
        );

    private string? Best(string fold)
    {
        var bound = Bound(fold);
        // The first letter is rarely mistyped, so a change there weighs more.
        return MostFrequent(
            Parts.SelectMany(part =>
                part.Vocabulary.Near(fold, bound)
                    .Select(near => (Part: part, near.Id, near.Fold, Distance: Nearest.Distance(fold, near.Fold, bound)))
                    .Where(one => one.Distance <= bound)
                    .Select(one => (one.Part, one.Id, one.Fold, one.Distance + (one.Fold[0] == fold[0] ? 0 : 0.5)))
            ),
            (part, id) => part.CountIn(id, Posting.InTitle | Posting.InLead)
        );
    }

    /// <summary>
    /// Of the nearest words that an item has, the one that most items have; null when none has any of them.
    /// </summary>
    /// <param name="words">Words with their partitions and distances.</param>
    /// <param name="count">How many items of a partition have a word.</param>
    public static string? MostFrequent(
        IEnumerable<(Partition Part, int Id, string Word, double Distance)> words,
        Func<Partition, int, int> count
    ) =>
        words
            .GroupBy(one => one.Distance)
            .OrderBy(group => group.Key)
            .Select(group =>
                group
                    .GroupBy(one => one.Word, StringComparer.Ordinal)
                    .Select(same => (Word: same.Key, Count: same.Sum(one => count(one.Part, one.Id))))
                    .Where(one => one.Count > 0)
                    .OrderByDescending(one => one.Count)
                    .ThenBy(one => one.Word, StringComparer.Ordinal)
                    .Select(one => one.Word)
                    .FirstOrDefault()
            )
            .FirstOrDefault(word => word is not null);
}
