using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Parameters;

namespace Api.Reading.Search;

/// <summary>Corrects a search that finds nothing, using the words of visible content.</summary>
internal sealed class Spelling(DeliveryDatabase delivery)
{
    /// <summary>The most edits in a correction of a word, by the length of the word.</summary>
    public static int Bound(string word) =>
        word.Length switch
        {
            < 4 => 0,
            < 6 => 1,
            _ => 2,
        };

    // The words that occur nowhere, and for each the words that differ in one letter or are similar as a whole.
    private const string CandidatesSql = """
        with asked as materialized (
            select n, delivery.fold(w) as word from unnest(@words) with ordinality v (w, n)),
        unknown as materialized (
            select a.n, a.word
            from   asked a
            where  length(a.word) > 3 and a.word ~ '^[^ ]*[^0-9 ][^ ]*$'
            and    not exists (select from delivery.words w where w.word = a.word)
            and    not exists (select from delivery.text_configs c where numnode(to_tsquery(c.config, quote_literal(a.word))) = 0) -- a stop word
            -- counted, as who looks for one only may read all
            and   (select count(*)
                   from   delivery.text_configs c
                   cross join lateral (select to_tsquery(c.config, quote_literal(a.word)) as query offset 0) q
                   cross join lateral (select from delivery.article_texts t where t.whole @@ q.query union all select from delivery.named_texts t where t.whole @@ q.query) t) = 0)
        select u.n, u.word, c.word as candidate, c.items
        from   unknown u
        cross join lateral (
            select w.word, w.items
            from   delivery.words w
            where  w.word in (select v.word from delivery.word_variants v where v.variant = any(array(
                                  select u.word union all select substr(u.word, 1, p - 1) || substr(u.word, p + 1) from generate_series(1, length(u.word)) p)))
            union
            select s.word, s.items from delivery.similar_words(u.word) s) c
        """;

    /// <summary>
    /// The result of a search. If it finds nothing and some of its words occur nowhere, also the corrected search and its result.
    /// </summary>
    /// <param name="search">The search; null for a list that is not searched.</param>
    /// <param name="find">Executes a search; called a second time with the corrected search.</param>
    /// <param name="isNothing">
    /// Whether a result is empty. Without a count, an empty result may be a page beyond the end of a search that does or does not match, so
    /// whether its words occur decides.
    /// </param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<(T Found, SearchText? Corrected)> Find<T>(
        SearchText? search,
        Func<SearchText?, Task<T>> find,
        Func<T, bool> isNothing,
        CancellationToken cancel
    )
    {
        var found = await find(search);
        if (search is not { Terms: > 0 } || !isNothing(found) || await Correct(search, cancel) is not { } corrected)
            return (found, null);
        // A correction that finds nothing is dropped: its words may belong to content that has just disappeared.
        var better = await find(corrected);
        return isNothing(better) ? (found, null) : (better, corrected);
    }

    /// <inheritdoc cref="Find{T}(SearchText, Func{SearchText, Task{T}}, Func{T, bool}, CancellationToken)"/>
    public Task<(Found<T> Found, SearchText? Corrected)> Find<T>(
        SearchText? search,
        Func<SearchText?, Task<Found<T>>> find,
        CancellationToken cancel
    ) => Find(search, find, found => found.Items.Count == 0 && found.Total.Count is null or 0, cancel);

    /// <summary>
    /// The search with its unknown words corrected; null when one of its alternatives consists of known words, or a word has no similar
    /// word. One round trip.
    /// </summary>
    private async Task<SearchText?> Correct(SearchText search, CancellationToken cancel)
    {
        string[] words = [.. search.Words];
        var rows = await delivery.Query<Row>(CandidatesSql, new { words }, cancel);
        var instead = rows.GroupBy(row => row.N)
            .Select(group =>
                (
                    Word: words[group.Key - 1],
                    Best: group
                        .Select(row => (row.Candidate, row.Items, Distance: Nearest.Distance(row.Word, row.Candidate, Bound(row.Word))))
                        .Where(row => row.Distance <= Bound(group.First().Word))
                        // The first letter is rarely mistyped, so a change there weighs more; among equal distances frequent words come
                        // first.
                        .OrderBy(row => row.Distance + (row.Candidate[0] == group.First().Word[0] ? 0 : 0.5))
                        .ThenByDescending(row => row.Items)
                        .ThenBy(row => row.Candidate, StringComparer.Ordinal)
                        .FirstOrDefault()
                        .Candidate
                )
            )
            .Where(pair => pair.Best is not null)
            .ToDictionary(pair => pair.Word, pair => pair.Best, StringComparer.Ordinal);
        var explainsAll = search.Alternatives.All(terms => terms.Any(term => !term.IsExcluded && term.Words.Any(instead.ContainsKey)));
        return explainsAll ? search.With(instead) : null;
    }

    private sealed record Row
    {
        public int N { get; init; }
        public string Word { get; init; } = "";
        public string Candidate { get; init; } = "";
        public int Items { get; init; }
    }
}
