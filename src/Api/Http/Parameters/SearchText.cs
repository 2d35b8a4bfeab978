using System.Text;

namespace Api.Http.Parameters;

/// <summary>What a <c>q</c> looks for: words, "phrases", <c>or</c> between them and <c>-</c> before what is not wanted. Pure.</summary>
/// <remarks>
/// Anything is a search: what is no letter or digit separates words, a quote that is not closed is closed at the end. Words with a hyphen or an apostrophe
/// are found in each of their spellings (co-operation: as two words and as one), as are those with dots (U.S.); Chinese and Japanese is found character
/// by character, in sequence.
/// </remarks>
internal sealed record SearchText
{
    /// <summary>The most characters of a search.</summary>
    public const int MaxLength = 200;

    /// <summary>The most words of a search.</summary>
    public const int MaxTerms = 16;

    private SearchText(IReadOnlyList<IReadOnlyList<SearchTerm>> alternatives) => Alternatives = alternatives;

    /// <summary>Alternatives, each of terms that belong together.</summary>
    public IReadOnlyList<IReadOnlyList<SearchTerm>> Alternatives { get; }

    /// <summary>How many words there are.</summary>
    public int Terms => Alternatives.Sum(terms => terms.Count);

    /// <summary>Whether an alternative says only what is not wanted.</summary>
    public bool OnlyExcludes => Alternatives.Any(terms => terms.Count > 0 && terms.All(term => term.IsExcluded));

    /// <summary>For each alternative what it wants, for <c>to_tsquery</c>.</summary>
    public string[] Wanted => [.. Alternatives.Select(terms => string.Join(" & ", terms.Where(term => !term.IsExcluded).Select(term => term.Query)))];

    /// <summary>For each alternative what it does not want, for <c>to_tsquery</c>; null for nothing.</summary>
    public string?[] Unwanted => [.. Alternatives.Select(terms => terms.Any(term => term.IsExcluded)
        ? string.Join(" | ", terms.Where(term => term.IsExcluded).Select(term => term.Query))
        : null)];

    /// <summary>For each alternative its wanted words without a sequence, for <c>to_tsquery</c>: all that an index alone can tell.</summary>
    public string[] Loose => [.. Alternatives.Select(terms => string.Join(" & ", terms.Where(term => !term.IsExcluded).Select(term => term.Loose)))];

    /// <summary>Whether words have to stand in a sequence, which only a look at each text tells.</summary>
    public bool HasSequences => Alternatives.Any(terms => terms.Any(term => term.Words.Count > 1));

    /// <summary>The wanted words in one sequence, for <c>to_tsquery</c>; null when they are one or there are alternatives.</summary>
    public string? Phrase => Alternatives is [var terms] && Plain.Contains(' ', StringComparison.Ordinal) && !terms.Any(term => term.IsExcluded) ? $"'{Plain}'" : null;

    /// <summary>The wanted words, to be compared with names.</summary>
    public string Plain => string.Join(' ', Alternatives.SelectMany(terms => terms).Where(term => !term.IsExcluded).SelectMany(term => term.Words));

    /// <summary>The search as it would be written.</summary>
    public override string ToString() => string.Join(" OR ", Alternatives.Select(terms => string.Join(' ', terms)));

    /// <summary>The wanted words, each once.</summary>
    public IEnumerable<string> Words => Alternatives.SelectMany(terms => terms).Where(term => !term.IsExcluded).SelectMany(term => term.Words).Distinct(StringComparer.Ordinal);

    /// <summary>The same with other words, where <paramref name="instead"/> has one.</summary>
    public SearchText With(IReadOnlyDictionary<string, string> instead) =>
        new([.. Alternatives.Select(terms => (IReadOnlyList<SearchTerm>)[.. terms.Select(term => term.IsExcluded ? term : term.With(instead))])]);

    /// <summary>Reads a text.</summary>
    public static SearchText Of(string text)
    {
        List<IReadOnlyList<SearchTerm>> alternatives = [];
        List<SearchTerm> terms = [];
        foreach (var (chunk, isQuoted, isExcluded) in Chunks(text))
        {
            // At the start it is a word, such as the French for gold.
            if (terms.Count > 0 && !isQuoted && !isExcluded && chunk.Equals("OR", StringComparison.OrdinalIgnoreCase))
            {
                alternatives.Add(terms);
                terms = [];
            }
            else if (SearchTerm.Of(chunk, isQuoted, isExcluded) is { } term) terms.Add(term);
        }
        alternatives.Add(terms);
        return new SearchText([.. alternatives.Where(list => list.Count > 0)]);
    }

    // What stands between white space or quotes, with the minus before it.
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
                if (isQuote) isQuoted = !isQuoted;
            }
            else chunk.Append(c);
        }
        if (isQuoted && !string.IsNullOrWhiteSpace(chunk.ToString())) yield return (chunk.ToString(), true, isExcluded);
    }
}
