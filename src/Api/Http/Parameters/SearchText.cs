using System.Text;

namespace Api.Http.Parameters;

/// <summary>
/// A parsed search (<c>q</c>): words, "phrases", <c>or</c> between alternatives, and <c>-</c> before excluded terms. Pure.
/// </summary>
/// <remarks>
/// Every text is a valid search: characters other than letters and digits separate words, and an open quote closes at the end. Words with a
/// hyphen or an apostrophe match in each of their spellings (co-operation: as two words and as one), as do words with dots (U.S.).
/// </remarks>
internal sealed record SearchText
{
    /// <summary>Maximum length of a search, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Maximum number of words and phrases in a search.</summary>
    public const int MaxTerms = 16;

    private SearchText(IReadOnlyList<IReadOnlyList<SearchTerm>> alternatives) => Alternatives = alternatives;

    /// <summary>The alternatives; a text must match all terms of one of them.</summary>
    public IReadOnlyList<IReadOnlyList<SearchTerm>> Alternatives { get; }

    /// <summary>Number of words and phrases.</summary>
    public int Terms => Alternatives.Sum(terms => terms.Count);

    /// <summary>Whether an alternative has excluded terms only.</summary>
    public bool OnlyExcludes => Alternatives.Any(terms => terms.Count > 0 && terms.All(term => term.IsExcluded));

    /// <summary>The wanted words, to compare with names.</summary>
    public string Plain =>
        string.Join(' ', Alternatives.SelectMany(terms => terms).Where(term => !term.IsExcluded).SelectMany(term => term.Words));

    /// <summary>The search as a user would type it.</summary>
    public override string ToString() => string.Join(" OR ", Alternatives.Select(terms => string.Join(' ', terms)));

    /// <summary>The distinct wanted words.</summary>
    public IEnumerable<string> Words =>
        Alternatives
            .SelectMany(terms => terms)
            .Where(term => !term.IsExcluded)
            .SelectMany(term => term.Words)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The search with the wanted words in <paramref name="instead"/> replaced.</summary>
    public SearchText With(IReadOnlyDictionary<string, string> instead) =>
        new([
            .. Alternatives.Select(terms =>
                (IReadOnlyList<SearchTerm>)[.. terms.Select(term => term.IsExcluded ? term : term.With(instead))]
            ),
        ]);

    /// <summary>Parses a search.</summary>
    public static SearchText Of(string text)
    {
        List<IReadOnlyList<SearchTerm>> alternatives = [];
        List<SearchTerm> terms = [];
        foreach (var (chunk, isQuoted, isExcluded) in Chunks(text))
        {
            // At the start "or" is a word, such as the French for gold.
            if (terms.Count > 0 && !isQuoted && !isExcluded && chunk.Equals("OR", StringComparison.OrdinalIgnoreCase))
            {
                alternatives.Add(terms);
                terms = [];
            }
            else if (SearchTerm.Of(chunk, isQuoted, isExcluded) is { } term)
                terms.Add(term);
        }
        alternatives.Add(terms);
        return new SearchText([.. alternatives.Where(list => list.Count > 0)]);
    }

    // The parts between white space or quotes, and whether a minus precedes them.
    private static IEnumerable<(string Chunk, bool IsQuoted, bool IsExcluded)> Chunks(string text)
    {
        var chunk = new StringBuilder();
        var (isQuoted, isExcluded) = (false, false);
        foreach (var c in text + ' ')
        {
            var isQuote = c is '"' or '“' or '”' or '„' or '«' or '»';
            if (isQuote || (char.IsWhiteSpace(c) && !isQuoted))
            {
                if (isQuote && !isQuoted && chunk.ToString() == "-")
                {
                    chunk.Clear();
                    isExcluded = true;
                }
                else if (chunk.Length > 0)
                {
                    var isMinus = !isQuoted && chunk[0] == '-';
                    yield return (isMinus ? chunk.ToString(1, chunk.Length - 1) : chunk.ToString(), isQuoted, isExcluded || isMinus);
                    chunk.Clear();
                    isExcluded = false;
                }
                if (isQuote)
                    isQuoted = !isQuoted;
            }
            else
                chunk.Append(c);
        }
        if (isQuoted && !string.IsNullOrWhiteSpace(chunk.ToString()))
            yield return (chunk.ToString(), true, isExcluded);
    }
}
