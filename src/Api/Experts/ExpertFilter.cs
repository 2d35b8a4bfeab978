using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading;

namespace Api.Experts;

/// <summary>The filter of a list of experts, and its query parameters.</summary>
/// <param name="Kinds">Any of these kinds; null for all.</param>
/// <param name="Programs">In any of these programs, as the topics' numbers in the database; null for all.</param>
/// <param name="Topics">With an article on any of these topics or a topic below them; null for all.</param>
/// <param name="Current">True: only current experts; false: only former ones; null for all.</param>
/// <param name="Search">With these words in name, title, organization or biography; null for no search.</param>
/// <param name="Keys">The keys that the filter values resolve to.</param>
internal sealed record ExpertFilter(
    string[]? Kinds,
    int[]? Programs,
    IReadOnlyList<Key>? Topics,
    bool? Current,
    SearchText? Search,
    FilterKeys Keys
)
{
    private static readonly Parameter Kind = Parameter.Slugs(
        "kind",
        "Experts of any of these kinds: staff, fellow, contributor; more may come.",
        "staff"
    );
    private static readonly Parameter Program = Parameter.Slugs("program", "Experts of any of these programs.", "asia-program");
    private static readonly Parameter Topic = Parameter.Slugs(
        "topic",
        "Experts who have an article on any of these topics or a topic below them.",
        "china"
    );
    private static readonly Parameter CurrentFlag = Parameter.Flag(
        "current",
        "`true`: only those who work here now; `false`: only those who have left.",
        "true"
    );

    /// <summary>All filter parameters.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [Kind, Program, Topic, CurrentFlag, ListParameters.Search with { Example = "asia" }];

    /// <summary>
    /// Reads the filter from a query and resolves its values. An invalid value becomes the problem of <paramref name="query"/>.
    /// </summary>
    public static async Task<ExpertFilter> Read(Query query, FilterKeyReader reader, CancellationToken cancel)
    {
        var values = new FilterValues();
        values.AnyOf(query, Kind, "expertKind");
        values.AnyOf(query, Program, "topic");
        values.AnyOf(query, Topic, "topic");
        var keys = await reader.Read(query, values, "expert", null, cancel);
        return new ExpertFilter(
            query.Has(Kind) ? [.. query.Values(Kind)] : null,
            query.Has(Program) ? [.. keys.Of(values, Program).Select(key => key.ItemId)] : null,
            query.Has(Topic) ? keys.Of(values, Topic) : null,
            query.Flag(CurrentFlag),
            query.Search(ListParameters.Search),
            keys
        );
    }
}
