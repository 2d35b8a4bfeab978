using Api.Words.Texts;
using Dapper;
using Npgsql;

namespace Api.Listing;

/// <summary>Reads the texts that search finds, in the caller's snapshot.</summary>
internal static class ItemTexts
{
    /// <summary>More changed items than this are read in the background.</summary>
    public const int MostAtOnce = 300;

    private const string Columns = "x.item_id, x.resource, x.id, x.slug, x.language, x.title, x.lead, x.body, x.names";

    /// <summary>The texts of the items <c>@numbers</c> that are visible.</summary>
    public const string OfNumbersSql = $"""
        select {Columns} from delivery.article_texts x where x.item_id = any(@numbers)
        union all
        select {Columns} from delivery.named_texts x where x.item_id = any(@numbers)
        """;

    /// <summary>The texts of the visible items among the first <c>@most</c> changes after the sequence <c>@since</c>.</summary>
    public const string OfChangesSql = $"""
        with changed as materialized (
            select d.item_id from (select c.resource, c.item_id from delivery.changes c where c.sequence > @since and {IsReadSql} order by c.sequence limit @most) d
            where (select count(*) from (select from delivery.changes c where c.sequence > @since and {IsReadSql} limit @most) n) < @most)
        select {Columns} from delivery.article_texts x where x.item_id = any(array(select item_id from changed))
        union all
        select {Columns} from delivery.named_texts x where x.item_id = any(array(select item_id from changed))
        """;

    /// <summary>Whether a change <c>c</c> is of a resource that has words.</summary>
    public const string IsReadSql = "c.resource in ('article', 'event', 'expert', 'topic')";

    /// <summary>The numbers of all experts, topics and events.</summary>
    public const string NamedSql = "select x.item_id from delivery.named_texts x";

    /// <summary>The texts of some items that are visible.</summary>
    public static async Task<List<ItemText>> Read(NpgsqlConnection connection, int[] numbers, int seconds, CancellationToken cancel) =>
        (
            await connection.QueryAsync<ItemText>(
                new CommandDefinition(OfNumbersSql, new { numbers }, commandTimeout: seconds, cancellationToken: cancel)
            )
        ).AsList();
}
