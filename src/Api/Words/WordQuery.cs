using Api.Http.Parameters;
using Api.Words.Texts;

namespace Api.Words;

/// <summary>A search as the index reads it.</summary>
/// <param name="Terms">The terms of all alternatives, distinct.</param>
/// <param name="Written">Each term as it was typed.</param>
/// <param name="Alternatives">The places of the wanted and of the excluded terms of each alternative.</param>
/// <param name="Name">The wanted words, to compare with whole names.</param>
internal sealed record WordQuery(
    IReadOnlyList<WordTerm> Terms,
    IReadOnlyList<string> Written,
    IReadOnlyList<(int[] Wanted, int[] Excluded)> Alternatives,
    string Name
)
{
    /// <summary>Reads a search.</summary>
    public static WordQuery Of(SearchText search)
    {
        List<WordTerm> terms = [];
        List<string> written = [];
        List<(int[], int[])> alternatives = [];
        foreach (var alternative in search.Alternatives)
        {
            var (wanted, excluded) = (new List<int>(), new List<int>());
            foreach (var part in alternative.DistinctBy(term => (term.Written, term.IsExcluded)))
            {
                if (WordTerm.Of(part) is not { } term)
                    continue;
                (term.IsExcluded ? excluded : wanted).Add(terms.Count);
                terms.Add(term);
                written.Add(part.Written);
            }
            if (wanted.Count > 0)
                alternatives.Add(([.. wanted], [.. excluded]));
        }
        return new(terms, written, alternatives, NameTable.Normal(search.Plain));
    }

    /// <summary>
    /// The search with words that may go on, where they occur nowhere, such as the first part of a compound; null where none does.
    /// </summary>
    /// <param name="occurs">Whether a word occurs anywhere.</param>
    public WordQuery? Completed(Func<string, bool> occurs)
    {
        WordTerm[] terms = [.. Terms.Select(term => term.Completed(occurs))];
        return terms.SequenceEqual(Terms) ? null : this with { Terms = terms };
    }

    /// <summary>The search with each pair of a run without spaces as a term of its own.</summary>
    public WordQuery InPieces()
    {
        List<WordTerm> terms = [];
        List<string> written = [];
        int[] Pieces(int term)
        {
            var from = terms.Count;
            foreach (var piece in Terms[term].IsExcluded ? [Terms[term]] : Terms[term].Pieces)
            {
                terms.Add(piece);
                written.Add(piece == Terms[term] ? Written[term] : piece.Spellings[0][0].Word);
            }
            return [.. Enumerable.Range(from, terms.Count - from)];
        }
        var alternatives = Alternatives
            .Select(one => (one.Wanted.SelectMany(Pieces).ToArray(), one.Excluded.SelectMany(Pieces).ToArray()))
            .ToList();
        return this with { Terms = terms, Written = written, Alternatives = alternatives };
    }

    /// <summary>The wanted terms of the only alternative; null when there are several.</summary>
    public int[]? Only => Alternatives is [var (wanted, _)] ? wanted : null;
}
