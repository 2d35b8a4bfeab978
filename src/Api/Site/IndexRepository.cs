using Api.Data.Delivery;

namespace Api.Site;

/// <summary>Reads the facts about the whole content that the index shows.</summary>
internal sealed class IndexRepository(IQueries delivery)
{
    private const string IndexSql = """
        select sequence from delivery.head;
        select label as range, articles from delivery.label_keys where kind = 'language'
        """;

    /// <summary>The number of visible changes so far, and the language tags of published articles; one round trip.</summary>
    public Task<(long Sequence, IReadOnlyList<string> Languages)> Get(CancellationToken cancel) =>
        delivery.QueryMultiple(
            IndexSql,
            null,
            async results => (await results.ReadSingleAsync<long>(), LanguageTags.Of([.. await results.ReadAsync<(string, int)>()])),
            cancel
        );
}
