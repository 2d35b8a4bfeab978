using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading;

namespace Api.Topics;

/// <summary>The filter of a list of topics, and its query parameters.</summary>
/// <param name="Kinds">Any of these kinds; null for all.</param>
/// <param name="Parents">Directly below any of these, as numbers in the database; null for all.</param>
/// <param name="Featured">True: only topics that the editors feature; false: only the others; null for all.</param>
/// <param name="Search">With these words in name or description; null for no search.</param>
/// <param name="Keys">The keys that the filter values resolve to.</param>
internal sealed record TopicFilter(string[]? Kinds, int[]? Parents, bool? Featured, SearchText? Search, FilterKeys Keys)
{
    private static readonly Parameter Kind = Parameter.Slugs(
        "kind",
        "Topics of any of these kinds: region, country, issue, program; more may come.",
        "country"
    );
    private static readonly Parameter Parent = Parameter.Slugs("parent", "Topics right below any of these.", "asia");
    private static readonly Parameter FeaturedFlag = Parameter.Flag(
        "featured",
        "`true`: only topics the editors put forward; `false`: only the others."
    );

    /// <summary>All filter parameters.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [Kind, Parent, FeaturedFlag, ListParameters.Search with { Example = "security" }];

    /// <summary>
    /// Reads the filter from a query and resolves its values. An invalid value becomes the problem of <paramref name="query"/>.
    /// </summary>
    public static async Task<TopicFilter> Read(Query query, FilterKeyReader reader, CancellationToken cancel)
    {
        var values = new FilterValues();
        values.AnyOf(query, Kind, "topicKind");
        values.AnyOf(query, Parent, "topic");
        var keys = await reader.Read(query, values, "topic", null, cancel);
        return new TopicFilter(
            query.Has(Kind) ? [.. query.Values(Kind)] : null,
            query.Has(Parent) ? [.. keys.Of(values, Parent).Select(key => key.ItemId)] : null,
            query.Flag(FeaturedFlag),
            query.Search(ListParameters.Search),
            keys
        );
    }
}
