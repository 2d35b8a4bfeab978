using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Parameters;

namespace Api.Reading.Search;

/// <summary>Corrects a search that finds nothing, by the words of what is visible.</summary>
internal sealed class Spelling(DeliveryDatabase delivery)
{
    /// <summary>How many edits a word may be corrected by, by its length.</summary>
    public static int Bound(string word) => word.Length switch { < 4 => 0, < 6 => 1, _ => 2 };

    // Which words are nowhere, and for each the words that are the same but for one letter, or like it as a whole.
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

    /// <summary>What a search finds, and what was searched for instead when it found nothing and words of it are nowhere.</summary>
    /// <param name="search">The search; null for a list that is not searched.</param>
    /// <param name="find">Finds; called a second time with the corrected search.</param>
    /// <param name="isNothing">Whether that is nothing: where nothing is counted it may be a page beyond the end, of a search that is right or is not, so its words tell.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<(T Found, SearchText? Corrected)> Find<T>(SearchText? search, Func<SearchText?, Task<T>> find, Func<T, bool> isNothing, CancellationToken cancel)
    {
        var found = await find(search);
        if (search is not { Terms: > 0 } || !isNothing(found) || await Correct(search, cancel) is not { } corrected) return (found, null);
        // A correction that finds nothing is none: its words may be of what has just vanished.
        var better = await find(corrected);
        return isNothing(better) ? (found, null) : (better, corrected);
    }

    /// <inheritdoc cref="Find{T}(SearchText, Func{SearchText, Task{T}}, Func{T, bool}, CancellationToken)"/>
    public Task<(Found<T> Found, SearchText? Corrected)> Find<T>(SearchText? search, Func<SearchText?, Task<Found<T>>> find, CancellationToken cancel) =>
        Find(search, find, found => found.Items.Count == 0 && found.Total.Count is null or 0, cancel);

    /// <summary>The search with its unknown words corrected; null when it has an alternative of known words, or a word that nothing is like. One round trip.</summary>
    private async Task<SearchText?> Correct(SearchText search, CancellationToken cancel)
    {
        string[] words = [.. search.Words];
        var rows = await delivery.Query<Row>(CandidatesSql, new { words }, cancel);
        var instead = rows
            .GroupBy(row => row.N)
            .Select(group => (Word: words[group.Key - 1], Best: group
                .Select(row => (row.Candidate, row.Items, Distance: Nearest.Distance(row.Word, row.Candidate, Bound(row.Word))))
                .Where(row => row.Distance <= Bound(group.First().Word))
                // Nobody mistakes the first letter, and common words are meant more often.
                .OrderBy(row => row.Distance + (row.Candidate[0] == group.First().Word[0] ? 0 : 0.5)).ThenByDescending(row => row.Items).ThenBy(row => row.Candidate, StringComparer.Ordinal)
                .FirstOrDefault().Candidate))
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
