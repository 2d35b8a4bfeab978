using Api.Data.Delivery;
using Api.Http.Parameters;

namespace Api.Reading;

/// <summary>Describes the content of a list in words: "Op-eds on China or Japan with Ada Moreau".</summary>
internal sealed class ListTitles(IQueries delivery)
{
    private const string NamesSql = """
        select 'type' as kind, t.item_id, t.plural_label as name from delivery.article_types t where t.item_id = any(@types)
        union all
        select 'topic', t.item_id, t.name from delivery.topics t where t.item_id = any(@topics)
        union all
        select 'expert', x.item_id, x.name from delivery.experts x where x.item_id = any(@experts)
        union all
        select 'source', s.source_id, s.name from delivery.sources s where s.source_id = any(@sources)
        """;

    /// <summary>The title of a list; at most one round trip.</summary>
    /// <param name="all">The title of the list without filters, such as "Articles".</param>
    /// <param name="keys">The filter.</param>
    /// <param name="search">The search; null for none.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<string> Of(string all, FilterKeys keys, SearchText? search, CancellationToken cancel)
    {
        var groups = keys
            .Groups.Zip(
                keys.Parameters,
                (group, parameter) => (Kind: KindOf(parameter), Ids: group.Select(key => key.ItemId).Distinct().ToArray())
            )
            .Where(group => group.Kind is not null)
            .ToList();
        var names =
            groups.Count == 0
                ? []
                : (
                    await delivery.Query<NameRow>(
                        NamesSql,
                        new
                        {
                            types = Ids("type"),
                            topics = Ids("topic"),
                            experts = Ids("expert"),
                            sources = Ids("source"),
                        },
                        cancel
                    )
                ).ToDictionary(row => (row.Kind, row.ItemId), row => row.Name);
        return (Named("type") is { Length: > 0 } types ? types : all)
            + Phrase(" on ", "topic")
            + Phrase(" with ", "expert")
            + Phrase(" in ", "source")
            + (search is null ? "" : $" matching “{search}”");

        int[] Ids(string kind) => [.. groups.Where(group => group.Kind == kind).SelectMany(group => group.Ids)];

        string Named(string kind) =>
            string.Join(
                " and ",
                groups
                    .Where(group => group.Kind == kind)
                    .Select(group =>
                        string.Join(
                            " or ",
                            group.Ids.Select(id => names.GetValueOrDefault((kind, id))).OfType<string>().Order(StringComparer.Ordinal)
                        )
                    )
                    .Where(text => text.Length > 0)
            );

        string Phrase(string lead, string kind) => Named(kind) is { Length: > 0 } text ? lead + text : "";
    }

    private static string? KindOf(string parameter) =>
        parameter switch
        {
            "topic" or "topicAll" => "topic",
            "expert" or "expertAll" => "expert",
            "type" or "source" => parameter,
            _ => null,
        };

    private sealed record NameRow
    {
        public string Kind { get; init; } = "";
        public int ItemId { get; init; }
        public string Name { get; init; } = "";
    }
}
