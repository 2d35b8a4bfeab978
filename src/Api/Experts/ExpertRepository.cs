using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Site;
using Api.Reading;
using Api.Reading.Named;

namespace Api.Experts;

/// <summary>Reads visible experts.</summary>
internal sealed class ExpertRepository(IQueries delivery, References references, NameOrders orders)
{
    private const string FindSql = $"""
        select {ExpertRow.ColumnsWithBody}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.experts x
        {ExpertRow.MostWrittenOn}
        where  x.slug = @slug
        """;

    // For a topic with at least this many articles, walking the experts in the list's order is faster than fetching and sorting its
    // authors.
    private const int ManyArticles = 1000;

    private const string AuthorsFetched = """
        x.item_id in (select distinct o.expert_id
                      from   delivery.topic_ancestors a join delivery.expert_topics o on o.topic_id = a.topic_id
                      where  a.ancestor_id = any(@topics))
        """;

    // The offset keeps the planner from turning the condition into a join.
    private const string AuthorsWalked = """
        exists (select from delivery.expert_topics o
                where  o.expert_id = x.item_id
                and    o.topic_id = any(array(select a.topic_id from delivery.topic_ancestors a where a.ancestor_id = any(@topics)))
                offset 0)
        """;

    /// <summary>A page of the experts that match.</summary>
    /// <param name="filter">The filter, but for the search.</param>
    /// <param name="found">The numbers of the experts with the words of the search; null without one.</param>
    /// <param name="window">The page.</param>
    /// <param name="withBody">Whether biographies are read.</param>
    /// <param name="links">Makes links.</param>
    /// <param name="cancel">Cancels the queries.</param>
    public async Task<Found<Expert>> List(
        ExpertFilter filter,
        int[]? found,
        PageWindow window,
        bool withBody,
        Links links,
        CancellationToken cancel
    )
    {
        var isRare = filter.Topics?.Sum(topic => topic.Articles) < ManyArticles;
        var list = new NamedList(window, NamedResource.Experts, orders, [.. Conditions(filter, isRare)], found, isRare);
        var topics = filter.Topics?.Select(topic => topic.ItemId).ToArray();
        var values = new
        {
            kinds = filter.Kinds,
            programs = filter.Programs,
            topics,
            current = filter.Current,
        };
        var columns = withBody ? ExpertRow.ColumnsWithBody : ExpertRow.Columns;
        var (rows, total) = await list.Read<ExpertRow>(delivery, columns, ExpertRow.MostWrittenOn, values, cancel);
        var names = rows.Count == 0 ? null : await references.Get(rows[0].ReferenceSequence, [], cancel);
        return Found<Expert>.From(rows, window, list.PositionOf, row => row.ToExpert(names!, links), total);
    }

    /// <summary>The expert with the biography; null when no expert is visible under the slug.</summary>
    public async Task<FoundExpert?> Find(string slug, Links links, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<ExpertRow>(FindSql, new { slug }, cancel) is not { } row)
            return null;
        return new FoundExpert(row.ToExpert(await references.Get(row.ReferenceSequence, [], cancel), links), row.ItemId);
    }

    private static IEnumerable<string> Conditions(ExpertFilter filter, bool isRare)
    {
        if (filter.Kinds is not null)
            yield return "x.kind = any(@kinds)";
        if (filter.Programs is not null)
            yield return "x.program_id = any(@programs)";
        if (filter.Topics is not null)
            yield return isRare ? AuthorsFetched : AuthorsWalked;
        if (filter.Current is not null)
            yield return "x.current = @current";
    }
}

/// <summary>An expert with the number in the database.</summary>
internal sealed record FoundExpert(Expert Expert, int ItemId);
