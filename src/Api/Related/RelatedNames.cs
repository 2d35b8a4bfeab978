using System.Collections.Immutable;
using Api.Contracts;
using Api.Contracts.Cards;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Listing;
using Api.Reading;

namespace Api.Related;

/// <summary>Reads the cards of experts and topics that pages show beside a topic.</summary>
internal sealed class RelatedNames(ILists lists, IQueries delivery, References references)
{
    private const int MostExperts = 6;

    // Of more experts with the same number of articles, some are left out.
    private const int MostTied = 100;

    private const int MostChildren = 50;

    private const string ExpertsSql = $"""
        select {ExpertRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.experts x
        {ExpertRow.MostWrittenOn}
        where  x.item_id = any(@ids)
        """;

    private const string TopicsSql = $"""
        select {TopicRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.topics x
        where  x.slug = any(@slugs)
        """;

    /// <summary>The six experts with the most articles on a topic or below it; one round trip.</summary>
    public async Task<IReadOnlyList<ExpertCard>> Experts(int topic, Links links, CancellationToken cancel)
    {
        var counts = await lists.Answer<IReadOnlyDictionary<int, int>>(state => Task.FromResult(ExpertsOn(state, topic))!, cancel);
        var rows = counts.Count == 0 ? [] : await delivery.Query<ExpertRow>(ExpertsSql, new { ids = counts.Keys.ToArray() }, cancel);
        if (rows.Count == 0)
            return [];
        var names = await references.Get(rows[0].ReferenceSequence, [], cancel);
        return
        [
            .. rows.OrderByDescending(row => counts[row.ItemId])
                // The same on every copy of the content, and not by a slug: no key would say that its change changes the list.
                .ThenBy(row => row.Id)
                .Take(MostExperts)
                .Select(row => ExpertCard.Of(row.ToExpert(names, links))),
        ];
    }

    /// <summary>The topics right below a topic, by name, at most fifty; one round trip.</summary>
    public async Task<IReadOnlyList<TopicCard>> Children(Topic topic, Links links, CancellationToken cancel)
    {
        string[] slugs = [.. topic.Children.Take(MostChildren).Select(child => child.Slug)];
        var rows = slugs.Length == 0 ? [] : await delivery.Query<TopicRow>(TopicsSql, new { slugs }, cancel);
        if (rows.Count == 0)
            return [];
        var names = await references.Get(rows[0].ReferenceSequence, [], cancel);
        return [.. rows.OrderBy(row => Array.IndexOf(slugs, row.Slug)).Select(row => TopicCard.Of(row.ToTopic(names, links)))];
    }

    // Their numbers of articles; with the sixth also those that have as many.
    private static IReadOnlyDictionary<int, int> ExpertsOn(ListState state, int topic)
    {
        if (state.Keys.Of("topic", topic) is not { } key)
            return ImmutableDictionary<int, int>.Empty;
        var articles = state.Articles.Items.Find(Under.Query(key));
        var counts = state
            .Keys.Named("expert")
            .Select(expert => (expert.ItemId, Count: articles.CountOf(expert.Key)))
            .Where(one => one.Count > 0)
            .OrderByDescending(one => one.Count)
            .Take(MostTied)
            .ToList();
        var least = counts.Count < MostExperts ? 1 : counts[MostExperts - 1].Count;
        return counts.Where(one => one.Count >= least).ToDictionary(one => one.ItemId, one => one.Count);
    }
}
