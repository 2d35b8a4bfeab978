using Api.Http.Errors;
using Api.Http.Parameters;

namespace Api.Http.Requests;

/// <summary>The parameters <c>preview</c> and <c>at</c> of a query. Pure.</summary>
internal static class PreviewQuery
{
    // How far from now a preview reaches.
    private static readonly TimeSpan LongestPast = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(366);

    /// <summary>Whether a query string has one of the parameters, valid or not, and the endpoint declares them.</summary>
    public static bool IsIn(string text, IReadOnlyList<Parameter> declared) =>
        text.Length > 1
        && declared.Contains(ListParameters.Preview)
        && RawQuery
            .Split(text)
            .Any(pair =>
                RawQuery.TryDecode(pair.Name, out var name) && (name == ListParameters.Preview.Name || name == ListParameters.At.Name)
            );

    /// <summary>What a query asks to see: <c>drafts</c> or <c>early</c>; null for neither.</summary>
    public static string? ShownBy(Query query) => query.Text(ListParameters.Preview);

    /// <summary>The moment that a query asks for (UTC), never before the request arrived; null for none.</summary>
    public static DateTime? MomentOf(Query query) => query.From(ListParameters.At) is { } at ? (at > query.Now ? at : query.Now) : null;

    /// <summary>The moment that relative filters such as "upcoming" are measured from; null for the present, as in a search.</summary>
    public static DateTime? ClockOf(Query query) => IsSearch(query) ? null : MomentOf(query);

    /// <summary>Whether the answer comes from public words, whatever the preview.</summary>
    public static bool IsSearch(Query query) => query.Has(ListParameters.Search);

    /// <summary>What is wrong with the parameters together; null for nothing.</summary>
    public static Problem? Problem(Query query)
    {
        var at = query.From(ListParameters.At);
        if (at < query.Now - LongestPast || at > query.Now + LongestAhead)
            return QueryProblems.MomentOutOfRange(ListParameters.At, LongestAhead.Days);
        if (at is not null && ShownBy(query) == "early")
            return QueryProblems.ConflictingParameters("at", "preview", "preview=early shows what is under embargo now: leave out at.");
        return query.MinSequence is null
            ? null
            : QueryProblems.ConflictingParameters(
                "minSequence",
                at is null ? "preview" : "at",
                "A preview always shows the last changes: leave out minSequence."
            );
    }
}
