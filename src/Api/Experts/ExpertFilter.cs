using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading;

namespace Api.Experts;

/// <summary>Which experts a list holds, and the parameters that say so.</summary>
/// <param name="Kinds">Any of these kinds; null for all.</param>
/// <param name="Programs">In any of these programs, as topics' numbers in the database; null for all.</param>
/// <param name="Topics">With an article on any of these topics or a topic below them; null for all.</param>
/// <param name="Current">True: only those who are here; false: only those who have left; null for all.</param>
/// <param name="Search">With these words in name, title, organization or biography; null for no search.</param>
/// <param name="Keys">What the values are.</param>
internal sealed record ExpertFilter(string[]? Kinds, int[]? Programs, IReadOnlyList<Key>? Topics, bool? Current, SearchText? Search, FilterKeys Keys)
{
    private static readonly Parameter Kind = Parameter.Slugs("kind", "Experts of any of these kinds: staff, fellow, contributor; more may come.", "staff");
    private static readonly Parameter Program = Parameter.Slugs("program", "Experts of any of these programs.", "asia-program");
    private static readonly Parameter Topic = Parameter.Slugs("topic", "Experts who have an article on any of these topics or a topic below them.", "china");
    private static readonly Parameter CurrentFlag = Parameter.Flag("current", "`true`: only those who work here now; `false`: only those who have left.", "true");

    /// <summary>All parameters of a filter.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [Kind, Program, Topic, CurrentFlag, ListParameters.Search with { Example = "asia" }];

    /// <summary>Reads the filter of a query and looks its values up; what is wrong becomes the problem of <paramref name="query"/>.</summary>
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
            keys);
    }
}
