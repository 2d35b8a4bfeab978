using Api.Collation;
using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Site;
using Api.Reading;
using Api.Reading.Named;

namespace Api.Topics;

/// <summary>Reads visible topics.</summary>
internal sealed class TopicRepository(IQueries delivery, References references, NameOrders orders, TitleOrder order)
{
    private const string FindSql = $"""
        select {TopicRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.topics x
        where  x.slug = @slug
        """;

    private const string AllSql = $"""
        select {TopicRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.topics x
        order  by x.id
        """;

    // The index on ancestors narrows the rows to a few candidates; the nearest visible parent is computed for these only.
    private const string RightBelow = """
        x.item_id in (select a.topic_id from delivery.topic_ancestors a where a.ancestor_id = any(@parents)) and x.parent_id = any(@parents)
        """;

    /// <summary>A page of the topics that match.</summary>
    /// <param name="filter">The filter, but for the search.</param>
    /// <param name="found">The numbers of the topics with the words of the search; null without one.</param>
    /// <param name="window">The page.</param>
    /// <param name="links">Makes links.</param>
    /// <param name="cancel">Cancels the queries.</param>
    public async Task<Found<Topic>> List(TopicFilter filter, int[]? found, PageWindow window, Links links, CancellationToken cancel)
    {
        var list = new NamedList(window, NamedResource.Topics, orders, [.. Conditions(filter)], found);
        var values = new
        {
            kinds = filter.Kinds,
            parents = filter.Parents,
            featured = filter.Featured,
        };
        var (rows, total) = await list.Read<TopicRow>(delivery, TopicRow.Columns, "", values, cancel);
        var names = rows.Count == 0 ? null : await references.Get(rows[0].ReferenceSequence, [], cancel);
        return Found<Topic>.From(rows, window, list.PositionOf, row => row.ToTopic(names!, links), total);
    }

    /// <summary>All topics as trees; roots and siblings are sorted by name. One round trip, two when names have changed.</summary>
    public async Task<IReadOnlyList<TopicTree>> Trees(Links links, CancellationToken cancel)
    {
        var rows = await delivery.Query<TopicRow>(AllSql, null, cancel);
        if (rows.Count == 0)
            return [];
        var names = await references.Get(rows[0].ReferenceSequence, [], cancel);
        var below = rows.OrderBy(row => order.Key(row.Name), SortKeys.Bytewise).ToLookup(row => row.ParentId ?? 0);
        return Grow(0);

        IReadOnlyList<TopicTree> Grow(int parent) =>
            [.. below[parent].Select(row => new TopicTree(row.ToTopic(names, links), Grow(row.ItemId)))];
    }

    /// <summary>The topic; null when no topic is visible under the slug.</summary>
    public async Task<FoundTopic?> Find(string slug, Links links, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<TopicRow>(FindSql, new { slug }, cancel) is not { } row)
            return null;
        return new FoundTopic(row.ToTopic(await references.Get(row.ReferenceSequence, [], cancel), links), row.ItemId);
    }

    private static IEnumerable<string> Conditions(TopicFilter filter)
    {
        if (filter.Kinds is not null)
            yield return "x.kind = any(@kinds)";
        if (filter.Parents is not null)
            yield return RightBelow;
        if (filter.Featured is not null)
            yield return "x.featured = @featured";
    }
}

/// <summary>A topic with its number in the database.</summary>
internal sealed record FoundTopic(Topic Topic, int ItemId);
