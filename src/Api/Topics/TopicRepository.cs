using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Site;
using Api.Reading;

namespace Api.Topics;

/// <summary>Reads visible topics.</summary>
internal sealed class TopicRepository(DeliveryDatabase delivery, References references)
{
    private const string FindSql = $"""
        select {TopicRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.topics x
        where  x.slug = @slug
        """;

    private const string AllSql = $"""
        select {TopicRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.topics x
        order  by x.name_sort, x.id
        """;

    // The index on ancestors narrows the rows to a few candidates; the nearest visible parent is computed for these only.
    private const string RightBelow = """
        x.item_id in (select a.topic_id from delivery.topic_ancestors a where a.ancestor_id = any(@parents)) and x.parent_id = any(@parents)
        """;

    /// <summary>A page of the topics that match; one round trip, two when names have changed.</summary>
    public async Task<Found<Topic>> List(TopicFilter filter, PageWindow window, Links links, CancellationToken cancel)
    {
        if (filter.Search is { Terms: 0 })
            return Found<Topic>.Nothing(window);
        var list = new NamedList(window, "delivery.topics", [.. Conditions(filter)], "topic", filter.Search);
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
        var below = rows.ToLookup(row => row.ParentId ?? 0);
        return Grow(0);

        IReadOnlyList<TopicTree> Grow(int parent) =>
            [.. below[parent].Select(row => new TopicTree(row.ToTopic(names, links), Grow(row.ItemId)))];
    }

    /// <summary>The topic; null when no topic is visible under the slug.</summary>
    public async Task<Topic?> Find(string slug, Links links, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<TopicRow>(FindSql, new { slug }, cancel) is not { } row)
            return null;
        return row.ToTopic(await references.Get(row.ReferenceSequence, [], cancel), links);
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
